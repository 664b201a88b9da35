/** What a phone can attach, and the two panels that ask before sending: location and number. */
import { h, icon } from "./dom.js";
import { BAMAKO, MOPTI, coordinates, number } from "./format.js";
import { t } from "./texts.js";
import { voiceNote } from "./voice.js";

/** The attach menu; `pick(kind)` opens the file chooser, `ask` has location() and contact(). */
export function attachments(acts, pick, ask) {
  return [
    { sign: "pin", text: t("location"), testid: "attach-location", run: ask.location },
    { sign: "photo", text: t("photo"), testid: "attach-photo", run: () => pick("photo") },
    { sign: "file", text: t("document"), testid: "attach-document", run: () => pick("document") },
    { sign: "voice", text: t("voice"), testid: "attach-voice", run: () => acts.upload("voice", voiceNote(), "voice.ogg") },
    { sign: "contact", text: t("contact"), testid: "attach-contact", run: ask.contact },
  ];
}

export function askLocation(acts, close) {
  const send = (lat, lon) => { close(); acts.post("location", { lat, lon }); };
  const presets = [BAMAKO, MOPTI].map((place) =>
    h("button", { type: "button", class: "sheet-item", "data-testid": `location-${place.name.toLowerCase()}`, on: { click: () => send(place.lat, place.lon) } },
      icon("pin"), h("span", { class: "sheet-text" },
        h("span", { text: place.name }), h("span", { class: "sheet-detail", text: coordinates(place.lat, place.lon) }))));
  const lat = coordinateInput("latitude");
  const lon = coordinateInput("longitude");
  const fault = h("p", { class: "sheet-fault", role: "alert", hidden: true, text: t("badLocation") });
  const form = h("form", { class: "sheet-form", on: { submit: (event) => {
    event.preventDefault();
    const [y, x] = [number(lat.input.value), number(lon.input.value)];
    if (Math.abs(y) <= 90 && Math.abs(x) <= 180) send(y, x);
    else fault.hidden = false;
  } } }, h("div", { class: "pair" }, lat.el, lon.el), fault,
  h("button", { type: "submit", class: "chip strong", "data-testid": "location-send", text: t("sendLocation") }));
  return h("div", { class: "sheet", role: "group", "aria-label": t("whichLocation") },
    h("p", { class: "sheet-title", text: t("whichLocation") }), ...presets, form);
}

function coordinateInput(name) {
  const input = h("input", { type: "text", inputmode: "text", autocomplete: "off", "data-testid": `location-${name.slice(0, 3)}` });
  return { input, el: h("label", { class: "field" }, h("span", { text: t(name) }), input) };
}

export function askContact(acts, close) {
  return h("div", { class: "sheet", role: "group", "aria-label": t("shareContact") },
    h("p", { class: "sheet-title", text: t("shareContact") }),
    h("div", { class: "sheet-actions" },
      h("button", { type: "button", class: "chip strong", "data-testid": "contact-send", text: t("share"), on: { click: () => { close(); acts.post("contact"); } } }),
      h("button", { type: "button", class: "chip", text: t("cancel"), on: { click: close } })));
}

/** Start with the code of an invitation, as a link from Telegram would. */
export function askCode(acts, close) {
  const input = h("input", { type: "text", autocomplete: "off", maxlength: 64, pattern: "[A-Za-z0-9_\\-]*", "data-testid": "start-code" });
  return h("form", { class: "sheet sheet-form", on: { submit: (event) => {
    event.preventDefault();
    close();
    acts.post("start", { payload: input.value.trim() });
  } } },
  h("label", { class: "field" }, h("span", { text: t("code") }), input),
  h("div", { class: "sheet-actions" },
    h("button", { type: "submit", class: "chip strong", "data-testid": "start-code-send", text: t("start") }),
    h("button", { type: "button", class: "chip", text: t("cancel"), on: { click: close } })));
}
