// view_report.js - a paper of the case, shown before it is printed: each
// sentence opens the passage it rests on; the whole is a file to keep.
import {fetchPaper, get, path} from "./api.js";
import {add, empty, field, h} from "./dom.js";
import {failure, number, t} from "./words.js";

const FIELDS = ["paper", "unreviewed", "from", "to", "actor", "place", "title"];
const FILES = ["docx", "pdf", "md", "csv"];
const BOLD = 1;
const ITALIC = 2;
const QUOTE = 4;
const BLANK = 8;

// A note is a link to its first passage; its quote is told with it.
function noteOf(run, notes) {
  const [first] = notes[run.note] ?? [];
  if (!first) return null;
  const place = `#/document/${first.document}?${first.finding ? `finding=${first.finding}&` : ""}at=${first.span[0]}`;
  const words = t("report.note", number(run.note + 1), first.name);
  return h("sup", null, h("a", {href: place, "aria-label": words, title: `${words}: “${first.quote}”`}, number(run.note + 1)));
}

function runOf(run, notes) {
  if (run.note !== undefined) return noteOf(run, notes);
  if (run.unreviewed) return h("span", {class: "unsure-sign", title: t("report.unreviewed")}, "○ ");
  const {style = 0, text = "", language} = run;
  let element = h("span", {lang: language, class: style & BLANK ? "blank" : null}, text);
  if (style & QUOTE) element = h("span", {class: "said-words", lang: language}, text);
  if (style & BOLD) element = h("strong", null, element);
  if (style & ITALIC) element = h("em", null, element);
  return element;
}

const runs = (all, notes) => (all ?? []).map((run) => runOf(run, notes));

function table(block, notes) {
  const [head, ...rows] = block.rows ?? [];
  if (!head) return null;
  const names = head.map((cell) => cell.map((run) => run.text ?? "").join(""));
  return h("table", {class: "stack"}, h("thead", null, h("tr", null, head.map((cell) => h("th", {scope: "col"}, runs(cell, notes))))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map((cell, at) => h("td", {"data-label": names[at]}, runs(cell, notes)))))));
}

function blockOf(block, notes) {
  const words = runs(block.runs, notes);
  switch (block.kind) {
    case "title": return h("h2", {class: "paper-title"}, words);
    case "subtitle": return h("p", {class: "quiet"}, words);
    case "heading": return h(block.level > 1 ? "h4" : "h3", null, block.label ? `${block.label} ` : "", words);
    case "numbered": return h("p", {class: "numbered"}, h("span", {class: "quiet"}, `${block.label ?? number(block.number)}. `), words);
    case "item": return h("p", {class: "item"}, h("span", {"aria-hidden": "true"}, "– "), words);
    case "table": return table(block, notes);
    case "contents": return null;
    default: return h("p", null, words);
  }
}

function shown(paper) {
  const isCut = paper.blocks.length < paper.total || paper.blocks.at(-1)?.cut;
  return [paper.unreviewed && h("div", {class: "box warm"}, h("p", null, t("report.has.unreviewed"))),
    h("article", {class: "paper card"}, paper.blocks.map((block) => blockOf(block, paper.notes))),
    isCut && h("p", {class: "quiet"}, t("report.cut"))];
}

export default async function show(main, view) {
  const values = Object.fromEntries(FIELDS.map((name) => [name, view.values.get(name) ?? ""]));
  const {items} = await get("templates");
  if (!view.isCurrent()) return;
  const kinds = [...new Set([...items.map((one) => one.name), "chronology", "matrix"])];
  const paper = h("select", {name: "paper"}, kinds.map((name) => h("option", {value: name}, t(`paper.${name}`))));
  paper.value = values.paper || "plain";
  const form = h("form", {class: "filters no-print", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path("report", Object.fromEntries(new FormData(form)))}`;
  }}}, field(t("report.paper"), paper), field(t("from"), h("input", {type: "date", name: "from", value: values.from})), field(t("to"), h("input", {type: "date", name: "to", value: values.to})),
  field(t("field.who"), h("input", {type: "search", name: "actor", value: values.actor})), field(t("field.place"), h("input", {type: "search", name: "place", value: values.place})),
  field(t("report.title"), h("input", {type: "text", name: "title", value: values.title})),
  h("label", {class: "tick"}, h("input", {type: "checkbox", name: "unreviewed", value: "yes", checked: values.unreviewed === "yes"}), t("report.with.unreviewed")),
  h("button", {class: "main", type: "submit"}, t("show")));
  const told = h("div", {role: "alert"});
  const save = (format) => h("button", {type: "button", on: {click: async (event) => {
    event.target.disabled = true;
    empty(told);
    try {
      await fetchPaper(path("report", {...values, format}), `${values.paper || "plain"}.${format}`);
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
    event.target.disabled = false;
  }}}, t("report.save", format.toUpperCase()));
  const place = h("div", {"aria-live": "polite"}, h("p", {class: "box warm", role: "status"}, t("report.wait")));
  add(main, [h("h1", {tabindex: "-1"}, t("title.report")), h("p", {class: "quiet"}, t("report.what")), form,
    h("div", {class: "row no-print"}, FILES.map(save), h("button", {type: "button", on: {click: () => print()}}, t("print"))), told, place]);
  get(path("report", values)).then((found) => {
    if (view.isCurrent()) empty(place, shown(found));
  }, (error) => {
    if (view.isCurrent()) empty(place, h("div", {class: "box bad", role: "alert"}, h("p", null, failure(error))));
  });
}
