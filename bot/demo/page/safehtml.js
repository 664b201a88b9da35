/** Telegram's HTML subset, rebuilt element by element: what is not listed here becomes its text. */
import { h } from "./dom.js";
import { t } from "./texts.js";

const plain = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", DEL: "s", CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote" };
const dropped = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT"]);
const schemes = new Set(["http:", "https:", "tel:", "mailto:"]);
const command = /(^|[\s(«"])(\/[a-z][a-z0-9_]{1,31})(?![\w/])/g;

/** `href` when it is an address that a page may safely open, else null. */
export function safeLink(href) {
  try {
    return schemes.has(new URL(href).protocol) ? href : null;
  } catch {
    return null;
  }
}

/** A fragment from a message's `html`; `onCommand` is called with a "/command" that is pressed. */
export function fragment(html, onCommand) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const out = document.createDocumentFragment();
  copy(parsed.body, out, onCommand);
  return out;
}

/** A fragment from plain text. */
export function textFragment(text, onCommand) {
  const out = document.createDocumentFragment();
  writeText(text, out, onCommand);
  return out;
}

function copy(from, to, onCommand) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      writeText(node.data, to, onCommand);
    } else if (node.nodeType === Node.ELEMENT_NODE && !dropped.has(node.tagName)) {
      const made = rebuilt(node);
      if (made) to.append(made);
      copy(node, made ?? to, made?.matches("a, pre, code, .spoiler") ? null : onCommand);
    }
  }
}

function rebuilt(node) {
  if (node.tagName in plain) return h(plain[node.tagName]);
  if (node.tagName === "TG-SPOILER") return spoiler();
  if (node.tagName !== "A") return null;
  const href = safeLink(node.getAttribute("href"));
  return href && h("a", { href, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const el = h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler") });
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    el.className = "spoiler shown";
    for (const name of ["role", "tabindex", "aria-label"]) el.removeAttribute(name);
  };
  el.addEventListener("click", reveal);
  el.addEventListener("keydown", reveal);
  return el;
}

function writeText(text, to, onCommand) {
  if (!onCommand) { to.append(text); return; }
  let written = 0;
  for (const found of text.matchAll(command)) {
    const start = found.index + found[1].length;
    to.append(text.slice(written, start));
    to.append(h("button", { type: "button", class: "command-link", text: found[2], on: { click: () => onCommand(found[2]) } }));
    written = start + found[2].length;
  }
  to.append(text.slice(written));
}
