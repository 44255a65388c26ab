// words.js - words, dates and numbers in the language of whoever reads.
import {strings} from "./strings.js";

export const languages = {en: "English", sw: "Kiswahili"};
let language = localStorage.getItem("madai-language") ??
  (navigator.language.toLowerCase().startsWith("sw") ? "sw" : "en");
if (!(language in languages)) language = "en";

export function currentLanguage() {
  return language;
}

export function setLanguage(wanted) {
  language = wanted in languages ? wanted : "en";
  localStorage.setItem("madai-language", language);
  document.documentElement.lang = language;
}

const column = () => (language === "sw" ? 1 : 0);

// t("found", 3): {0} is the first value. A key with no words is our mistake,
// and shows itself.
export function t(key, ...values) {
  const words = strings[key]?.[column()];
  if (words === undefined) return key;
  return words.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)] ?? ""));
}

// One or many: "{0} claim|{0} claims".
export function tn(key, count) {
  const [one, many] = (strings[key]?.[column()] ?? key).split("|");
  const rule = new Intl.PluralRules(language).select(count);
  return (rule === "one" || many === undefined ? one : many).replace("{0}", number(count));
}

export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

export function bytes(value) {
  const units = ["B", "kB", "MB", "GB"];
  let at = 0;
  for (; value >= 1000 && at < 3; at += 1) value /= 1000;
  return `${new Intl.NumberFormat(language, {maximumFractionDigits: at ? 1 : 0}).format(value)} ${units[at]}`;
}

// Codes of the reading: what is not in the table is shown as it is.
export function code(kind, word) {
  const key = `${kind}.${word}`;
  return strings[key] ? t(key) : (word ?? "").replaceAll("-", " ");
}

const SHAPES = {
  4: {year: "numeric"},
  7: {year: "numeric", month: "long"},
  10: {year: "numeric", month: "long", day: "numeric"},
};

function day(iso) {
  const shape = SHAPES[Math.min(iso.length, 10)];
  if (!shape || !/^\d{4}(-\d{2}){0,2}/.test(iso)) return iso;
  const whole = (iso.slice(0, 10) + "-01-01").slice(0, 10);
  const date = new Date(`${whole}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  const words = new Intl.DateTimeFormat(language, {...shape, timeZone: "UTC"}).format(date);
  return iso.length > 10 ? `${words}, ${iso.slice(11, 16)}` : words;
}

const lastOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

// A range as people say it: a whole month or year by its name.
export function dates(first, last) {
  if (!first && !last) return "";
  if (!last || first === last) return day(first ?? last);
  if (!first) return t("until", day(last));
  const [y1, m1, d1] = first.slice(0, 10).split("-").map(Number);
  const [y2, m2, d2] = last.slice(0, 10).split("-").map(Number);
  if (y1 === y2 && m1 === 1 && d1 === 1 && m2 === 12 && d2 === 31) return String(y1);
  if (y1 === y2 && m1 === m2 && d1 === 1 && d2 === lastOf(y1, m1)) return day(first.slice(0, 7));
  return `${day(first)} – ${day(last)}`;
}

// A moment, in the zone of this machine.
export function moment(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso
    : new Intl.DateTimeFormat(language, {dateStyle: "medium", timeStyle: "short"}).format(date);
}

// How sure the reader is, in words beside the number.
export function sureness(confidence) {
  if (confidence === undefined) return t("sure.hand");
  const word = confidence >= 0.85 ? "sure.high" : confidence >= 0.6 ? "sure.middle" : "sure.low";
  return t(word, new Intl.NumberFormat(language, {style: "percent"}).format(confidence));
}

export function failure(error) {
  const known = strings[`failure.${error.kind}`] ? t(`failure.${error.kind}`) : t("failure.other");
  return error.message ? `${known} (${error.message})` : known;
}
