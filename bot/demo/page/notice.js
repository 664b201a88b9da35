/** One calm line for what went wrong: said once, gone by itself unless it still holds. */
import { t } from "./texts.js";

const SHOWN = 8000;

export class Notice {
  constructor(el) {
    this.el = el;
    this.key = null;
  }

  say(key) {
    clearTimeout(this.timer);
    if (key !== "offline") this.timer = setTimeout(() => this.clear(), SHOWN);
    if (this.key === key) return;
    this.key = key;
    this.draw();
  }

  /** Take the line away; with a `key`, only if that is what it says. */
  clear(key = this.key) {
    if (key !== this.key) return;
    this.key = null;
    this.draw();
  }

  draw() {
    this.el.hidden = this.key === null;
    this.el.querySelector(".notice-text").textContent = this.key ? t(this.key) : "";
  }
}
