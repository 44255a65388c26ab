// view_patterns.js - how often what, by whom, where and when: each number opens
// what it counts.
import {columns} from "./chart.js";
import {add, empty, h} from "./dom.js";
import {actTitle, findingsOf, linked} from "./links.js";
import {code, number, t, tn} from "./words.js";

function valueOf(one) {
  if (one.of === "act") return actTitle(one.value);
  if (one.of === "class") return code("class", one.value);
  return one.value;
}

function line(one, most) {
  return h("tr", null, h("td", null, h("a", {href: `#/patterns?number=${one.number}`}, valueOf(one)), one.stands_out && h("span", {class: "small"}, ` ★ ${t("stands.out")}`)),
    h("td", {class: "bar-cell", "aria-hidden": "true"}, h("span", {class: "bar-line", style: {width: `${Math.max(2, one.incidents * 100 / most)}%`}})),
    h("td", {"data-label": t("title.incidents"), class: "amount"}, number(one.incidents)),
    h("td", {"data-label": t("sources"), class: "amount"}, number(one.sources)));
}

// Weeks without anything are told too: a gap is a pattern.
const WEEKS_MOST = 160;
function weekAfter(name) {
  const [year, week] = name.split("-W").map(Number);
  const day = new Date(Date.UTC(year, 0, 4));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + week * 7 + 3); // the Thursday of the next week
  const first = new Date(Date.UTC(day.getUTCFullYear(), 0, 1));
  const next = Math.floor((day - first) / 86400000 / 7) + 1;
  return `${day.getUTCFullYear()}-W${String(next).padStart(2, "0")}`;
}

function weeks(some) {
  const all = [];
  for (let at = 0, name = some[0]?.value; at < some.length && all.length < WEEKS_MOST; name = weekAfter(name)) {
    const one = some[at].value === name ? some[at] : null;
    if (one || name > some.at(-1).value) at += 1;
    all.push({name, words: name, count: one?.incidents ?? 0, href: one && `#/patterns?number=${one.number}`});
  }
  return columns(t("pattern.week"), all);
}

async function record(main, view, at) {
  const place = h("div");
  add(main, [h("p", {class: "no-print"}, h("a", {href: "#/patterns"}, t("title.patterns"))), h("h1", {tabindex: "-1"}, t("title.patterns")), place]);
  const found = await linked(`links/patterns/${at}`, view, place);
  if (!found) return;
  empty(main.querySelector("h1"), valueOf(found.item));
  add(main, [h("p", {class: "quiet"}, [tn("n.incidents", found.item.incidents), tn("n.sources", found.item.sources)].join(" · ")), findingsOf(found.item.members, found.refs, found.item.members_total)]);
}

export default async function show(main, view) {
  if (view.values.has("number")) {
    await record(main, view, Number(view.values.get("number")));
    return;
  }
  const place = h("div");
  add(main, [h("h1", {tabindex: "-1"}, t("title.patterns")), h("p", {class: "quiet"}, t("patterns.what")), place]);
  const found = await linked("links/patterns?limit=200", view, place);
  if (!found) return;
  if (found.items.length === 0) {
    add(main, h("div", {class: "empty"}, h("p", null, t("empty.incidents")), h("a", {class: "button", href: "#/add"}, t("add.documents"))));
    return;
  }
  const groups = new Map();
  for (const one of found.items) groups.set(one.of, [...(groups.get(one.of) ?? []), one]);
  add(main, [...groups].map(([of, some]) => {
    some.sort((a, b) => (of === "week" ? a.value.localeCompare(b.value) : b.incidents - a.incidents || b.sources - a.sources));
    const most = Math.max(...some.map((one) => one.incidents));
    return h("section", null, h("h2", null, t(`pattern.${of.replaceAll(" ", "-")}`)), of === "week" && weeks(some), h("table", {class: "stack"}, h("thead", null, h("tr", null, h("th", {scope: "col"}, t("what")), h("td", null), h("th", {scope: "col", class: "amount"}, t("title.incidents")), h("th", {scope: "col", class: "amount"}, t("sources")))),
      h("tbody", null, some.map((one) => line(one, most)))));
  }));
}
