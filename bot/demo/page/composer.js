/** The bottom of a phone: writing, editing, attaching, commands, and the bot's reply keyboard. */
import { attachments, askContact, askLocation } from "./attach.js";
import { h, icon } from "./dom.js";
import { InlineList } from "./inline.js";
import { list } from "./sheet.js";
import { t, translate } from "./texts.js";

export class Composer {
  /** `acts`: post(path, body), upload(path, file, name), which promise true when it went through; bot(). */
  constructor(id, sheet, acts) {
    this.id = id;
    this.sheet = sheet;
    this.acts = acts;
    this.editing = null;
    this.keyboard = null;
    this.open = true;
    this.commands = [];
    this.el = this.#build();
  }

  #build() {
    this.input = h("textarea", { class: "composer-input", rows: 1, "data-testid": "composer", "data-t-label": "message", "data-t-hint": "message", maxlength: 4096, enterkeyhint: "send",
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${this.id}-list`,
      on: { input: () => this.#grow(), keydown: (event) => this.#key(event) } });
    this.inline = new InlineList(`${this.id}-list`, this.input, this.acts, () => this.#write(""));
    this.slash = this.#tool("slash", "commands", "commands", () => this.#toggleCommands());
    this.keys = this.#tool("keyboard", "keyboard-toggle", "hideKeyboard", () => { this.open = !this.open; this.#showKeyboard(); });
    this.clip = this.#tool("attach", "attach", "attach", () => this.sheet.toggle(this.clip, this.slot, () => this.#attachList()));
    this.sendButton = h("button", { type: "submit", class: "tool send", "data-testid": "send", "data-t-label": "send" }, icon("send"));
    for (const opener of [this.slash, this.clip]) opener.setAttribute("aria-expanded", "false");
    this.editBar = h("div", { class: "edit-bar", hidden: true }, icon("pencil"), h("span", { "data-t": "editing" }),
      h("button", { type: "button", class: "plain", "data-testid": "edit-cancel", "data-t-label": "cancelEdit", on: { click: () => this.#stopEdit() } }, icon("close")));
    this.form = h("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); this.#submit(); } } },
      this.slash, h("div", { class: "composer-box" }, this.input, this.keys), this.clip, this.sendButton);
    this.blockedBar = h("div", { class: "blocked-bar", hidden: true }, h("p", { "data-t": "blocked" }),
      h("button", { type: "button", class: "chip strong", "data-testid": "unblock", "data-t": "unblock", on: { click: () => this.acts.post("unblock") } }));
    this.board = h("div", { class: "reply", role: "group", "data-t-label": "keyboard", hidden: true });
    this.slot = h("div", { class: "sheet-slot above" });
    this.pickers = ["photo", "document", "voice"].map((kind) => this.#picker(kind));
    return h("div", { class: "bottom" }, this.slot, this.inline.slot, this.editBar, this.form, this.blockedBar, this.board, ...this.pickers);
  }

  #tool(name, testid, label, run) {
    return h("button", { type: "button", class: `tool ${name}`, "data-testid": testid, "data-t-label": label, on: { click: run } }, icon(name));
  }

  #picker(kind) {
    const input = h("input", { type: "file", hidden: true, tabindex: -1, "data-testid": `file-${kind}`, accept: { photo: "image/*", voice: "audio/*" }[kind],
      on: { change: () => { const [file] = input.files; input.value = ""; if (file) this.acts.upload(kind, file, file.name); } } });
    return input;
  }

  #attachList() {
    const pick = (kind) => this.pickers.find((input) => input.dataset.testid === `file-${kind}`).click();
    return list(t("attach"), attachments(this.acts, pick, {
      location: () => this.askLocation(this.clip), contact: () => this.askContact(this.clip),
    }), () => this.sheet.close(false));
  }

  askLocation(trigger) { this.sheet.open(trigger, this.slot, askLocation(this.acts, () => this.sheet.close(true))); }

  askContact(trigger) { this.sheet.open(trigger, this.slot, askContact(this.acts, () => this.sheet.close(true))); }

  #toggleCommands() {
    this.sheet.toggle(this.slash, this.slot, () => list(t("commands"), this.commands.map(({ command, description }) => ({
      text: `/${command}`, detail: description, testid: "command", run: () => { this.acts.post("send", { text: `/${command}` }); this.input.focus(); },
    })), () => this.sheet.close(false)));
  }

  /** Take what the server says of this phone. */
  update({ keyboard, commands, blocked, inline }) {
    this.inline.update(inline);
    const changed = JSON.stringify(keyboard) !== JSON.stringify(this.keyboard);
    this.commands = commands ?? [];
    this.slash.hidden = !this.commands.length;
    this.form.hidden = blocked;
    this.blockedBar.hidden = !blocked;
    if (blocked) this.#stopEdit();
    this.blocked = blocked;
    if (changed) { this.keyboard = keyboard; this.open = true; this.#fillKeyboard(); }
    this.#showKeyboard();
  }

  #fillKeyboard() {
    this.board.replaceChildren(...(this.keyboard?.rows ?? []).map((row) => h("div", { class: "reply-row" }, ...row.map((button) => this.#replyButton(button)))));
    this.board.classList.toggle("roomy", Boolean(this.keyboard) && !this.keyboard.resize);
  }

  #replyButton(button) {
    const el = h("button", { type: "button", class: "reply-button", "data-testid": "reply-button" },
      ...requestSign(button), h("span", { text: button.text }));
    el.addEventListener("click", () => {
      if (button.request_location) this.askLocation(el);
      else if (button.request_contact) this.askContact(el);
      else this.acts.post("send", { text: button.text });
      if (this.keyboard?.one_time) { this.open = false; this.#showKeyboard(); }
    });
    return el;
  }

  #showKeyboard() {
    const has = Boolean(this.keyboard?.rows?.length) && !this.blocked;
    this.board.hidden = !has || !this.open;
    this.keys.hidden = !has;
    this.keys.dataset.tLabel = this.open ? "hideKeyboard" : "showKeyboard";
    this.keys.setAttribute("aria-expanded", String(this.open));
    this.keys.replaceChildren(icon(this.open ? "down" : "keyboard"));
    translate(this.keys.parentElement);
    if (this.keyboard?.placeholder) this.input.placeholder = this.keyboard.placeholder;
  }

  /** Change one's own message: the text comes back into the composer. */
  edit(message) {
    this.editing = message;
    this.editBar.hidden = false;
    this.sendButton.dataset.tLabel = "save";
    this.sendButton.replaceChildren(icon("tick"));
    translate(this.el);
    this.#write(message.text ?? "");
    this.input.focus();
  }

  #stopEdit() {
    if (!this.editing) return;
    this.editing = null;
    this.editBar.hidden = true;
    this.sendButton.dataset.tLabel = "send";
    this.sendButton.replaceChildren(icon("send"));
    translate(this.el);
    this.#write("");
    this.input.focus();
  }

  #key(event) {
    if (this.inline.key(event)) { event.preventDefault(); return; }
    if (event.key === "Escape" && this.inline.typing) { event.stopPropagation(); this.#write(""); return; }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#submit(); }
    if (event.key === "Escape" && this.editing) { event.stopPropagation(); this.#stopEdit(); }
    if (event.key === "ArrowUp" && !this.input.value && !this.editing) {
      const message = this.acts.lastOwn();
      if (message) { event.preventDefault(); this.edit(message); }
    }
  }

  /** The text goes at once from the composer, and comes back if it did not go through. */
  async #submit() {
    const text = this.input.value.trim();
    if (!text || this.inline.typing) return;
    const { editing } = this;
    if (editing) this.#stopEdit();
    this.#write("");
    if (editing && text === editing.text) return;
    const went = editing
      ? await this.acts.post("edit", { message_id: editing.id, text })
      : await this.acts.post("send", { text });
    if (went || this.input.value) return;
    if (editing) this.edit(editing);
    this.#write(text);
  }

  #write(text) {
    this.input.value = text;
    this.#grow();
  }

  #grow() {
    this.input.style.height = "auto";
    if (this.input.value) this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
    else this.input.style.height = "";
    this.form.classList.toggle("written", Boolean(this.input.value));
    this.inline.typed(this.editing ? "" : this.input.value);
  }
}

/** A drawing says that the phone will ask for more, unless the bot's own text has a sign already. */
function requestSign({ text, request_location: location, request_contact: contact }) {
  if (/\p{Extended_Pictographic}/u.test(text)) return [];
  return [location && icon("pin"), contact && icon("contact")];
}
