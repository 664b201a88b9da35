/** On a small screen one phone is shown at a time: tabs choose it, and a swipe does too. */
import { h } from "./dom.js";
import { fullName } from "./phone.js";
import { t } from "./texts.js";

export class Tabs {
  /** `phones()` gives the phones in the order of the page. */
  constructor(el, stage, phones) {
    this.el = el;
    this.stage = stage;
    this.phones = phones;
    this.at = 0;
    this.narrow = matchMedia("(max-width: 699px)");
    this.narrow.addEventListener("change", () => this.draw());
    stage.addEventListener("scroll", () => { clearTimeout(this.settling); this.settling = setTimeout(() => this.#swiped(), 90); }, { passive: true });
    addEventListener("resize", () => { if (this.narrow.matches) this.#scroll("instant"); });
    el.addEventListener("keydown", (event) => this.#key(event));
  }

  draw() {
    const phones = this.phones();
    this.at = Math.max(0, Math.min(this.at, phones.length - 1));
    const focused = this.el.contains(document.activeElement);
    this.el.replaceChildren(...phones.map((phone) => this.#tab(phone)));
    this.#mark();
    if (this.narrow.matches) this.#scroll("instant");
    if (focused) this.el.children[this.at]?.focus();
  }

  #tab(phone) {
    const tab = h("button", { type: "button", class: "tab", role: "tab", "aria-controls": `phone-${phone.id}`, "data-testid": `tab-${phone.id}`,
      on: { click: () => this.show(phone) } },
    h("span", { class: "tab-name", text: phone.officer.last_name || fullName(phone.officer) }), h("span", { class: "tab-count" }));
    this.#badge(tab, phone, phone.unread ?? 0);
    return tab;
  }

  #badge(tab, phone, count) {
    const name = fullName(phone.officer);
    tab.lastChild.textContent = count || "";
    tab.lastChild.hidden = !count;
    tab.setAttribute("aria-label", count ? t("tabUnread", { name, count }) : name);
  }

  count(phone, count) {
    const tab = this.#of(phone);
    if (tab) this.#badge(tab, phone, count);
  }

  ring(phone) {
    const tab = this.#of(phone);
    tab?.classList.add("ringing");
    setTimeout(() => tab?.classList.remove("ringing"), 2600);
  }

  #of(phone) {
    return this.el.children[this.phones().indexOf(phone)];
  }

  show(phone) {
    this.at = this.phones().indexOf(phone);
    this.#mark();
    if (this.narrow.matches) this.#scroll("smooth");
    else phone.el.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  #scroll(behavior) {
    this.stage.scrollTo({ left: this.at * this.stage.clientWidth, behavior });
  }

  #swiped() {
    if (!this.narrow.matches) return;
    const at = Math.round(this.stage.scrollLeft / this.stage.clientWidth);
    if (at === this.at) return;
    this.at = at;
    this.#mark();
  }

  #mark() {
    this.phones().forEach((phone, index) => {
      const on = index === this.at;
      const tab = this.el.children[index];
      tab?.setAttribute("aria-selected", String(on));
      tab?.setAttribute("tabindex", on ? "0" : "-1");
      phone.seen(on || !this.narrow.matches);
    });
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const phone = this.phones()[this.at + (step ?? NaN)];
    if (!phone) return;
    event.preventDefault();
    this.show(phone);
    this.el.children[this.at].focus();
  }
}
