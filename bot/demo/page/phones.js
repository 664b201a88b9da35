/** The page: the header, the row of phones, and the stream that keeps them up to date. */
import { ApiError, get, listen, post } from "./api.js";
import { Clock } from "./clock.js";
import { Line } from "./line.js";
import { Notice } from "./notice.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { chosen, remember } from "./choice.js";
import { language, speak, t, translate } from "./texts.js";

/** Milliseconds between two attempts to reach a server that does not answer. */
const AGAIN = 2000;

const find = (testid) => document.querySelector(`[data-testid="${testid}"]`);
const stage = find("stage");
const notice = new Notice(find("notice"));
const clock = new Clock(find("clock"));
const line = new Line(find("line"), find("line-said"), report);
const tabs = new Tabs(document.querySelector(".tabs"), stage, () => phones);
let state = { bot: {}, faults: {}, phones: [] };
let phones = [];

const page = {
  officers: () => state.phones,
  bot: () => state.bot,
  choose,
  remove,
  report,
  unread: (phone, count) => tabs.count(phone, count),
  rang: (phone) => tabs.ring(phone),
};

function report(error, sentence = "failed") {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 0 || error.status >= 502) notice.say("offline");
  else notice.say(error.status === 413 ? "tooBig" : sentence);
}

const officer = (id) => state.phones.find((each) => String(each.user_id) === String(id));

function add(id, before = null) {
  const phone = new Phone(officer(id), page);
  const at = before ? phones.indexOf(before) : phones.length;
  phones.splice(at, 0, phone);
  stage.insertBefore(phone.el, before?.el ?? null);
  phone.refresh();
  return phone;
}

function drop(phone) {
  phones = phones.filter((each) => each !== phone);
  phone.dispose();
}

function remove(phone) {
  drop(phone);
  settle();
}

/** Show another officer in this column; if that one is shown already, the two change places. */
function choose(phone, id) {
  const other = phones.find((each) => String(each.id) === String(id));
  if (other) {
    swap(phone, other);
  } else {
    const fresh = add(id, phone);
    drop(phone);
    fresh.select.focus({ preventScroll: true });
  }
  settle();
}

function swap(one, two) {
  const [i, j] = [phones.indexOf(one), phones.indexOf(two)];
  [phones[i], phones[j]] = [phones[j], phones[i]];
  for (const phone of phones) stage.append(phone.el);
  one.relabel();
  phones[i].select.focus({ preventScroll: true });
}

/** After any change of columns. */
function settle() {
  remember(phones.map((phone) => phone.id));
  lay();
}

function lay() {
  stage.dataset.count = phones.length;
  for (const phone of phones) phone.remove.hidden = phones.length === 1;
  const left = state.phones.length - phones.length;
  find("add-phone").disabled = left <= 0;
  tabs.draw();
}

function addNext() {
  const next = state.phones.find((each) => !phones.some((phone) => phone.id === each.user_id));
  if (!next) return;
  const phone = add(next.user_id);
  settle();
  tabs.show(phone);
}

/** Everything anew: at the start, and whenever the stream was lost. */
async function load() {
  try {
    state = await get("/demo/state");
  } catch (error) {
    report(error);
    setTimeout(load, AGAIN);
    return;
  }
  notice.clear("offline");
  clock.set(state.now);
  line.set(state.faults);
  for (const phone of phones.filter((each) => !officer(each.id))) drop(phone);
  if (!phones.length) for (const id of chosen(state.phones)) add(id);
  else for (const phone of phones) { phone.relabel(); phone.refresh(); }
  lay();
}

function relabel() {
  document.documentElement.lang = language();
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === language()));
  }
  translate(document);
  for (const phone of phones) phone.relabel();
  clock.draw();
  notice.draw();
  line.draw();
  tabs.draw();
}

async function advance(button) {
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await post("/demo/clock", { minutes: Number(button.dataset.minutes) });
    if (answer?.now) clock.set(answer.now);
  } catch (error) {
    report(error, "clockStuck");
  } finally {
    button.removeAttribute("aria-busy");
  }
}

for (const button of document.querySelectorAll("[data-minutes]")) button.addEventListener("click", () => advance(button));
for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => { speak(button.dataset.lang); relabel(); });
}
find("add-phone").addEventListener("click", addNext);
find("notice-close").addEventListener("click", () => notice.clear());

let lost = false;
relabel();
load();
listen({
  open: () => { if (lost) load(); lost = false; },
  lost: () => { lost = true; notice.say("offline"); },
  clock: ({ now }) => clock.set(now),
  phone: ({ user_id: id }) => phones.find((phone) => phone.id === id)?.refresh(),
  popup: (popup) => phones.find((phone) => phone.id === popup.user_id)?.popup(popup),
});
