// view_overview.js - what is in the case, what is new, what needs a decision.
import {get, path, post} from "./api.js";
import {add, empty, h} from "./dom.js";
import {short, titleOf} from "./decide.js";
import {startTour} from "./tour.js";
import {dates, failure, moment, number, t, tn} from "./words.js";

function card(count, words, href, go) {
  return h("a", {class: "card", href}, h("span", {class: "number"}, number(count)), h("span", null, words), h("br"), h("span", {class: "go"}, go));
}

// An empty case says what to do; an invented one can be tried at once.
function first(main, view) {
  const told = h("div", {role: "alert"});
  add(main, [h("h1", {tabindex: "-1"}, t("welcome")), h("p", null, t("welcome.what")),
    h("div", {class: "empty"}, h("p", null, t("empty.case")),
      h("div", {class: "row"}, h("a", {class: "button main", href: "#/add"}, t("add.documents")),
        h("button", {type: "button", on: {click: async () => {
          try {
            await post("jobs", {kind: "example"});
            startTour();
            location.hash = "#/add";
          } catch (error) {
            empty(told, h("p", {class: "bad"}, failure(error)));
          }
        }}}, t("try.example"))), told),
    h("section", null, h("h2", null, t("how.it.works")), h("ol", null, ["one", "two", "three", "four"].map((step) => h("li", null, t(`how.${step}`)))))]);
  view.onJob((job) => { if (job.state !== "running" && job.added > 0) view.again(); });
}

function documentLine(one) {
  return h("li", null, h("a", {href: `#/document/${one.document}`}, one.name), " ",
    h("span", {class: "quiet small"}, [dates(one.date), one.read ? tn("n.claims", one.claims) : t("unread")].filter(Boolean).join(" · ")));
}

function reviewLine(one) {
  return h("li", {class: "small"}, h("strong", null, t(`decision.${one.decision}`)), " ",
    h("a", {href: `#/document/${one.document}?finding=${one.finding}&at=${one.span[0]}`}, h("q", null, short(one.quote, 90))), " ",
    h("span", {class: "quiet"}, t("by.at", one.by, moment(one.time))));
}

function claimLine(one) {
  return h("li", null, h("a", {href: `#/document/${one.document}?finding=${one.key}&at=${one.span[0]}`}, h("strong", null, titleOf(one))), ": ", h("q", null, short(one.quote, 160)),
    h("div", {class: "quiet small"}, [one.name, dates(one.date)].filter(Boolean).join(" · ")));
}

export default async function show(main, view) {
  const whole = await get("overview");
  if (!view.isCurrent()) return;
  if (whole.documents === 0) {
    first(main, view);
    return;
  }
  const [latest, reviews, open] = await Promise.all([get(path("documents", {limit: 6})), get(path("reviews", {limit: 6})),
    get(path("search", {q: "kind:claim status:unreviewed says:accuse,deny,admit", limit: 30}))]);
  if (!view.isCurrent()) return;
  const likely = [...open.items].sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0)).slice(0, 5);
  const kinds = whole.kinds;
  const all = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const decided = Object.values(whole.statuses).reduce((sum, count) => sum + count, 0);
  add(main, [
    h("h1", {tabindex: "-1"}, t("title.overview")),
    whole.read < whole.documents && h("div", {class: "box warm"}, h("p", null, tn("n.unread", whole.documents - whole.read), " ", h("a", {href: "#/add"}, t("read.them")))),
    h("section", {class: "cards", "aria-label": t("in.case")},
      card(whole.documents, tn("l.documents", whole.documents), "#/documents", t("look.documents")),
      card(kinds.claim ?? 0, tn("l.claims", kinds.claim ?? 0), "#/claims", t("look.claims")),
      card(kinds.actor ?? 0, tn("l.actors", kinds.actor ?? 0), "#/actors", t("look.actors")),
      card(kinds.act ?? 0, tn("l.acts", kinds.act ?? 0), "#/chronology", t("look.chronology")),
      card(kinds.place ?? 0, tn("l.places", kinds.place ?? 0), "#/map", t("look.map"))),
    h("section", null, h("h2", null, t("needs.decision")),
      h("p", null, t("decided.of", number(decided), number(all)), " ", t("finding.is")),
      h("progress", {max: all, value: decided, "aria-label": t("decided.of", number(decided), number(all))}),
      likely.length > 0 && h("ul", {class: "plain list"}, likely.map(claimLine)),
      h("p", null, h("a", {href: "#/claims?status=unreviewed"}, t("all.open")))),
    h("section", null, h("h2", null, t("new.documents")), h("ul", {class: "plain list"}, latest.items.map(documentLine)),
      h("p", null, h("a", {href: "#/documents"}, t("all.documents")))),
    reviews.items.length > 0 && h("section", null, h("h2", null, t("last.decisions")), h("ul", {class: "plain list"}, reviews.items.map(reviewLine))),
  ]);
}
