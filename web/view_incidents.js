// view_incidents.js - what happened, once each: who tells it, with which
// figures, who confirms and who contradicts.
import {path} from "./api.js";
import {add, empty, field, h} from "./dom.js";
import {findingsOf, linked, passage} from "./links.js";
import {pages} from "./view_documents.js";
import {code, dates, number, sureness, t, tn} from "./words.js";

const PAGE = 30;

function line(one) {
  return h("li", null, h("h2", {class: "small-title"}, h("a", {href: `#/incidents?number=${one.number}`}, one.title)),
    h("div", null, [dates(one.first, one.last), one.place].filter(Boolean).join("; ")),
    h("div", {class: "quiet small"}, [one.perpetrators?.length ? t("act.by", one.perpetrators.join(", ")) : null, one.victims?.length ? t("act.of", one.victims.join(", ")) : null].filter(Boolean).join("; ")),
    h("div", {class: "quiet small"}, [tn("told.times", one.members), tn("n.documents", one.documents), sureness(one.confidence)].join(" · ")));
}

async function list(main, view) {
  const name = view.values.get("name") ?? "";
  const offset = Number(view.values.get("offset") ?? 0);
  const place = h("div");
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path("incidents", {name: new FormData(form).get("name")})}`;
  }}}, field(t("name.has"), h("input", {type: "search", name: "name", value: name})), h("button", {type: "submit"}, t("show")));
  add(main, [h("h1", {tabindex: "-1"}, t("title.incidents")), h("p", {class: "quiet"}, t("incidents.what")), form, place]);
  const found = await linked(path("links/incidents", {name, limit: PAGE, offset: offset || ""}), view, place);
  if (!found) return;
  if (found.items.length === 0) add(main, h("div", {class: "empty"}, h("p", null, name ? t("none.named") : t("empty.incidents")), h("a", {class: "button", href: name ? "#/incidents" : "#/add"}, name ? t("show.all") : t("add.documents"))));
  else add(main, [h("p", {class: "quiet", role: "status"}, tn("n.incidents", found.total)), h("ul", {class: "plain list"}, found.items.map(line)), pages("incidents", {name}, offset, found.items.length, found.total, PAGE)]);
}

const bound = (said) => (said.max === null ? t("atleast", number(said.min ?? 0)) : said.min === said.max ? number(said.min ?? 0) : `${number(said.min ?? 0)} – ${number(said.max)}`);

// The figures of one thing side by side: who says which, from which source.
function figures(one, refs) {
  return h("table", {class: "stack"}, h("caption", {class: "caption"}, [one.of, one.harm ? code("harm", one.harm) : null].filter(Boolean).join(", "), " ", h("span", {class: "quiet small"}, tn("n.sources", one.sources))),
    h("thead", null, h("tr", null, [t("speaker"), t("kind.figure"), t("said.on"), t("fact.source"), t("what")].map((word) => h("th", {scope: "col"}, word)))),
    h("tbody", null, one.said.map((said) => h("tr", null, h("td", null, h("strong", null, said.by ?? t("own.voice"))), h("td", {"data-label": t("kind.figure")}, said.approximate ? `${t("about")} ` : "", bound(said)),
      h("td", {"data-label": t("said.on")}, dates(said.on)), h("td", {"data-label": t("fact.source")}, said.source), h("td", null, passage(said.figure ?? said.claim, refs))))));
}

const RELATIONS = ["corroborates", "contradicts", "answers", "repeats"];
const SIGNS = {corroborates: "=", contradicts: "≠", answers: "↩", repeats: "»"};

function relations(all, refs) {
  return RELATIONS.filter((kind) => all.some((one) => one.kind === kind)).map((kind) => h("section", null,
    h("h3", null, h("span", {"aria-hidden": "true"}, SIGNS[kind], " "), t(`relation.${kind}`)), h("ul", {class: "plain list"}, all.filter((one) => one.kind === kind).map((one) =>
      h("li", null, h("div", null, passage(one.from, refs)), h("div", {class: "quiet small"}, t(`relation.${kind}.to`)), h("div", null, passage(one.to, refs)), h("div", {class: "quiet small"}, sureness(one.confidence)))))));
}

async function record(main, view, at) {
  const place = h("div");
  add(main, [h("p", {class: "no-print"}, h("a", {href: "#/incidents"}, t("title.incidents"))), h("h1", {tabindex: "-1"}, t("title.incident")), place]);
  const found = await linked(`links/incidents/${at}`, view, place);
  if (!found) return;
  const one = found.item;
  empty(main.querySelector("h1"), one.title);
  add(main, [h("dl", {class: "facts"}, [[t("field.dates"), dates(one.first, one.last)], [t("field.place"), one.place], [t("done.by"), one.perpetrators?.join(", ")], [t("done.to"), one.victims?.join(", ")],
    [t("part.of"), one.part_of], [t("field.sure"), sureness(one.confidence)]].filter(([, value]) => value).map(([name, value]) => [h("dt", null, name), h("dd", null, value)])),
  one.figures.length > 0 && h("section", null, h("h2", null, t("figures.title")), one.figures.map((some) => figures(some, found.refs))),
  one.relations.length > 0 && h("section", null, h("h2", null, t("relations.title")), relations(one.relations, found.refs)),
  h("section", null, h("h2", null, t("told.where")), findingsOf(one.members, found.refs, one.members_total))]);
}

export default async function show(main, view) {
  if (view.values.has("number")) await record(main, view, Number(view.values.get("number")));
  else await list(main, view);
}
