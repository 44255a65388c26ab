// view_actors.js - who appears in the case; who is one and the same, and who
// is not.
import {get, path, post} from "./api.js";
import {add, announce, empty, field, h} from "./dom.js";
import {linkTo, reviewer, short, statusOf} from "./decide.js";
import {pages} from "./view_documents.js";
import {code, dates, failure, moment, number, t, tn} from "./words.js";

const PAGE = 50;

async function findingsOf(names) {
  const all = await Promise.all(names.map((name) => get(path("actor", {name}))));
  return all.flatMap((one) => one.items);
}

// Says that all findings of these names are one and the same, or are not.
async function together(names, decision, session) {
  const findings = await findingsOf(names);
  const [first, ...others] = findings.map((one) => one.key);
  if (others.length === 0) return;
  await post("reviews", {decision, findings: [first], with: others, by: reviewer(session) || undefined});
}

function line(one, chosen, changed) {
  const box = h("input", {type: "checkbox", "aria-label": t("choose", one.name), on: {change: () => {
    if (box.checked) chosen.add(one.name);
    else chosen.delete(one.name);
    changed();
  }}});
  const roles = (one.roles ?? []).map((role) => role.title).filter(Boolean).join(", ");
  return h("tr", null, h("td", {class: "no-print"}, box),
    h("td", null, h("a", {href: `#/${path("actors", {name: one.name, one: "yes"})}`}, one.name), roles && h("div", {class: "quiet small"}, roles)),
    h("td", {"data-label": t("field.class")}, code("class", one.class ?? ""), one.type ? h("span", {class: "quiet small"}, " ", t(`type.${one.type}`)) : null),
    h("td", {"data-label": t("title.documents"), class: "amount"}, number(one.documents ?? 0)));
}

async function list(main, view) {
  const name = view.values.get("name") ?? "";
  const offset = Number(view.values.get("offset") ?? 0);
  const found = await get(path("actors", {name, limit: PAGE, offset: offset || ""}));
  if (!view.isCurrent()) return;
  const chosen = new Set();
  const told = h("div", {role: "alert"});
  const merge = h("button", {type: "button", disabled: true, on: {click: async () => {
    try {
      await together([...chosen], "merged", view.session);
      announce(t("kept"));
      location.hash = `#/${path("actors", {name: [...chosen][0], one: "yes"})}`;
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  }}}, t("merge"));
  const changed = () => {
    merge.disabled = chosen.size < 2;
    merge.textContent = chosen.size < 2 ? t("merge") : t("merge.n", chosen.size);
  };
  const form = h("form", {class: "filters no-print", role: "search", on: {submit: (event) => {
    event.preventDefault();
    location.hash = `#/${path("actors", {name: new FormData(form).get("name")})}`;
  }}}, field(t("name.has"), h("input", {type: "search", name: "name", value: name})), h("button", {type: "submit"}, t("show")));
  add(main, [h("h1", {tabindex: "-1"}, t("title.actors")), h("p", {class: "quiet"}, t("actors.what")), form,
    h("div", {class: "row between"}, h("p", {class: "quiet", role: "status"}, tn("n.names", found.total)), merge), told]);
  if (found.items.length === 0) {
    add(main, h("div", {class: "empty"}, h("p", null, name ? t("none.named") : t("empty.claims")), h("a", {class: "button", href: name ? "#/actors" : "#/add"}, name ? t("show.all") : t("add.documents"))));
    return;
  }
  add(main, [h("table", {class: "stack"}, h("thead", null, h("tr", null, h("th", {scope: "col", class: "no-print"}, h("span", {class: "hidden"}, t("choose.one"))), h("th", {scope: "col"}, t("fact.name")), h("th", {scope: "col"}, t("field.class")), h("th", {scope: "col", class: "amount"}, t("title.documents")))),
    h("tbody", null, found.items.map((one) => line(one, chosen, changed)))), pages("actors", {name}, offset, found.items.length, found.total)]);
}

// Which other findings people said are this one, or are not.
function decidedAbout(findings, undo) {
  const seen = new Map();
  for (const finding of findings) for (const review of finding.reviews ?? []) seen.set(review.key, review);
  const groups = [...seen.values()].filter((review) => ["merged", "split"].includes(review.decision));
  if (groups.length === 0) return null;
  return h("section", null, h("h2", null, t("decided.so.far")), h("ul", {class: "plain list"}, groups.map((review) => h("li", null,
    h("strong", null, t(`decision.${review.decision}`)), " ", tn("others", review.fields?.with?.length ?? 0), " ", h("span", {class: "quiet"}, t("by.at", review.by, moment(review.time))), " ",
    review.undone ? h("em", null, t("was.undone")) : h("button", {type: "button", on: {click: () => undo(review.key)}}, t("undo"))))));
}

async function record(main, view, name) {
  const [found, claims] = await Promise.all([get(path("actor", {name})), get(path("search", {q: `kind:claim who:"${name.replaceAll('"', " ")}"`, sort: "date", limit: 20}))]);
  const details = await Promise.all(found.items.slice(0, 40).map((one) => get(`findings/${one.key}`)));
  if (!view.isCurrent()) return;
  const told = h("div", {role: "alert"});
  const undo = async (key) => {
    try {
      await post("reviews", {decision: "undone", of: key, by: reviewer(view.session) || undefined});
      view.again();
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  };
  const first = found.items[0]?.detail ?? {};
  add(main, [h("p", {class: "no-print"}, h("a", {href: "#/actors"}, t("title.actors"))), h("h1", {tabindex: "-1"}, name),
    h("p", {class: "quiet"}, [first.type && t(`type.${first.type}`), first.class && code("class", first.class)].filter(Boolean).join(" · ")), told, decidedAbout(details, undo),
    h("section", null, h("h2", null, t("named.in")), found.items.length === 0 ? h("p", null, t("none.named")) : h("ul", {class: "plain list"}, found.items.map((one) => h("li", null,
      h("div", {class: "row between"}, linkTo(one, one.name), statusOf(one.status)), h("div", {class: "quiet small"}, [dates(one.date), short(one.who, 200)].filter(Boolean).join(" · "))))),
      found.items.length > 1 && h("p", {class: "no-print"}, h("button", {type: "button", on: {click: async () => {
        try {
          await together([name], "split", view.session);
          view.again();
        } catch (error) {
          empty(told, h("p", {class: "bad"}, failure(error)));
        }
      }}}, t("split")))),
    h("section", null, h("h2", null, t("claims.with")), h("ul", {class: "plain list"}, claims.items.map((one) => h("li", null, linkTo(one, h("q", null, short(one.quote, 180))), h("div", {class: "quiet small"}, [code("says", one.says ?? ""), one.name, dates(one.date)].filter(Boolean).join(" · "))))),
      h("p", null, h("a", {href: `#/${path("claims", {who: name})}`}, t("all.claims"))))]);
}

export default async function show(main, view) {
  if (view.values.get("one")) await record(main, view, view.values.get("name") ?? "");
  else await list(main, view);
}
