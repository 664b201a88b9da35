/** One phone: whose it is, the conversation with the bot, and what its owner can do. */
import { get, post, upload } from "./api.js";
import { askCode } from "./attach.js";
import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { Log, ownText } from "./log.js";
import { Sheet, list } from "./sheet.js";
import { language, roleName, t, translate } from "./texts.js";

const RING = 2600;
const TOAST = 5000;
/** Milliseconds after which a screen reader has surely noticed that a log was only written anew. */
const HUSH = 1000;

/** "Bamako · commander" with the role in the page's language; any other label as it is. */
function labelText(label) {
  const [post, role, ...rest] = label.split(" · ");
  return role && !rest.length ? `${post} · ${roleName(role)}` : label;
}

/** The sentence for a file that Telegram refuses for good: trying again would not help. */
function refusalOf(kind, file) {
  if (!file.size) return "emptyFile";
  return kind === "photo" ? "badPhoto" : undefined;
}

export const fullName = (officer) => [officer.first_name, officer.last_name].filter(Boolean).join(" ");

export class Phone {
  /** `page`: officers(), bot(), choose(phone, id), remove(phone), report(error), unread(phone, count), rang(phone). */
  constructor(officer, page) {
    this.officer = officer;
    this.id = officer.user_id;
    this.page = page;
    this.data = null;
    this.asking = false;
    this.stale = false;
    this.gone = false;
    this.el = this.#build();
    this.relabel();
  }

  #build() {
    const id = `phone-${this.id}`;
    const acts = {
      post: (path, body) => this.act(() => post(`/demo/phones/${this.id}/${path}`, body)),
      upload: (path, file, name) => this.act(() => upload(`/demo/phones/${this.id}/${path}`, file, name), refusalOf(path, file)),
      lastOwn: () => this.data?.messages.findLast(ownText),
      copy: (message, copies) => this.#copy(message, copies),
      tell: (text) => this.popup({ text, alert: true }),
      bot: () => this.page.bot(),
      command: (text) => acts.post("send", { text }),
      press: (message, data) => acts.post("press", { message_id: message.id, data }),
      follow: (url) => this.#follow(url),
      edit: (message) => this.composer.edit(message),
      speaker: (message) => (message.outgoing ? fullName(this.officer) : this.page.bot().name ?? "Vigie"),
    };
    this.acts = acts;
    this.select = h("select", { id: `${id}-owner`, "data-testid": "phone-select", "data-t-label": "whose", on: { change: () => this.page.choose(this, this.select.value) } });
    this.label = h("span", { class: "owner-label" });
    this.remove = h("button", { type: "button", class: "plain", "data-testid": "remove-phone", "data-t-label": "removePhone", on: { click: () => this.page.remove(this) } }, icon("close"));
    this.bell = h("span", { class: "bell", "aria-hidden": "true" }, icon("bell"));
    const owner = h("div", { class: "owner" }, this.bell, h("div", { class: "owner-who" }, this.select, this.label), this.remove);

    this.title = h("span", { class: "bot-name" });
    this.subtitle = h("span", { class: "bot-handle" });
    this.more = h("button", { type: "button", class: "tool more-button", "data-testid": "phone-menu", "data-t-label": "menu", "aria-expanded": "false", on: { click: () => this.#menu() } }, icon("more"));
    this.menuSlot = h("div", { class: "sheet-slot below" });
    const head = h("div", { class: "chat-head" }, h("span", { class: "avatar", "aria-hidden": "true" }),
      h("div", { class: "bot-who" }, this.title, this.subtitle), this.more, this.menuSlot);

    this.messages = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0, "data-testid": "log" });
    this.empty = h("div", { class: "empty", hidden: true }, h("p", { "data-t": "empty" }),
      h("button", { type: "button", class: "chip strong", "data-testid": "start", "data-t": "start", on: { click: () => acts.post("start", { payload: "" }) } }));
    this.jump = h("button", { type: "button", class: "jump", "data-testid": "jump", hidden: true, on: { click: () => this.log.jump() } }, icon("down"), h("span", { class: "jump-count" }));
    this.toast = h("p", { class: "toast", role: "status", "data-testid": "toast", hidden: true });
    this.middle = h("div", { class: "middle" }, this.messages, this.empty, this.jump, this.toast);

    this.pinned = h("button", { type: "button", class: "pinned-bar", "data-testid": "pinned", hidden: true, on: { click: () => this.log.reveal(this.data.pinned?.id) } },
      icon("pushpin"), h("span", { class: "pinned-text" }, h("span", { class: "pinned-title", "data-t": "pinnedTitle" }), h("span", { class: "pinned-line" })));
    const screen = h("div", { class: "screen" }, head, this.pinned, this.middle);
    const el = h("section", { class: "phone", id, "data-testid": id, "data-user-id": this.id, "aria-labelledby": `${id}-name` },
      h("h2", { class: "unseen", id: `${id}-name` }), owner, screen);
    this.heading = el.firstChild;
    this.sheet = new Sheet(el);
    this.composer = new Composer(id, this.sheet, acts);
    screen.append(this.composer.el);
    this.log = new Log(this.messages, acts, (count) => this.#unread(count));
    return el;
  }

  /** Do something to the server; a fault becomes one calm line, never an exception. `refused`: what a 400 means. */
  async act(run, refused) {
    try {
      await run();
      this.refresh();
      return true;
    } catch (error) {
      this.page.report(error, error.status === 400 ? refused : undefined);
      return false;
    }
  }

  /** Fetch this phone and show it; calls that come meanwhile are one more fetch. */
  async refresh() {
    this.stale = true;
    if (this.asking || this.gone) return;
    this.asking = true;
    try {
      while (this.stale && !this.gone) {
        this.stale = false;
        this.#show(await get(`/demo/phones/${this.id}`));
      }
    } catch (error) {
      this.page.report(error);
    } finally {
      this.asking = false;
    }
  }

  #show(data) {
    if (this.gone) return;
    this.data = data;
    this.composer.update(data);
    this.pinned.hidden = !data.pinned;
    this.pinned.querySelector(".pinned-line").textContent = (data.pinned?.text ?? "").split("\n", 1)[0];
    this.empty.hidden = data.messages.length > 0 || data.blocked;
    const incoming = this.log.show(data.messages);
    if (incoming.some((message) => !message.silent)) this.ring();
  }

  /** A new message that is not silent makes the phone ring, visibly. */
  ring() {
    clearTimeout(this.ringing);
    this.el.classList.remove("ringing");
    void this.el.offsetWidth; // restart the animation
    this.el.classList.add("ringing");
    this.ringing = setTimeout(() => this.el.classList.remove("ringing"), RING);
    this.page.rang(this);
  }

  /** The bot's answer to a press: a line that passes, or a dialogue that waits for OK. */
  popup({ text, alert }) {
    if (!text) return;
    if (alert) { this.#alert(text); return; }
    clearTimeout(this.toasting);
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.toasting = setTimeout(() => { this.toast.hidden = true; }, TOAST);
  }

  /** Onto the clipboard of this machine too, where the browser lets a page do that. */
  async #copy(message, copies) {
    if (!await this.acts.post("copy", { message_id: message.id, copies })) return;
    try { await navigator.clipboard.writeText(copies); } catch { /* the phone of the demo has it all the same */ }
    this.popup({ text: t("copied", { text: copies }), alert: false });
  }

  #alert(text) {
    this.middle.querySelector(".alert")?.remove();
    const back = document.activeElement;
    const within = this.el.contains(back);
    const close = () => { box.remove(); if (within) back.focus({ preventScroll: true }); };
    const ok = h("button", { type: "button", class: "chip strong", "data-testid": "alert-ok", text: t("ok"), on: { click: close } });
    const box = h("div", { class: "alert", role: "alertdialog", "aria-label": t("popup"), "data-testid": "alert",
      on: { keydown: (event) => { if (event.key === "Escape") close(); } } }, h("div", { class: "alert-box" }, h("p", { text }), ok));
    this.middle.append(box);
    if (within) ok.focus({ preventScroll: true });
  }

  #menu() {
    const blocked = this.data?.blocked;
    this.sheet.toggle(this.more, this.menuSlot, () => list(t("menu"), [
      { sign: "key", text: t("startWithCode"), testid: "start-with-code", run: () => this.sheet.open(this.more, this.menuSlot, askCode(this.acts, () => this.sheet.close(true))) },
      { sign: "block", text: t(blocked ? "unblock" : "block"), testid: blocked ? "menu-unblock" : "block", run: () => { this.acts.post(blocked ? "unblock" : "block"); this.more.focus(); } },
    ], () => this.sheet.close(false)));
  }

  /** A link to this very bot stays on the page, as it would in the app. */
  #follow(url) {
    let link;
    try { link = new URL(url); } catch { return false; }
    const username = this.page.bot().username ?? "";
    if (link.hostname !== "t.me" || link.pathname.slice(1).toLowerCase() !== username.toLowerCase()) return false;
    this.acts.post("start", { payload: link.searchParams.get("start") ?? "" });
    return true;
  }

  #unread(count) {
    this.unread = count;
    this.jump.hidden = this.log.pinned && !count;
    this.jump.lastChild.textContent = count ? String(count) : "";
    this.jump.setAttribute("aria-label", count ? t("jumpUnread", { count }) : t("jumpDown"));
    this.page.unread(this, count);
  }

  /** Write again all that depends on the page's language or on the list of officers. */
  relabel() {
    this.#hush();
    const officers = this.page.officers();
    this.officer = officers.find((officer) => officer.user_id === this.id) ?? this.officer;
    const name = fullName(this.officer);
    const bot = this.page.bot();
    this.select.replaceChildren(...officers.map((officer) => h("option", { value: officer.user_id, text: fullName(officer) })));
    this.select.value = String(this.id);
    this.label.textContent = labelText(this.officer.label ?? "");
    this.heading.textContent = t("phoneOf", { name });
    this.messages.lang = this.officer.language_code ?? "";
    this.messages.setAttribute("aria-label", t("log", { name }));
    this.title.textContent = bot.name ?? "Vigie";
    this.subtitle.textContent = bot.username ? `@${bot.username} · ${t("bot")}` : t("bot");
    this.sheet.close(false);
    translate(this.el);
    if (this.data) this.#show(this.data);
    this.#unread(this.unread ?? 0);
  }

  /** The words of the page change, the conversation does not: nothing of it is read out again. */
  #hush() {
    if (this.written === language()) return;
    this.written = language();
    clearTimeout(this.hushing);
    this.messages.setAttribute("aria-live", "off");
    this.hushing = setTimeout(() => this.messages.setAttribute("aria-live", "polite"), HUSH);
  }

  /** Whether this phone is the one on a small screen; hidden ones take no focus. */
  seen(visible) {
    this.el.inert = !visible;
    this.log.seen(visible);
  }

  dispose() {
    this.gone = true;
    this.el.remove();
  }
}
