// lists.js - what lists of the case have in common: a name to look for, a page
// at a time, and words where nothing is.
import {path} from "./api.js";
import {add, field, h} from "./dom.js";
import {linked} from "./links.js";
import {pages} from "./view_documents.js";
import {t} from "./words.js";

export function emptyBox(words, href, go) {
  return h("div", {class: "empty"}, h("p", null, words), h("a", {class: "button", href}, go));
}

// A filter by name that stands in the address.
export function nameForm(base, name) {
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path(base, {name: new FormData(form).get("name")})}`;
  }}}, field(t("name.has"), h("input", {type: "search", name: "name", value: name})), h("button", {type: "submit"}, t("show")));
  return form;
}

// One page of a list of links: its title, what it is, the filter, and what
// `shown` makes of the answer. `base` is its name in addresses, here and in the
// API; `none` the key of the words where the case has nothing of it.
export async function linkedList(main, view, {base, list = base, size, none, top, shown}) {
  const name = view.values.get("name") ?? "";
  const offset = Number(view.values.get("offset") ?? 0);
  const place = h("div");
  add(main, [h("h1", {tabindex: "-1"}, t(`title.${base}`)), h("p", {class: "quiet"}, t(`${base}.what`)), top, nameForm(base, name), place]);
  const found = await linked(path(`links/${list}`, {name, limit: size, offset: offset || ""}), view, place);
  if (!found) return;
  if (found.items.length === 0) add(main, name ? emptyBox(t("none.named"), `#/${base}`, t("show.all")) : emptyBox(t(none), "#/add", t("add.documents")));
  else add(main, [shown(found), pages(base, {name}, offset, found.items.length, found.total, size)]);
}

// The frame of one thing of such a list, until it is there; null: nobody looks
// any more.
export async function linkedRecord(main, view, {base, list = base, title}) {
  const place = h("div");
  add(main, [h("p", {class: "no-print"}, h("a", {href: `#/${base}`}, t(`title.${base}`))), h("h1", {tabindex: "-1"}, t(title)), place]);
  return linked(`links/${list}/${Number(view.values.get("number"))}`, view, place);
}
