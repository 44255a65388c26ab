// view_accusations.js - who accuses whom: those who accuse on the left, those
// who are accused on the right, a line for each pair, thicker with more claims.
import {add, empty, h, s} from "./dom.js";
import {findingsOf} from "./links.js";
import {linkedList, linkedRecord} from "./lists.js";
import {short} from "./decide.js";
import {number, t, tn} from "./words.js";

const PAGE = 60;
const ROW = 34;
const WIDE = 720;
const NAME = 250;

// Who stands on one side, with how many claims; most first.
function sideOf(items, name, actor) {
  const sums = new Map();
  for (const one of items) {
    const sum = sums.get(one[actor]) ?? {name: one[name], actor: one[actor], count: 0};
    sum.count += one.members;
    sums.set(one[actor], sum);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || a.actor - b.actor);
}

function nameAt(one, row, x, anchor) {
  const words = `${short(one.name, 26)} (${number(one.count)})`;
  return s("a", {href: `#/actors?number=${one.actor}`}, s("title", null, one.name), s("text", {x, y: row * ROW + ROW / 2 + 5, "text-anchor": anchor}, words));
}

function graph(items) {
  const left = sideOf(items, "by", "by_actor");
  const right = sideOf(items, "of", "of_actor");
  const height = Math.max(left.length, right.length) * ROW + 8;
  const most = Math.max(...items.map((one) => one.members));
  const rowOf = (side, actor) => side.findIndex((one) => one.actor === actor);
  const lines = items.map((one) => {
    const from = rowOf(left, one.by_actor) * ROW + ROW / 2;
    const to = rowOf(right, one.of_actor) * ROW + ROW / 2;
    const words = t("accuses.pair", one.by, one.of, tn("n.claims", one.members));
    return s("a", {href: `#/accusations?number=${one.number}`, "aria-label": words}, s("title", null, words),
      s("path", {d: `M${NAME + 10} ${from}C${WIDE / 2} ${from} ${WIDE / 2} ${to} ${WIDE - NAME - 22} ${to}`, "stroke-width": (1.5 + 6 * one.members / most).toFixed(1), "marker-end": "url(#arrow)"}));
  });
  return h("div", {class: "graph-frame", tabindex: "0", role: "region", "aria-label": t("title.accusations")},
    s("svg", {class: "graph", viewBox: `0 0 ${WIDE} ${height}`, role: "group", "aria-label": t("accusations.label", number(left.length), number(right.length))},
      s("defs", null, s("marker", {id: "arrow", viewBox: "0 0 8 8", refX: 2, refY: 4, markerUnits: "userSpaceOnUse", markerWidth: 14, markerHeight: 14, orient: "auto"}, s("path", {d: "M0 0L8 4L0 8z"}))),
      lines, left.map((one, row) => nameAt(one, row, NAME, "end")), right.map((one, row) => nameAt(one, row, WIDE - NAME, "start"))));
}

function line(one) {
  return h("tr", null, h("td", {"data-label": t("accuses.by")}, h("a", {href: `#/actors?number=${one.by_actor}`}, one.by)),
    h("td", {"data-label": t("accuses.of")}, h("a", {href: `#/actors?number=${one.of_actor}`}, one.of)),
    h("td", {"data-label": t("title.claims"), class: "amount"}, h("a", {href: `#/accusations?number=${one.number}`}, tn("n.claims", one.members))),
    h("td", {"data-label": t("sources"), class: "amount"}, number(one.sources)));
}

function shown(found) {
  return [graph(found.items), h("table", {class: "stack"}, h("thead", null, h("tr", null, [t("accuses.by"), t("accuses.of")].map((word) => h("th", {scope: "col"}, word)),
    [t("title.claims"), t("sources")].map((word) => h("th", {scope: "col", class: "amount"}, word)))), h("tbody", null, found.items.map(line)))];
}

async function record(main, view) {
  const found = await linkedRecord(main, view, {base: "accusations", title: "title.accusations"});
  if (!found) return;
  const {item} = found;
  empty(main.querySelector("h1"), t("accuses.pair", item.by, item.of, tn("n.claims", item.members_total ?? item.members.length)));
  add(main, [h("p", {class: "quiet"}, tn("n.sources", item.sources)), findingsOf(item.members, found.refs, item.members_total)]);
}

export default async function show(main, view) {
  if (view.values.has("number")) await record(main, view);
  else await linkedList(main, view, {base: "accusations", size: PAGE, none: "empty.accusations", shown,
    top: h("p", {class: "no-print"}, h("a", {href: "#/actors"}, t("title.actors")))});
}
