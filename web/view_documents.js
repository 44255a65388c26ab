// view_documents.js - the documents of the case, a page at a time.
import {get, path} from "./api.js";
import {add, field, h} from "./dom.js";
import {bytes, dates, number, t, tn} from "./words.js";

const PAGE = 50;

export function pages(base, values, offset, count, total, size = PAGE) {
  if (offset === 0 && count >= total) return null;
  const to = (place) => `#/${path(base, {...values, offset: place || ""})}`;
  return h("nav", {class: "row no-print", "aria-label": t("pages")},
    offset > 0 && h("a", {class: "button", href: to(Math.max(0, offset - size))}, t("page.before")),
    h("span", {class: "quiet"}, t("page.of", number(count ? offset + 1 : 0), number(offset + count), number(total))),
    offset + count < total && h("a", {class: "button", href: to(offset + size)}, t("page.next")));
}

function line(one) {
  return h("tr", null,
    h("td", null, h("a", {href: `#/document/${one.document}`}, one.name), !one.held && h("span", {class: "quiet small"}, " ", t("elsewhere"))),
    h("td", {"data-label": t("field.date"), class: "nowrap"}, dates(one.date)),
    h("td", {"data-label": t("title.claims"), class: "amount"}, one.read ? number(one.claims) : t("unread")),
    h("td", {"data-label": t("decided"), class: "amount"}, one.read ? t("of", number(one.decided), number(one.findings)) : ""),
    h("td", {"data-label": t("fact.size"), class: "amount"}, bytes(one.bytes)));
}

export default async function show(main, view) {
  const values = {name: view.values.get("name") ?? "", order: view.values.get("order") ?? ""};
  const offset = Number(view.values.get("offset") ?? 0);
  const found = await get(path("documents", {...values, limit: PAGE, offset: offset || ""}));
  if (!view.isCurrent()) return;
  const order = h("select", {name: "order"}, ["added", "name", "date"].map((word) => h("option", {value: word}, t(`order.${word}`))));
  order.value = values.order || "added";
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    location.hash = `#/${path("documents", {name: data.get("name"), order: data.get("order")})}`;
  }, change: () => form.requestSubmit()}},
    field(t("name.has"), h("input", {type: "search", name: "name", value: values.name})), field(t("order"), order),
    h("button", {type: "submit"}, t("show")));
  add(main, [h("div", {class: "row between"}, h("h1", {tabindex: "-1"}, t("title.documents")), h("a", {class: "button main no-print", href: "#/add"}, t("add.documents"))),
    form, h("p", {class: "quiet", role: "status"}, tn("n.documents", found.total))]);
  if (found.items.length === 0) {
    add(main, h("div", {class: "empty"}, h("p", null, values.name ? t("none.named") : t("empty.case")), h("a", {class: "button", href: values.name ? "#/documents" : "#/add"}, values.name ? t("show.all") : t("add.documents"))));
    return;
  }
  add(main, [h("table", {class: "stack"}, h("thead", null, h("tr", null, [t("fact.name"), t("field.date")].map((word) => h("th", {scope: "col"}, word)),
    [t("title.claims"), t("decided"), t("fact.size")].map((word) => h("th", {scope: "col", class: "amount"}, word)))), h("tbody", null, found.items.map(line))),
    pages("documents", values, offset, found.items.length, found.total)]);
}
