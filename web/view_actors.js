// view_actors.js - who appears in the case; who is one and the same, and who
// is not.
import {get, path, post} from "./api.js";
import {add, announce, empty, h} from "./dom.js";
import {linkTo, reviewer, short, statusOf} from "./decide.js";
import {linkedList, linkedRecord} from "./lists.js";
import {code, dates, failure, moment, number, sureness, t, tn} from "./words.js";

const PAGE = 50;

// The short names of all findings of an actor.
async function keysOf(at) {
  const found = await get(`links/actors/${at}`);
  return found.item.members.map((member) => found.refs[member]?.key).filter(Boolean);
}

// Says that all findings of these actors are one and the same.
async function merge(chosen, session) {
  const [first, ...others] = (await Promise.all([...chosen].map(keysOf))).flat();
  await post("reviews", {decision: "merged", findings: [first], with: others, by: reviewer(session) || undefined});
}

function line(one, chosen, changed) {
  const box = h("input", {type: "checkbox", "aria-label": t("choose", one.name), on: {change: () => {
    if (box.checked) chosen.add(one.number);
    else chosen.delete(one.number);
    changed();
  }}});
  const others = (one.names ?? []).filter((name) => name !== one.name);
  return h("tr", null, h("td", {class: "no-print"}, box),
    h("td", null, h("a", {href: `#/actors?number=${one.number}`}, one.name), one.decided && h("span", {class: "small"}, ` ✓ ${t("decided.by.hand")}`), others.length > 0 && h("div", {class: "quiet small"}, short(others.join("; "), 160))),
    h("td", {"data-label": t("field.class")}, code("class", one.class ?? ""), one.type ? h("span", {class: "quiet small"}, " ", t(`type.${one.type}`)) : null),
    h("td", {"data-label": t("title.documents"), class: "amount"}, number(one.documents ?? 0)));
}

function shown(found, view) {
  const chosen = new Set();
  const told = h("div", {role: "alert"});
  const button = h("button", {type: "button", disabled: true, on: {click: async () => {
    try {
      await merge(chosen, view.session);
      announce(t("kept"));
      view.again();
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  }}}, t("merge"));
  const changed = () => {
    button.disabled = chosen.size < 2;
    button.textContent = chosen.size < 2 ? t("merge") : t("merge.n", chosen.size);
  };
  return [h("div", {class: "row between"}, h("p", {class: "quiet", role: "status"}, tn("n.names", found.total)), button), told,
    h("table", {class: "stack"}, h("thead", null, h("tr", null, h("th", {scope: "col", class: "no-print"}, h("span", {class: "hidden"}, t("choose.one"))), h("th", {scope: "col"}, t("fact.name.actor")), h("th", {scope: "col"}, t("field.class")), h("th", {scope: "col", class: "amount"}, t("title.documents")))),
      h("tbody", null, found.items.map((one) => line(one, chosen, changed))))];
}

// What people said about who is one; each can be taken back.
function decidedAbout(findings, undo) {
  const seen = new Map();
  for (const finding of findings) for (const review of finding.reviews ?? []) seen.set(review.key, review);
  const groups = [...seen.values()].filter((review) => ["merged", "split"].includes(review.decision));
  if (groups.length === 0) return null;
  return h("section", null, h("h2", null, t("decided.so.far")), h("ul", {class: "plain list"}, groups.map((review) => h("li", null,
    h("strong", null, t(`decision.${review.decision}`)), " ", tn("others", review.fields?.with?.length ?? 0), " ", h("span", {class: "quiet"}, t("by.at", review.by, moment(review.time))), " ",
    review.undone ? h("em", null, t("was.undone")) : h("button", {type: "button", on: {click: () => undo(review.key)}}, t("undo"))))));
}

// Why the program takes two for one.
function reasons(merges, refs) {
  if (!merges?.length) return null;
  return h("details", null, h("summary", null, t("why.one")), h("ul", {class: "plain list"}, merges.slice(0, 60).map((one) => h("li", {class: "small"},
    h("q", null, refs[one.one]?.quote ?? one.one), " = ", h("q", null, refs[one.other]?.quote ?? one.other), h("div", {class: "quiet"}, [one.reason, sureness(one.confidence)].filter(Boolean).join(" · "))))));
}

function member(one, others, split) {
  return h("li", null, h("div", {class: "row between"}, h("span", null, linkTo(one, one.name), " ", h("span", {class: "quiet small"}, [dates(one.date), short(one.who, 120)].filter(Boolean).join(" · "))),
    h("span", {class: "row"}, statusOf(one.status), others.length > 0 && h("button", {type: "button", class: "no-print", on: {click: () => split(one.key, others)}}, t("split")))));
}

// Which offices, according to which document: the earliest first.
function offices(details) {
  const rows = details.flatMap((finding) => (finding.detail?.roles ?? []).map((role) => ({title: role.title, of: finding.refs?.[role.of]?.label, finding})))
    .filter((one) => one.title).sort((a, b) => (a.finding.date ?? "~").localeCompare(b.finding.date ?? "~"));
  const seen = new Set();
  const first = rows.filter((one) => {
    const name = `${one.title}/${one.of ?? ""}`.toLowerCase();
    return !seen.has(name) && seen.add(name);
  });
  if (first.length === 0) return null;
  return h("section", null, h("h2", null, t("offices")), h("p", {class: "quiet small"}, t("offices.what")), h("ul", {class: "plain list"}, first.map((one) =>
    h("li", {class: "row between"}, h("span", null, linkTo(one.finding, one.of ? t("office.of", one.title, one.of) : one.title)), h("span", {class: "quiet small"}, [dates(one.finding.date), one.finding.name].filter(Boolean).join(" · "))))));
}

// Whom it accuses, and who accuses it.
function accusations(one, at) {
  const line = (pair, name) => h("li", null, h("a", {href: `#/accusations?number=${pair.number}`}, name), " ", h("span", {class: "quiet small"}, tn("n.claims", pair.members)));
  const by = one.filter((pair) => pair.by_actor === at);
  const of = one.filter((pair) => pair.of_actor === at);
  if (by.length + of.length === 0) return null;
  return h("section", null, h("h2", null, t("title.accusations")),
    by.length > 0 && [h("h3", null, t("accuses.these")), h("ul", {class: "plain list"}, by.map((pair) => line(pair, pair.of)))],
    of.length > 0 && [h("h3", null, t("accused.by.these")), h("ul", {class: "plain list"}, of.map((pair) => line(pair, pair.by)))]);
}

async function record(main, view) {
  const at = Number(view.values.get("number"));
  const told = h("div", {role: "alert"});
  const found = await linkedRecord(main, view, {base: "actors", title: "title.actor"});
  if (!found) return;
  add(main, told);
  const {item, refs} = found;
  const members = item.members.map((word) => refs[word]).filter(Boolean);
  const [pairs, details, claims] = await Promise.all([get(path("links/accusations", {name: item.name, limit: 60})), Promise.all(members.slice(0, 30).map((one) => get(`findings/${one.key}`))),
    get(path("search", {q: `kind:claim who:"${item.name.replaceAll('"', " ")}"`, sort: "date", limit: 20}))]);
  if (!view.isCurrent()) return;
  const decide = async (decision, leaves) => {
    try {
      await post("reviews", {by: reviewer(view.session) || undefined, ...decision});
      announce(t("kept"));
      if (leaves) location.hash = "#/actors";
      else view.again();
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  };
  const undo = (key) => decide({decision: "undone", of: key}, false);
  const split = (key, others) => decide({decision: "split", findings: [key], with: others}, true);
  empty(main.querySelector("h1"), item.name);
  add(main, [h("p", {class: "quiet"}, [item.type && t(`type.${item.type}`), item.class && code("class", item.class)].filter(Boolean).join(" · ")),
    (item.names ?? []).length > 1 && h("p", null, h("strong", null, t("also.called")), " ", item.names.filter((name) => name !== item.name).join("; ")),
    decidedAbout(details, undo), offices(details), accusations(pairs.items, at),
    h("section", null, h("h2", null, t("named.in")), h("ul", {class: "plain list"}, members.map((one) => member(one, members.filter((other) => other !== one).map((other) => other.key), split))),
      (item.members_total ?? item.members.length) > members.length && h("p", {class: "quiet"}, t("and.more", (item.members_total ?? item.members.length) - members.length)), reasons(item.merges, refs)),
    h("section", null, h("h2", null, t("claims.with")), h("ul", {class: "plain list"}, claims.items.map((one) => h("li", null, linkTo(one, h("q", null, short(one.quote, 180))), h("div", {class: "quiet small"}, [code("says", one.says ?? ""), one.name, dates(one.date)].filter(Boolean).join(" · "))))),
      h("p", null, h("a", {href: `#/${path("claims", {who: item.name})}`}, t("all.claims"))))]);
}

export default async function show(main, view) {
  if (view.values.has("number")) await record(main, view);
  else await linkedList(main, view, {base: "actors", size: PAGE, none: "empty.claims", shown: (found) => shown(found, view),
    top: h("p", {class: "no-print"}, h("a", {href: "#/accusations"}, t("title.accusations")))});
}
