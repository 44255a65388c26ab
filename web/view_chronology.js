// view_chronology.js - what is said to have happened, in the order of days;
// what is known as a range is shown as one.
import {get, path} from "./api.js";
import {columns} from "./chart.js";
import {add, empty, field, h} from "./dom.js";
import {actWords, linkTo, short, statusOf, titleOf} from "./decide.js";
import {dates, failure, number, t} from "./words.js";

const PAGE = 60;
const BARS_MOST = 72;

// Months, or years where there are too many, with how much each has.
function bars(months, values) {
  // What is chosen fills the whole width; of a single month there is no more.
  const near = months.items.filter((one) => one.name >= values.from.slice(0, 7) && (!values.to || one.name.slice(0, values.to.length) <= values.to.slice(0, 7)));
  let groups = (near.length > 1 ? near : months.items).map((one) => ({name: one.name, count: one.count, from: one.name, to: one.name}));
  if (groups.length > BARS_MOST) {
    const years = new Map();
    for (const one of groups) {
      const year = one.name.slice(0, 4);
      const sum = years.get(year) ?? {name: year, count: 0, from: year, to: year};
      sum.count += one.count;
      years.set(year, sum);
    }
    groups = [...years.values()].slice(-BARS_MOST);
  }
  return columns(t("by.month"), groups.map((one) => ({...one, words: dates(one.name), href: `#/${path("chronology", {...values, from: one.from, to: one.to})}`,
    isHere: values.from === one.from && values.to === one.to})));
}

// What comes again says so, in the words that say when.
function again(one) {
  const isAgain = one.detail?.modality === "recurring" || one.recurs;
  return isAgain && h("span", {class: "again small"}, " ", h("span", {"aria-hidden": "true"}, "↻ "), one.recurs ? h("q", null, short(one.recurs, 60)) : t("modality.recurring"));
}

function act(one) {
  const claims = one.detail?.claims?.length ?? 0;
  return h("li", null, h("div", {class: "row between"}, h("span", null, linkTo(one, h("strong", null, titleOf(one))), again(one)), statusOf(one.status)),
    h("div", null, actWords({...one, first: null, last: null})), h("blockquote", {class: "small"}, h("q", null, short(one.quote, 160))),
    h("div", {class: "quiet small"}, [one.name, claims ? t("said.by.claims", number(claims)) : t("own.voice")].join(" · ")));
}

function days(items) {
  const groups = new Map();
  for (const one of items) {
    const when = `${one.first ?? ""}/${one.last ?? ""}`;
    groups.set(when, [...(groups.get(when) ?? []), one]);
  }
  return [...groups.values()].map((some) => {
    const {first, last} = some[0];
    const isRange = first && last && first.slice(0, 10) !== last.slice(0, 10);
    return h("li", null, h("div", {class: isRange ? "when range" : "when"}, isRange && h("span", {class: "small quiet"}, t("sometime"), " "), dates(first, last)), h("ul", {class: "plain list"}, some.map(act)));
  });
}

export default async function show(main, view) {
  const values = Object.fromEntries(["from", "to", "who", "act", "place"].map((name) => [name, view.values.get(name) ?? ""]));
  const [found, months, acts] = await Promise.all([get(path("chronology", {...values, limit: PAGE})), get("counts/months"), get("counts/acts")]);
  if (!view.isCurrent()) return;
  const choice = h("select", {name: "act"}, h("option", {value: ""}, t("any")), [...new Set([...acts.items.map((one) => one.name), ...(values.act ? [values.act] : [])])].map((name) => h("option", {value: name}, titleOf({kind: "act", act: name}))));
  choice.value = values.act;
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path("chronology", Object.fromEntries(new FormData(form)))}`;
  }, change: () => form.requestSubmit()}},
    field(t("from"), h("input", {type: "text", name: "from", value: values.from, placeholder: "2019-05"})),
    field(t("to"), h("input", {type: "text", name: "to", value: values.to, placeholder: "2019-06"})),
    field(t("field.who"), h("input", {type: "search", name: "who", value: values.who})), field(t("about.acts"), choice),
    field(t("field.place"), h("input", {type: "search", name: "place", value: values.place})), h("button", {type: "submit"}, t("show")));
  const isFiltered = Object.values(values).some(Boolean);
  add(main, [h("h1", {tabindex: "-1"}, t("title.chronology")), h("p", {class: "quiet"}, t("chronology.what")), bars(months, values), form,
    isFiltered && h("p", null, h("a", {href: "#/chronology"}, t("show.all")))]);
  if (found.items.length === 0) {
    add(main, h("div", {class: "empty"}, h("p", null, isFiltered ? t("none.filtered") : t("empty.acts")), h("a", {class: "button", href: isFiltered ? "#/chronology" : "#/add"}, isFiltered ? t("show.all") : t("add.documents"))));
    return;
  }
  const list = h("ol", {class: "plain days"}, days(found.items));
  const foot = h("p");
  let offset = found.items.length;
  const more = () => h("button", {type: "button", on: {click: async (event) => {
    event.target.disabled = true;
    try {
      const next = await get(path("chronology", {...values, limit: PAGE, offset}));
      offset += next.items.length;
      add(list, days(next.items));
      empty(foot, next.more && more());
    } catch (error) {
      empty(foot, h("span", {class: "bad"}, failure(error)));
    }
  }}}, t("later"));
  add(main, [list, foot]);
  if (found.more) add(foot, more());
}
