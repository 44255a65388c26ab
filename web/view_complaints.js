// view_complaints.js - what was asked of whom, and what came of it.
import {path} from "./api.js";
import {add, h} from "./dom.js";
import {linked, passage} from "./links.js";
import {pages} from "./view_documents.js";
import {code, dates, number, t} from "./words.js";

const PAGE = 30;

// An answer has a passage; silence has days.
function outcome(one, refs) {
  const days = one.days === null || one.days === undefined ? null : t(one.response || (one.status ?? "none") !== "none" ? "answered.after" : "silent.for", number(one.days));
  return [h("div", null, h("strong", null, code("intervention", one.status ?? "none")), days ? ` - ${days}` : ""), one.response ? h("div", null, passage(one.response, refs)) : null];
}

function line(one, refs) {
  return h("tr", null,
    h("td", {"data-label": t("field.dates"), class: "nowrap"}, dates(one.sent)),
    h("td", {"data-label": t("complaint.by")}, one.by?.join(", ") ?? ""),
    h("td", {"data-label": t("complaint.to")}, one.to ?? ""),
    h("td", null, code("intervention", one.kind ?? ""), one.about?.length ? h("div", {class: "quiet small"}, one.about.join("; ")) : null),
    h("td", {"data-label": t("complaint.outcome")}, outcome(one, refs)));
}

export default async function show(main, view) {
  const offset = Number(view.values.get("offset") ?? 0);
  const place = h("div");
  add(main, [h("h1", {tabindex: "-1"}, t("title.complaints")), h("p", {class: "quiet"}, t("complaints.what")), place]);
  const found = await linked(path("links/complaints", {limit: PAGE, offset: offset || ""}), view, place);
  if (!found) return;
  if (found.items.length === 0) add(main, h("div", {class: "empty"}, h("p", null, t("empty.complaints")), h("a", {class: "button", href: "#/add"}, t("add.documents"))));
  else add(main, [h("table", {class: "stack"}, h("thead", null, h("tr", null, [t("field.dates"), t("complaint.by"), t("complaint.to"), t("what"), t("complaint.outcome")].map((word) => h("th", {scope: "col"}, word)))),
    h("tbody", null, found.items.map((one) => line(one, found.refs)))), pages("complaints", {}, offset, found.items.length, found.total, PAGE)]);
}
