// view_search.js - any passage or finding, in the words of madai search.
import {get, path} from "./api.js";
import {add, field, h} from "./dom.js";
import {linkTo, short, statusOf, titleOf} from "./decide.js";
import {pages} from "./view_documents.js";
import {dates, failure, number, t} from "./words.js";

const PAGE = 20;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// The passage with its marks, which are bytes of the whole text.
function passage(hit) {
  const bytes = encoder.encode(hit.passage);
  const base = hit.span[0];
  const words = (begin, end) => decoder.decode(bytes.subarray(begin - base, end - base));
  const pieces = [];
  let at = base;
  for (const [begin, end] of [...hit.marks].sort((a, b) => a[0] - b[0])) {
    if (begin < at || end > base + bytes.length) continue;
    pieces.push(words(at, begin), h("mark", null, words(begin, end)));
    at = end;
  }
  pieces.push(words(at, base + bytes.length));
  return h("blockquote", null, pieces);
}

function hitOf(hit) {
  const where = h("div", {class: "quiet small"}, [hit.name, dates(hit.date)].filter(Boolean).join(" · "));
  if (hit.key) return h("li", null, h("div", {class: "row between"}, linkTo(hit, h("strong", null, titleOf(hit))), statusOf(hit.status)), h("blockquote", null, h("q", null, short(hit.quote, 300))), where);
  const at = hit.marks[0]?.[0] ?? hit.span[0];
  return h("li", null, h("a", {href: `#/document/${hit.document}?at=${at}`}, h("strong", null, hit.name)), passage(hit), h("div", {class: "quiet small"}, dates(hit.date)));
}

const EXAMPLES = ['"tear gas" school', "says:deny who:police", "act:killing date:2019-05", "place:nakuru kind:claim", "demonstrat*"];

function help() {
  return h("section", null, h("h2", null, t("search.how")), h("ul", {class: "plain list"}, EXAMPLES.map((words, at) =>
    h("li", null, h("a", {href: `#/${path("search", {q: words})}`}, h("code", null, words)), " ", h("span", {class: "quiet"}, t(`search.example.${at + 1}`))))));
}

export default async function show(main, view) {
  const values = {q: view.values.get("q") ?? "", sort: view.values.get("sort") ?? ""};
  const offset = Number(view.values.get("offset") ?? 0);
  const sort = h("select", {name: "sort"}, ["relevance", "date"].map((word) => h("option", {value: word}, t(`sort.${word}`))));
  sort.value = values.sort || "relevance";
  const input = h("input", {type: "search", name: "q", value: values.q, required: true});
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    location.hash = `#/${path("search", {q: data.get("q"), sort: data.get("sort") === "date" ? "date" : ""})}`;
  }}}, field(t("search.for"), input), field(t("order"), sort), h("button", {class: "main", type: "submit"}, t("title.search")));
  add(main, [h("h1", {tabindex: "-1"}, t("title.search")), form]);
  if (!values.q) {
    add(main, help());
    return;
  }
  let found;
  try {
    found = await get(path("search", {...values, limit: PAGE, offset: offset || ""}));
  } catch (error) {
    if (view.isCurrent()) add(main, [h("div", {class: "box bad", role: "alert"}, h("p", null, failure(error))), help()]);
    return;
  }
  if (!view.isCurrent()) return;
  add(main, h("p", {class: "quiet", role: "status"}, found.more_seen ? t("more.than", number(found.seen)) : t("n.found", number(found.seen)), found.instead ? ` ${t("instead", found.instead)}` : ""));
  if (found.items.length === 0) add(main, [h("div", {class: "empty"}, h("p", null, t("none.searched"))), help()]);
  else add(main, [h("ul", {class: "plain list"}, found.items.map(hitOf)), pages("search", values, offset, found.items.length, found.seen, PAGE)]);
}
