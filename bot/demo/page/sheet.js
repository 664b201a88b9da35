/** The small panel that opens above the composer or under the phone's menu button: one at a time per phone. */
import { h, icon } from "./dom.js";

export class Sheet {
  constructor(phone) {
    this.phone = phone;
    this.el = null;
    phone.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.el) { event.stopPropagation(); this.close(true); } });
    document.addEventListener("pointerdown", (event) => {
      if (this.el && !this.el.contains(event.target) && !this.trigger?.contains(event.target)) this.close(false);
    });
  }

  /** Open `content` in `slot`; pressing the same `trigger` again closes it. */
  toggle(trigger, slot, content) {
    const again = this.el && this.trigger === trigger;
    this.close(false);
    if (!again) this.open(trigger, slot, content());
  }

  open(trigger, slot, content) {
    this.close(false);
    this.trigger = trigger;
    this.el = content;
    trigger?.setAttribute("aria-expanded", "true");
    slot.append(content);
    content.style.maxHeight = `${this.#room(slot)}px`;
    content.querySelector("button, input")?.focus({ preventScroll: true });
  }

  /** The height left between the slot's fixed edge and the far edge of the screen. */
  #room(slot) {
    const screen = this.phone.querySelector(".screen").getBoundingClientRect();
    const edge = slot.getBoundingClientRect();
    return Math.max(120, slot.matches(".above") ? edge.bottom - screen.top - 14 : screen.bottom - edge.top - 14);
  }

  close(back) {
    if (!this.el) return;
    const within = this.el.contains(document.activeElement);
    this.el.remove();
    this.el = null;
    if (this.trigger?.hasAttribute("aria-expanded")) this.trigger.setAttribute("aria-expanded", "false");
    if (back || within) this.trigger?.focus({ preventScroll: true });
  }
}

/** A list of actions: `{sign, text, detail, testid, run}`. */
export function list(name, items, after) {
  return h("div", { class: "sheet", role: "group", "aria-label": name }, ...items.map((item) =>
    h("button", { type: "button", class: "sheet-item", "data-testid": item.testid, on: { click: () => { after(); item.run(); } } },
      item.sign && icon(item.sign),
      h("span", { class: "sheet-text" },
        h("span", { text: item.text }),
        item.detail && h("span", { class: "sheet-detail", text: item.detail })))));
}
