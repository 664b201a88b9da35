/** The demo's own clock: told by the server, carried on between two tellings. */
import { day, time } from "./format.js";
import { t } from "./texts.js";

export class Clock {
  constructor(el) {
    this.el = el;
    this.base = null;
    setInterval(() => this.draw(), 1000);
  }

  set(now) {
    const moved = this.base !== null && Math.abs(Date.parse(now) - this.now()) > 30_000;
    this.base = Date.parse(now) - performance.now();
    this.draw();
    if (moved) this.#flash();
  }

  now() {
    return this.base + performance.now();
  }

  draw() {
    if (this.base === null) return;
    const date = new Date(this.now());
    const shown = time(date);
    this.el.dateTime = date.toISOString();
    write(this.el.querySelector(".clock-time"), shown);
    write(this.el.querySelector(".clock-day"), day(date, true));
    write(this.el.querySelector(".clock-zone"), ` · ${t("zone")}`);
  }

  #flash() {
    this.el.classList.remove("moved");
    void this.el.offsetWidth;
    this.el.classList.add("moved");
  }
}

function write(el, text) {
  if (el.textContent !== text) el.textContent = text;
}
