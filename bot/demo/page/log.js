/** The conversation: updates in place, keeps the reader's place, counts what is unread. */
import { h } from "./dom.js";
import { day, dayKey } from "./format.js";
import { messageElement } from "./message.js";
import { language, t } from "./texts.js";

/** Closer to the end than this (pixels) counts as reading the newest message. */
const NEAR_END = 48;

/** Whether the person wrote this text, and can change it. */
export const ownText = (message) => message.outgoing && message.kind === "text" && !message.via;

export class Log {
  /** `acts` as for messageElement; `onUnread(count)` is told of each change of the count. */
  constructor(el, acts, onUnread) {
    this.el = el;
    this.acts = acts;
    this.onUnread = onUnread;
    this.rows = new Map();
    this.known = null;
    this.unread = 0;
    this.firstUnread = null;
    this.pinned = true;
    this.visible = true;
    el.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => { if (this.pinned) this.toEnd(); }).observe(el);
  }

  /** Show `messages`; returns the incoming ones that were not there before. */
  show(messages) {
    const fresh = this.#arrived(messages);
    const incoming = fresh.filter((message) => !message.outgoing && message.kind !== "service");
    const first = this.known === null;
    const follow = this.pinned && this.visible;
    const wrote = fresh.some((message) => message.outgoing);
    this.known = new Set(messages.map((message) => message.id));
    if (wrote) this.#read();
    if (incoming.length && !follow) {
      this.firstUnread ??= incoming[0].id;
      this.unread += incoming.length;
    }
    this.#reconcile(this.#plan(messages));
    if (first || wrote) this.toEnd();
    else if (follow && incoming.length === 1 && incoming[0].inline?.length) this.toEnd(); // what can be pressed is in view
    else if (follow && incoming.length) this.#bringIn(incoming[0].id);
    else if (this.pinned && this.visible) this.toEnd();
    this.onUnread(this.unread);
    return first ? [] : incoming;
  }

  /** Whether a person can see this conversation (one phone at a time on a small screen). */
  seen(visible) {
    const appears = visible && !this.visible;
    this.visible = visible;
    if (appears && this.unread) this.jump();
  }

  /** To the first unread message, else to the newest. */
  jump() {
    const row = this.rows.get("unread");
    if (row && this.unread) {
      this.el.scrollTo({ top: row.el.offsetTop - 8 });
      requestAnimationFrame(() => this.#scrolled());
      this.unread = 0;
      this.onUnread(0);
    } else {
      this.toEnd();
    }
  }

  /** Bring a message into view, and let it stand out for a moment. */
  reveal(id) {
    const row = this.rows.get(`m${id}`);
    if (!row) return;
    row.el.scrollIntoView({ block: "center" });
    row.el.classList.remove("revealed");
    void row.el.offsetWidth; // restart the animation
    row.el.classList.add("revealed");
  }

  toEnd() {
    this.el.scrollTop = this.el.scrollHeight;
    this.pinned = true;
  }

  atEnd() {
    return this.el.scrollHeight - this.el.scrollTop - this.el.clientHeight < NEAR_END;
  }

  #arrived(messages) {
    return this.known ? messages.filter((message) => !this.known.has(message.id)) : [];
  }

  #bringIn(id) {
    const { el } = this.rows.get(`m${id}`);
    this.toEnd();
    if (el.offsetTop < this.el.scrollTop) this.el.scrollTop = el.offsetTop - 8;
    this.pinned = this.atEnd();
  }

  #scrolled() {
    this.pinned = this.atEnd();
    if (this.pinned && this.visible && this.unread) { this.unread = 0; }
    this.onUnread(this.unread);
  }

  #read() {
    this.unread = 0;
    this.firstUnread = null;
  }

  /** The rows wanted, in order: key, what it depends on, how to build it. */
  #plan(messages) {
    const rows = [];
    const lastOwn = messages.findLast(ownText);
    let shownDay = "";
    for (const message of messages) {
      const date = new Date(message.date);
      if (dayKey(date) !== shownDay) {
        shownDay = dayKey(date);
        rows.push({ key: `day${shownDay}-${message.id}`, sign: language(), make: () => h("div", { class: "day", lang: language() }, h("span", { text: day(date) })) });
      }
      if (message.id === this.firstUnread) {
        rows.push({ key: "unread", sign: language() + message.id, make: () => h("div", { class: "unread-line", lang: language() }, h("span", { text: t("unread") })) });
      }
      const editable = message === lastOwn;
      rows.push({
        key: `m${message.id}`, sign: language() + editable + JSON.stringify(message),
        make: () => messageElement(message, editable, this.acts),
      });
    }
    return rows;
  }

  #reconcile(plan) {
    const wanted = new Set(plan.map((row) => row.key));
    for (const [key, row] of this.rows) {
      if (wanted.has(key)) continue;
      row.el.remove();
      this.rows.delete(key);
    }
    let cursor = this.el.firstElementChild;
    for (const { key, sign, make } of plan) {
      let row = this.rows.get(key);
      if (!row || row.sign !== sign) {
        const el = make();
        if (row) {
          if (cursor === row.el) cursor = el;
          swap(row.el, el);
        }
        row = { el, sign };
        this.rows.set(key, row);
      }
      if (row.el === cursor) cursor = cursor.nextElementSibling;
      else this.el.insertBefore(row.el, cursor);
    }
  }
}

/** Replace `old`, and put the focus on the same control of the new one if it was inside. */
function swap(old, made) {
  const controls = (root) => [...root.querySelectorAll("button, a, [tabindex]")];
  const at = controls(old).indexOf(document.activeElement);
  old.replaceWith(made);
  if (at < 0) return;
  (controls(made)[at] ?? made.closest("[role=log]"))?.focus({ preventScroll: true });
}
