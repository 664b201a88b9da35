/** Times, dates, places and sizes, written as each language writes them. */
import { language, t } from "./texts.js";

const NBSP = "\u00a0";
const months = {
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  fr: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
};
const days = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  fr: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
};

/** Mali keeps UTC all year, so the UTC fields are the local ones. */
export const BAMAKO = { name: "Bamako", lat: 12.6392, lon: -8.0029 };
export const MOPTI = { name: "Mopti", lat: 14.4843, lon: -4.183 };

/** "07:52" in English, "7 h 52" in French. */
export function time(date) {
  const hours = date.getUTCHours();
  const minutes = String(date.getUTCMinutes()).padStart(2, "0");
  if (language() === "en") return `${String(hours).padStart(2, "0")}:${minutes}`;
  return minutes === "00" ? `${hours}${NBSP}h` : `${hours}${NBSP}h${NBSP}${minutes}`;
}

/** "Monday 23 November", "lundi 1er décembre"; with the year if asked. */
export function day(date, withYear = false) {
  const code = language();
  const number = date.getUTCDate();
  const ordinal = code === "fr" && number === 1 ? "1er" : String(number);
  const year = withYear ? ` ${date.getUTCFullYear()}` : "";
  return `${days[code][date.getUTCDay()]} ${ordinal}${NBSP}${months[code][date.getUTCMonth()]}${year}`;
}

export const dayKey = (date) => date.toISOString().slice(0, 10);

/** "12.6392° N, 8.0029° W", with decimal commas and O for west in French. */
export function coordinates(lat, lon) {
  const french = language() === "fr";
  const west = french ? "O" : "W";
  const degrees = (value) => {
    const digits = Math.abs(value).toFixed(4);
    return `${french ? digits.replace(".", ",") : digits}°`;
  };
  const separator = french ? "; " : ", ";
  return `${degrees(lat)}${NBSP}${lat < 0 ? "S" : "N"}${separator}${degrees(lon)}${NBSP}${lon < 0 ? west : "E"}`;
}

/** The name of a known place within about 10 km, else nothing. */
export function placeNear(lat, lon) {
  const near = [BAMAKO, MOPTI].find((place) => Math.hypot(place.lat - lat, place.lon - lon) < 0.1);
  return near ? near.name : "";
}

export function size(bytes) {
  const units = [t("bytes"), t("kilobytes"), t("megabytes")];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < 2) { value /= 1000; unit += 1; }
  const digits = unit && value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${language() === "fr" ? digits.replace(".", ",") : digits}${NBSP}${units[unit]}`;
}

/** A number typed with a point or a comma; NaN when it is not one. */
export function number(typed) {
  const text = typed.trim().replace(",", ".").replace("−", "-");
  return text === "" ? NaN : Number(text);
}
