/** One message of a conversation as an element. */
import { h, icon } from "./dom.js";
import { coordinates, placeNear, size, time } from "./format.js";
import { fragment, safeLink, textFragment } from "./safehtml.js";
import { language, t } from "./texts.js";

/** A spinner shorter than this looks like a flicker. */
const SHORTEST_PROGRESS = 500;

/**
 * `acts`: command(text), press(message, data) -> promise, follow(url) -> true if the page handled it, edit(message),
 * copy(message, text), tell(text), speaker(message) -> the name of who wrote it.
 * `editable` is true for the person's own last text.
 */
export function messageElement(message, editable, acts) {
  if (message.kind === "service") return notice(message, acts);
  const bubble = h("div", { class: "bubble" }, speaker(message, acts), via(message), quoted(message), ...media(message, acts), body(message, acts), foot(message, editable, acts));
  const el = h("div", {
    class: `message ${message.outgoing ? "out" : "in"} kind-${message.kind}`,
    "data-testid": "message", "data-message-id": message.id, "data-outgoing": String(Boolean(message.outgoing)),
  }, bubble);
  if (message.inline?.length) el.append(inlineKeyboard(message, acts));
  return el;
}

/** Who speaks: the sides of the conversation tell it to the eye, this to the ear. */
function speaker(message, acts) {
  return h("span", { class: "unseen", "data-testid": "speaker", lang: language(), text: t("said", { name: acts.speaker(message) }) });
}

/** Telegram's own line that something was pinned. */
function notice(message, acts) {
  return h("div", { class: "day", "data-testid": "notice-line", lang: language() }, h("span", { text: t("pinnedNotice", { name: acts.speaker(message) }) }));
}

/** The bot among whose results the text was chosen. */
function via(message) {
  return message.via ? h("div", { class: "via", lang: language(), text: t("via", { name: message.via }) }) : null;
}

/** What the message answers, in one line. */
function quoted({ reply_to: answered }) {
  return answered?.text ? h("div", { class: "quoted", text: answered.text }) : null;
}

function body(message, acts) {
  if (!message.html && !message.text) return null;
  const onCommand = message.outgoing ? null : acts.command;
  const content = message.html ? fragment(message.html, onCommand) : textFragment(message.text, onCommand);
  return h("div", { class: "body" }, content);
}

function foot(message, editable, acts) {
  const date = new Date(message.date);
  return h("div", { class: "foot", lang: language() },
    editable && h("button", {
      type: "button", class: "plain edit", "data-testid": "edit-last", "aria-label": t("editLast"), title: t("editLast"),
      on: { click: () => acts.edit(message) },
    }, icon("pencil")),
    message.edited && h("span", { class: "edited", text: t("edited") }),
    message.silent && !message.outgoing && mark("mute", t("silent")),
    h("time", { datetime: date.toISOString(), text: time(date) }),
    message.outgoing && mark("tick", t("sent")));
}

function mark(name, meaning) {
  return h("span", { class: `mark-${name}`, role: "img", "aria-label": meaning, title: meaning }, icon(name));
}

function media(message, acts) {
  if (message.kind === "location" && message.location) return [place(message.location)];
  if (message.kind === "contact") return [contactCard(message.contact, acts)];
  if (!message.file) return [];
  const { file } = message;
  const url = sameOrigin(file.url);
  if (message.kind === "photo" && url) return [h("img", { class: "photo", src: url, alt: t("photoAlt"), loading: "lazy" })];
  if (message.kind === "voice" && url) {
    return [h("audio", { class: "voice", src: url, controls: true, preload: "none", "aria-label": t("voiceLabel") })];
  }
  return [fileCard(file, url)];
}

function fileCard(file, url) {
  const inside = [
    h("span", { class: "card-sign" }, icon("file")),
    h("span", { class: "card-text" },
      h("span", { class: "card-title", text: file.name || t("file") }),
      h("span", { class: "card-detail", text: Number.isFinite(file.size) ? size(file.size) : "" })),
  ];
  return url ? h("a", { class: "card", href: url, download: file.name || "" }, ...inside) : h("div", { class: "card" }, ...inside);
}

/** Pressed, it shows name and number alone, as large as a dialogue. */
function contactCard(contact, acts) {
  const facts = typeof contact === "string" ? { phone_number: contact } : contact ?? {};
  const name = [facts.first_name, facts.last_name].filter(Boolean).join(" ") || t("contactCard");
  return h("button", { type: "button", class: "card", "data-testid": "contact-card", on: { click: () => acts.tell(`${name}\n${facts.phone_number ?? ""}`) } },
    h("span", { class: "card-sign" }, icon("contact")),
    h("span", { class: "card-text" },
      h("span", { class: "card-title", text: name }),
      h("span", { class: "card-detail", text: facts.phone_number ?? "" })));
}

function place({ lat, lon }) {
  const near = placeNear(lat, lon);
  return h("div", { class: "place" },
    h("div", { class: "map", "aria-hidden": "true" }, icon("pin")),
    h("div", { class: "place-text" },
      h("span", { class: "card-title", text: near ? `${t("locationAt")}, ${near}` : t("locationAt") }),
      h("span", { class: "card-detail", text: coordinates(lat, lon) })));
}

/** Files come from the demo server only; anything else is not loaded. */
function sameOrigin(url) {
  try {
    const full = new URL(url, location.href);
    return full.origin === location.origin ? full.href : null;
  } catch {
    return null;
  }
}

function inlineKeyboard(message, acts) {
  const rows = message.inline.map((row) => h("div", { class: "inline-row" }, ...row.map((button) => inlineButton(message, button, acts))));
  return h("div", { class: "inline" }, ...rows);
}

function inlineButton(message, button, acts) {
  if (button.url) return linkButton(button, acts);
  if (button.copies) return copyButton(message, button, acts);
  const el = h("button", { type: "button", class: "inline-button", "data-testid": "inline-button", "data-data": button.data },
    h("span", { class: "inline-text", text: button.text }));
  el.addEventListener("click", async () => {
    if (el.getAttribute("aria-busy") === "true") return;
    el.setAttribute("aria-busy", "true");
    await Promise.all([acts.press(message, button.data), new Promise((done) => setTimeout(done, SHORTEST_PROGRESS))]);
    el.removeAttribute("aria-busy");
  });
  return el;
}

function copyButton(message, button, acts) {
  return h("button", { type: "button", class: "inline-button", "data-testid": "inline-button", "aria-label": t("copies", { name: button.text }), on: { click: () => acts.copy(message, button.copies) } },
    h("span", { class: "inline-text", text: button.text }), icon("copy"));
}

function linkButton(button, acts) {
  return h("a", {
    class: "inline-button", "data-testid": "inline-button", href: safeLink(button.url), target: "_blank", rel: "noopener noreferrer",
    "aria-label": t("opensNew", { name: button.text }),
    on: { click: (event) => { if (acts.follow(button.url)) event.preventDefault(); } },
  }, h("span", { class: "inline-text", text: button.text }), icon("open"));
}
