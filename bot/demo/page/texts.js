/** Every sentence of the page in both languages. `\u00a0` is the non-breaking space of French typography. */
const en = {
  demo: "demo",
  tagline: "The real bot, a simulated Telegram, fictitious officers.",
  pageLanguage: "Language of this page",
  moveClock: "Move the demo clock",
  plus1: "+1 min", plus15: "+15 min", plus60: "+1 h", plus1440: "+1 day",
  plus1Label: "+1 min: move the clock forward one minute",
  plus15Label: "+15 min: move the clock forward 15 minutes",
  plus60Label: "+1 h: move the clock forward one hour",
  plus1440Label: "+1 day: let the bot sleep through a day",
  zone: "Bamako time (UTC)",
  line: "The line between the bot and Telegram",
  line_well: "Telegram: well", line_slow: "Telegram: slow", line_errors: "Telegram: errors",
  line_cuts: "Telegram: cuts", line_down: "Telegram: down",
  line_slow_said: "Every call from the bot to Telegram takes four seconds.",
  line_errors_said: "Telegram answers every call from the bot with an error (502). What the phones send is kept.",
  line_cuts_said: "More than half of the connections between the bot and Telegram are cut.",
  line_down_said: "Telegram is out of reach for the bot. What the phones send is kept and delivered when it is back.",
  phones: "Phones", addPhone: "Add a phone", removePhone: "Remove this phone from the page",
  phoneOf: "Phone of {name}", whose: "Whose phone is this?",
  bot: "bot", menu: "More actions", log: "Conversation of {name}",
  block: "Block the bot", unblock: "Unblock the bot", blocked: "The bot is blocked on this phone.",
  startWithCode: "Start with an invitation code…", code: "Invitation code", start: "Start", cancel: "Cancel",
  empty: "No messages yet. Press Start to write to the bot for the first time.",
  message: "Message", send: "Send", save: "Save the change", commands: "Commands", attach: "Attach",
  showKeyboard: "Show the bot's buttons", hideKeyboard: "Hide the bot's buttons", keyboard: "Buttons of the bot",
  editing: "Editing your message", cancelEdit: "Stop editing", editLast: "Edit this message", edited: "edited",
  location: "Location", photo: "Photo", document: "File", voice: "Voice note", contact: "Share my number",
  whichLocation: "Send which location?", latitude: "Latitude", longitude: "Longitude", sendLocation: "Send this location",
  badLocation: "Latitude goes from -90 to 90, longitude from -180 to 180.",
  shareContact: "Send this phone's number to the bot?", share: "Send my number",
  locationAt: "Location", file: "File", contactCard: "Contact", photoAlt: "Photo", voiceLabel: "Voice note",
  silent: "sent silently", sent: "sent", said: "{name}: ", spoiler: "Hidden text: press to show", opensNew: "{name} (opens a new tab)",
  unread: "New messages", jumpDown: "Go to the newest message", jumpUnread: "Go to the new messages: {count}",
  tabUnread: "{name}, new messages: {count}", close: "Close", ok: "OK", popup: "Message from the bot",
  offline: "The demo server does not answer. The page keeps trying.",
  failed: "That did not go through. Please try again.",
  tooBig: "This file is too large to send.",
  emptyFile: "This file is empty; Telegram does not take it.",
  badPhoto: "Telegram does not take this as a photo. A photo is a picture of 10 MB at most; anything else goes as a file.",
  copied: "Copied: {text}", copies: "{name} (copies)", via: "via @{name}", inlineList: "Results", inlineMore: "More results",
  pinnedTitle: "Pinned message", pinnedNotice: "{name} pinned a message",
  clockStuck: "The demo clock could not be moved. Please try again.",
  bytes: "B", kilobytes: "kB", megabytes: "MB",
};

const fr = {
  demo: "démonstration",
  tagline: "Le vrai robot, un Telegram simulé, des personnes fictives.",
  pageLanguage: "Langue de cette page",
  moveClock: "Avancer l'horloge de la démonstration",
  plus1: "+1\u00a0min", plus15: "+15\u00a0min", plus60: "+1\u00a0h", plus1440: "+1\u00a0jour",
  plus1Label: "+1\u00a0min\u00a0: avancer l'horloge d'une minute",
  plus15Label: "+15\u00a0min\u00a0: avancer l'horloge de 15\u00a0minutes",
  plus60Label: "+1\u00a0h\u00a0: avancer l'horloge d'une heure",
  plus1440Label: "+1\u00a0jour\u00a0: laisser le robot dormir une journée",
  zone: "heure de Bamako (UTC)",
  line: "La liaison entre le robot et Telegram",
  line_well: "Telegram\u00a0: normal", line_slow: "Telegram\u00a0: lent", line_errors: "Telegram\u00a0: erreurs",
  line_cuts: "Telegram\u00a0: coupures", line_down: "Telegram\u00a0: en panne",
  line_slow_said: "Chaque appel du robot à Telegram prend quatre secondes.",
  line_errors_said: "Telegram répond à chaque appel du robot par une erreur (502). Ce que les téléphones envoient est conservé.",
  line_cuts_said: "Plus de la moitié des connexions entre le robot et Telegram sont coupées.",
  line_down_said: "Telegram est injoignable pour le robot. Ce que les téléphones envoient est conservé et sera remis à son retour.",
  phones: "Téléphones", addPhone: "Ajouter un téléphone", removePhone: "Retirer ce téléphone de la page",
  phoneOf: "Téléphone de {name}", whose: "À qui est ce téléphone?",
  bot: "robot", menu: "Autres actions", log: "Conversation de {name}",
  block: "Bloquer le robot", unblock: "Débloquer le robot", blocked: "Le robot est bloqué sur ce téléphone.",
  startWithCode: "Démarrer avec un code d'invitation…", code: "Code d'invitation", start: "Démarrer", cancel: "Annuler",
  empty: "Aucun message pour l'instant. Appuyez sur Démarrer pour écrire au robot une première fois.",
  message: "Message", send: "Envoyer", save: "Enregistrer la modification", commands: "Commandes", attach: "Joindre",
  showKeyboard: "Afficher les boutons du robot", hideKeyboard: "Masquer les boutons du robot", keyboard: "Boutons du robot",
  editing: "Modification de votre message", cancelEdit: "Abandonner la modification", editLast: "Modifier ce message", edited: "modifié",
  location: "Position", photo: "Photo", document: "Fichier", voice: "Message vocal", contact: "Communiquer mon numéro",
  whichLocation: "Quelle position envoyer?", latitude: "Latitude", longitude: "Longitude", sendLocation: "Envoyer cette position",
  badLocation: "La latitude va de -90 à 90, la longitude de -180 à 180.",
  shareContact: "Envoyer le numéro de ce téléphone au robot?", share: "Envoyer mon numéro",
  locationAt: "Position", file: "Fichier", contactCard: "Coordonnées", photoAlt: "Photo", voiceLabel: "Message vocal",
  silent: "sans sonnerie", sent: "envoyé", said: "{name}\u00a0: ", spoiler: "Texte masqué\u00a0: appuyez pour l'afficher", opensNew: "{name} (ouvre un nouvel onglet)",
  unread: "Nouveaux messages", jumpDown: "Aller au message le plus récent", jumpUnread: "Aller aux nouveaux messages\u00a0: {count}",
  tabUnread: "{name}, nouveaux messages\u00a0: {count}", close: "Fermer", ok: "OK", popup: "Message du robot",
  offline: "Le serveur de la démonstration ne répond pas. La page continue d'essayer.",
  failed: "L'envoi n'a pas abouti. Veuillez réessayer.",
  tooBig: "Ce fichier est trop volumineux pour être envoyé.",
  emptyFile: "Ce fichier est vide; Telegram ne l'accepte pas.",
  badPhoto: "Telegram n'accepte pas ce fichier comme photo. Une photo est une image de 10\u00a0Mo au plus; le reste s'envoie comme fichier.",
  copied: "Copié\u00a0: {text}", copies: "{name} (copie)", via: "par @{name}", inlineList: "Résultats", inlineMore: "Plus de résultats",
  pinnedTitle: "Message épinglé", pinnedNotice: "{name} a épinglé un message",
  clockStuck: "L'horloge de la démonstration n'a pas pu être avancée. Veuillez réessayer.",
  bytes: "o", kilobytes: "ko", megabytes: "Mo",
};

const catalogues = { en, fr };

/** The roles that the demo's phones are labelled with. */
const roles = {
  en: { officer: "officer", lead: "post lead", deputy: "deputy commander", commander: "commander" },
  fr: { officer: "membre du contingent", lead: "responsable de poste", deputy: "commandement adjoint", commander: "commandement" },
};
const remembered = "vigie-demo-language";
let current = startingLanguage();

function startingLanguage() {
  const kept = recall(remembered);
  if (kept in catalogues) return kept;
  return navigator.language?.toLowerCase().startsWith("fr") ? "fr" : "en";
}

/** The language of the page, "en" or "fr". */
export const language = () => current;

/** The name of a role in the page's language; one that is not known stays as it is. */
export const roleName = (role) => roles[current][role] ?? role;

export function speak(code) {
  current = code;
  keep(remembered, code);
}

/** The sentence `key` in the page's language, with its `{facts}` filled in. */
export function t(key, facts = {}) {
  return catalogues[current][key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

/** Write the texts of `root`: `data-t` is the content, `data-t-label` the accessible name, `data-t-hint` the placeholder. */
export function translate(root) {
  for (const el of root.querySelectorAll("[data-t]")) el.textContent = t(el.dataset.t);
  for (const el of root.querySelectorAll("[data-t-label]")) label(el, t(el.dataset.tLabel));
  for (const el of root.querySelectorAll("[data-t-hint]")) el.placeholder = t(el.dataset.tHint);
}

function label(el, text) {
  el.setAttribute("aria-label", text);
  if (el.matches("button")) el.title = text;
}

/** Browsers may refuse storage (private windows); the page then merely forgets. */
export function recall(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

export function keep(key, value) {
  try { localStorage.setItem(key, value); } catch { /* forgotten at the next visit */ }
}
