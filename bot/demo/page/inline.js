/** What is listed above the composer while somebody types after the bot's name: "@vigie_bot hospital". */
import { h } from "./dom.js";
import { t } from "./texts.js";

/** Milliseconds of rest after a keystroke before the bot is asked. */
const REST = 200;

export class InlineList {
  /** `acts`: post(path, body), bot() -> {username, inline}; `done()` is called once something was chosen. */
  constructor(id, input, acts, done) {
    this.id = id;
    this.input = input;
    this.acts = acts;
    this.done = done;
    this.query = null;
    this.listed = null;
    this.at = 0;
    this.slot = h("div", { class: "sheet-slot above" });
  }

  /** Whether what stands in the composer is meant for the list, and is no message. */
  get typing() { return this.query !== null; }

  /** The text in the composer has changed. */
  typed(text) {
    const query = this.#query(text);
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.resting);
    if (query === null) this.#show(null);
    else this.resting = setTimeout(() => this.#ask(""), REST);
  }

  /** Take what the server says is listed. */
  update(listed) {
    if (!this.typing || listed?.text !== this.query) return;
    if (JSON.stringify(listed) !== JSON.stringify(this.listed)) this.#show(listed);
  }

  /** Move with the arrows, choose with Enter; returns whether the key was taken. */
  key(event) {
    if (!this.typing || event.isComposing) return false;
    if (event.key === "Enter" && !event.shiftKey) { this.#choose(this.at); return true; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.options?.length) return false;
    this.#mark((this.at + step + this.options.length) % this.options.length);
    return true;
  }

  #query(text) {
    const { username, inline } = this.acts.bot();
    const found = /^@(\w+)\s([^]*)$/.exec(text);
    return inline && found && found[1].toLowerCase() === username?.toLowerCase() ? found[2].trim() : null;
  }

  #ask(offset) { this.acts.post("inline", { text: this.query, offset }); }

  #show(listed) {
    this.listed = listed;
    this.slot.replaceChildren();
    this.options = (listed?.results ?? []).map((result, place) => this.#option(result, place));
    if (listed?.next_offset) this.options.push(this.#more());
    const open = this.options.length > 0;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.slot.append(h("div", { class: "sheet inline-list", role: "listbox", id: this.id, "aria-label": t("inlineList"), "data-testid": "inline-list" }, ...this.options));
    this.#mark(0);
  }

  #option({ title, description }, place) {
    return this.#item(place, "inline-result", () => this.#choose(place),
      h("span", { text: title }), description && h("span", { class: "sheet-detail", text: description }));
  }

  #more() {
    return this.#item(this.options.length, "inline-more", () => this.#choose(this.options.length - 1), h("span", { text: t("inlineMore") }));
  }

  #item(place, testid, run, ...inside) {
    // The focus stays where the person types.
    return h("div", { class: "sheet-item", role: "option", id: `${this.id}-${place}`, "data-testid": testid,
      on: { click: run, pointerdown: (event) => event.preventDefault() } }, h("span", { class: "sheet-text" }, ...inside));
  }

  #mark(place) {
    this.at = place;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    this.input.setAttribute("aria-activedescendant", this.options[place].id);
    this.options[place].scrollIntoView({ block: "nearest" });
  }

  async #choose(place) {
    const results = this.listed?.results.length ?? 0;
    if (!this.options?.length) return;
    if (place >= results) this.#ask(this.listed.next_offset);
    else if (await this.acts.post("choose", { place })) this.done();
  }
}
