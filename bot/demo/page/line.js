/** How the line between the bot and Telegram behaves: the visitor makes it slow, flaky or dead. */
import { get, post } from "./api.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

/** What each choice asks of the server; every one starts from a line that is well. */
const FAULTS = {
  well: {},
  slow: { latency: { seconds: 4 } },
  errors: { status: { code: 502 } },
  cuts: { drop: { before: 0.3, after: 0.3 } },
  down: { outage: true },
};

export class Line {
  constructor(select, sentence, report) {
    this.select = select;
    this.sentence = sentence;
    this.kind = "well";
    select.append(...Object.keys(FAULTS).map((kind) => h("option", { value: kind })));
    select.addEventListener("change", () => this.#choose(select.value, report));
  }

  /** Show what the server tells of its faults; one that this page did not set is named by its gravest part. */
  set(faults = {}) {
    const [kind] = [
      faults.outage && "down", faults.drop?.length && "cuts", faults.status?.length && "errors", faults.latency?.length && "slow",
    ].filter(Boolean);
    this.kind = kind ?? "well";
    this.draw();
  }

  draw() {
    for (const option of this.select.options) option.textContent = t(`line_${option.value}`);
    this.select.value = this.kind;
    this.select.classList.toggle("unwell", this.kind !== "well");
    this.sentence.hidden = this.kind === "well";
    this.sentence.textContent = this.kind === "well" ? "" : t(`line_${this.kind}_said`);
  }

  async #choose(kind, report) {
    try {
      this.set(await post("/demo/faults", { clear: true, ...FAULTS[kind] }));
    } catch (error) {
      report(error);
      this.set(await get("/demo/faults").catch(() => ({})));
    }
  }
}
