// view_claims.js - who claims what, with filters that stand in the address, so
// that a view can be kept and passed on.
import {get, path} from "./api.js";
import {add, field, h} from "./dom.js";
import {actWords, linkTo, short, speakerOf, statusOf} from "./decide.js";
import {pages} from "./view_documents.js";
import {code, dates, number, t} from "./words.js";
import {strings} from "./strings.js";

const PAGE = 40;
const FIELDS = ["words", "who", "says", "act", "place", "from", "to", "status", "sort", "group"];

// A value as the search takes it: a phrase, whatever signs it has in it.
const quoted = (word) => `"${word.replaceAll('"', " ").trim()}"`;

export function searchWords(kind, values) {
  const parts = [`kind:${kind}`];
  for (const name of ["who", "says", "act", "place"]) if (values[name]) parts.push(`${name}:${quoted(values[name])}`);
  if (values.status) parts.push(`status:${values.status}`);
  if (values.from || values.to) parts.push(`date:${values.from || "0001"}..${values.to || "9999"}`);
  if (values.words) parts.push(values.words);
  return parts.join(" ");
}

function choices(kind, counts, value) {
  const names = counts ? counts.items.map((one) => one.name) : Object.keys(strings).filter((key) => key.startsWith(`${kind}.`)).map((key) => key.slice(kind.length + 1));
  const select = h("select", {name: kind}, h("option", {value: ""}, t("any")), [...new Set([...names, ...(value ? [value] : [])])].map((name) =>
    h("option", {value: name}, code(kind, name))));
  select.value = value;
  return select;
}

function line(one) {
  const words = actWords(one);
  const acts = (one.act ?? "").split(" ").filter(Boolean).map((word) => code("act", word)).join(", ");
  return h("tr", null,
    h("td", {"data-label": t("speaker")}, h("strong", null, speakerOf(one))),
    h("td", {"data-label": t("field.says")}, code("says", one.says ?? "assert")),
    h("td", null, linkTo(one, h("q", null, short(one.quote, 220)))),
    h("td", {"data-label": t("about.acts")}, acts, acts && words ? h("div", {class: "quiet small"}, [one.place?.split("; ")[0], dates(one.first, one.last)].filter(Boolean).join("; ")) : null),
    h("td", {"data-label": t("fact.name"), class: "small"}, one.name, h("div", {class: "quiet"}, dates(one.date))),
    h("td", null, statusOf(one.status)));
}

const GROUPS = {source: (one) => one.name, speaker: speakerOf, says: (one) => code("says", one.says ?? "assert"),
  act: (one) => (one.act ?? "").split(" ").map((word) => code("act", word)).join(", ") || t("no.act")};

function table(items) {
  return h("table", {class: "stack"}, h("thead", null, h("tr", null, [t("speaker"), t("field.says"), t("what"), t("about.acts"), t("fact.name"), t("status")].map((word) =>
    h("th", {scope: "col"}, word)))), h("tbody", null, items.map(line)));
}

function grouped(items, by) {
  const groups = new Map();
  for (const one of items) {
    const name = GROUPS[by](one);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, some]) => [h("h2", {class: "group"}, name, " ", h("span", {class: "quiet small"}, number(some.length))), table(some)]);
}

// Who speaks most, as a way in: each is a link to these claims.
function speakersOf(counts, values) {
  if (values.who || !counts.items.length) return null;
  return h("details", {class: "no-print"}, h("summary", null, t("who.speaks")), h("ul", {class: "chips"}, counts.items.slice(0, 24).map((one) =>
    h("li", null, h("a", {class: "chip", href: `#/${path("claims", {...values, who: one.name})}`}, one.name, h("span", {class: "quiet"}, number(one.count)))))));
}

export default async function show(main, view) {
  const values = Object.fromEntries(FIELDS.map((name) => [name, view.values.get(name) ?? ""]));
  const offset = Number(view.values.get("offset") ?? 0);
  const [found, says, acts, speakers] = await Promise.all([
    get(path("search", {q: searchWords("claim", values), sort: values.sort || "date", limit: PAGE, offset: offset || ""})),
    get("counts/says"), get("counts/acts"), get(path("counts/speakers", {limit: 24}))]);
  if (!view.isCurrent()) return;
  const status = choices("status", null, values.status);
  const group = h("select", {name: "group"}, ["", ...Object.keys(GROUPS)].map((name) => h("option", {value: name}, t(`group.${name || "none"}`))));
  group.value = values.group;
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path("claims", Object.fromEntries(new FormData(form)))}`;
  }, change: () => form.requestSubmit()}},
    field(t("speaker"), h("input", {type: "search", name: "who", value: values.who})),
    field(t("field.says"), choices("says", says, values.says)),
    field(t("about.acts"), choices("act", acts, values.act)),
    field(t("field.place"), h("input", {type: "search", name: "place", value: values.place})),
    field(t("from"), h("input", {type: "text", name: "from", value: values.from, placeholder: "2019-05"})),
    field(t("to"), h("input", {type: "text", name: "to", value: values.to, placeholder: "2019-06"})),
    field(t("status"), status), field(t("words.in.it"), h("input", {type: "search", name: "words", value: values.words})),
    field(t("group"), group), h("button", {type: "submit"}, t("show")));
  const isFiltered = FIELDS.some((name) => values[name] && !["group", "sort"].includes(name));
  add(main, [h("h1", {tabindex: "-1"}, t("title.claims")), h("p", {class: "quiet"}, t("claims.what")), form,
    h("div", {class: "row between"}, h("p", {class: "quiet", role: "status"}, found.more_seen ? t("more.than", number(found.seen)) : t("n.found", number(found.seen)), found.instead ? ` ${t("instead", found.instead)}` : ""),
      isFiltered && h("a", {href: "#/claims"}, t("show.all"))), speakersOf(speakers, values)]);
  if (found.items.length === 0) add(main, h("div", {class: "empty"}, h("p", null, isFiltered ? t("none.filtered") : t("empty.claims")), h("a", {class: "button", href: isFiltered ? "#/claims" : "#/add"}, isFiltered ? t("show.all") : t("add.documents"))));
  else add(main, [values.group in GROUPS ? grouped(found.items, values.group) : table(found.items), pages("claims", values, offset, found.items.length, found.seen, PAGE)]);
}
