// view_incidents.js - what happened, once each: who tells it, with which
// figures, who confirms and who contradicts.
import {add, empty, h} from "./dom.js";
import {findingsOf, passage} from "./links.js";
import {linkedList, linkedRecord} from "./lists.js";
import {code, dates, number, sureness, t, tn} from "./words.js";

const PAGE = 30;

function line(one) {
  return h("li", null, h("h2", {class: "small-title"}, h("a", {href: `#/incidents?number=${one.number}`}, one.title)),
    h("div", null, [dates(one.first, one.last), one.place].filter(Boolean).join("; ")),
    h("div", {class: "quiet small"}, [one.perpetrators?.length ? t("act.by", one.perpetrators.join(", ")) : null, one.victims?.length ? t("act.of", one.victims.join(", ")) : null].filter(Boolean).join("; ")),
    h("div", {class: "quiet small"}, [tn("told.times", one.members), tn("n.documents", one.documents), together(one, one.members)].filter(Boolean).join(" · ")));
}

// What is told once was put together with nothing: there is nothing to be sure
// or unsure of.
const together = (one, members) => (members > 1 ? sureness(one.confidence) : null);

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

async function record(main, view) {
  const found = await linkedRecord(main, view, {base: "incidents", title: "title.incident"});
  if (!found) return;
  const one = found.item;
  empty(main.querySelector("h1"), one.title);
  add(main, [h("dl", {class: "facts"}, [[t("field.dates"), dates(one.first, one.last)], [t("field.place"), one.place], [t("done.by"), one.perpetrators?.join(", ")], [t("done.to"), one.victims?.join(", ")],
    [t("part.of"), one.part_of], [t("field.sure"), together(one, one.members_total ?? one.members.length)]].filter(([, value]) => value).map(([name, value]) => [h("dt", null, name), h("dd", null, value)])),
  one.figures.length > 0 && h("section", null, h("h2", null, t("figures.title")), one.figures.map((some) => figures(some, found.refs))),
  one.relations.length > 0 && h("section", null, h("h2", null, t("relations.title")), relations(one.relations, found.refs)),
  h("section", null, h("h2", null, t("told.where")), findingsOf(one.members, found.refs, one.members_total))]);
}

export default async function show(main, view) {
  if (view.values.has("number")) await record(main, view);
  else await linkedList(main, view, {base: "incidents", size: PAGE, none: "empty.incidents",
    shown: (found) => [h("p", {class: "quiet", role: "status"}, tn("n.incidents", found.total)), h("ul", {class: "plain list"}, found.items.map(line))]});
}
