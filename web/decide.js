// decide.js - a finding told in words, its chain, and what a person decides
// about it.
import {fetchOriginal, post} from "./api.js";
import {announce, empty, field, h, id} from "./dom.js";
import {strings} from "./strings.js";
import {code, dates, failure, moment, sureness, t, tn} from "./words.js";

const SIGNS = {unreviewed: "○", accepted: "✓", corrected: "✎", rejected: "✕", added: "+"};

export function statusOf(word) {
  return h("span", {class: `status ${word}`}, h("span", {"aria-hidden": "true"}, SIGNS[word] ?? "○"), t(`status.${word}`));
}

// Who decides: asked once, kept in this browser.
export function reviewer(session) {
  return localStorage.getItem("madai-by") ?? session?.by ?? "";
}

export function linkTo(finding, words) {
  return h("a", {href: `#/document/${finding.document}?finding=${finding.key}&at=${finding.span[0]}`}, words);
}

const label = (finding, local) => finding.refs?.[local]?.label;

export function speakerOf(finding) {
  return label(finding, finding.detail?.speaker) ?? finding.who?.split("; ")[0] ?? t("somebody");
}

function people(finding, role) {
  return (finding.detail?.[role] ?? []).map((one) => label(finding, one.actor)).filter(Boolean);
}

// "Killing: by the police, of Collins Rotich; Nakuru; 13 May 2019".
export function actWords(finding) {
  const words = [];
  const by = people(finding, "perpetrators");
  const of = people(finding, "victims");
  if (by.length) words.push(t("act.by", by.join(", ")));
  if (of.length) words.push(t("act.of", of.join(", ")));
  if (!by.length && !of.length && finding.who) words.push(finding.who.split("; ")[0]);
  if (finding.place) words.push(finding.place.split("; ")[0]);
  const when = dates(finding.first, finding.last);
  if (when) words.push(when);
  return words.join("; ");
}

function actTitle(finding) {
  const detail = finding.detail ?? {};
  const act = (finding.act ?? "").split(" ").map((one) => code("act", one)).join(", ");
  const how = detail.modality && detail.modality !== "actual" ? code("modality", detail.modality) : null;
  const denied = detail.polarity === "denied" ? t("polarity.denied") : null;
  return [act, [how, denied].filter(Boolean).join(", ")].filter(Boolean).join(" - ");
}

function figureWords(finding) {
  const {min, max, approximate} = finding.detail ?? {};
  const range = max === undefined || max === null ? t("atleast", min ?? "?") : min === max ? String(min) : `${min ?? "?"} – ${max}`;
  return [approximate ? t("about") : null, range, finding.detail?.of, code("harm", finding.detail?.harm ?? "")].filter(Boolean).join(" ");
}

export function titleOf(finding) {
  switch (finding.kind) {
    case "claim": return t("speaker.says", speakerOf(finding), code("says", finding.says ?? "assert"));
    case "act": return actTitle(finding);
    case "figure": return figureWords(finding);
    case "time": return dates(finding.first, finding.last) || finding.quote;
    case "place": return finding.place?.split("; ")[0] ?? finding.quote;
    case "actor": return finding.who?.split("; ")[0] ?? finding.quote;
    case "citation": return finding.who ?? finding.quote;
    default: return (finding.act ?? finding.kind).split(" ").map((one) => code("intervention", one)).join(", ");
  }
}

function quoteOf(finding) {
  return [h("blockquote", null, h("q", null, finding.quote, finding.cut ? " …" : "")),
    finding.intact === false && h("p", {class: "bad"}, t("touched"))];
}

function chainItem(finding, rest, isHere) {
  return h("ol", {class: "chain"}, h("li", null,
    h("div", {class: isHere ? "here" : null},
      h("p", {class: "said"}, h("strong", null, t("speaker.says", speakerOf(finding), code("says", finding.says ?? "assert"))), ":"),
      isHere ? quoteOf(finding) : h("p", {class: "said"}, linkTo(finding, h("q", null, short(finding.quote))))),
    rest));
}

export function short(words, most = 140) {
  if (!words || words.length <= most) return words ?? "";
  return `${words.slice(0, words.lastIndexOf(" ", most) > 40 ? words.lastIndexOf(" ", most) : most)} …`;
}

// From who tells it last inwards to who said it first.
function chainOf(finding) {
  const inner = chainItem(finding, (finding.children ?? []).map((child) => chainItem(child)), true);
  return (finding.parents ?? []).reduce((inside, parent) => chainItem(parent, inside), inner);
}

function factsOf(finding) {
  const detail = finding.detail ?? {};
  const rows = [
    [t("field.mode"), finding.kind === "claim" && detail.mode ? t(`mode.${detail.mode}`) : null],
    [t("field.who"), finding.kind !== "claim" ? finding.who : null],
    [t("field.place"), finding.place],
    [t("field.dates"), dates(finding.first, finding.last)],
    [t("field.why"), detail.why],
    [t("field.class"), detail.class ? code("class", detail.class) : null],
    [t("field.roles"), (detail.roles ?? []).map((role) => role.title).join(", ")],
    [t("field.within"), (detail.within ?? []).join(", ")],
    [t("field.sure"), sureness(finding.confidence)],
  ].filter(([, value]) => value);
  return h("dl", {class: "facts small"}, rows.map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}

function toldIn(finding) {
  const acts = finding.acts ?? [];
  const figures = finding.figures ?? [];
  if (!acts.length && !figures.length) return null;
  return h("div", null, h("h3", null, t("told.in.it")), h("ul", {class: "plain list"},
    acts.map((act) => h("li", null, linkTo(act, actTitle(act)), " ", h("span", {class: "quiet"}, actWords(act)))),
    figures.map((figure) => h("li", null, linkTo(figure, figureWords(figure))))));
}

function historyOf(finding, decide) {
  const reviews = finding.reviews ?? [];
  if (!reviews.length) return null;
  return h("div", null, h("h3", null, t("decided.so.far")), h("ul", {class: "plain list"}, reviews.map((review) =>
    h("li", {class: "small"}, h("strong", null, t(`decision.${review.decision}`)), " ", t("by.at", review.by, moment(review.time)),
      review.fields ? h("div", null, Object.entries(review.fields).map(([name, value]) =>
        h("div", null, `${strings[`field.${name}`] ? t(`field.${name}`) : name}: ${Array.isArray(value) ? tn("others", value.length) : value ?? t("nothing")}`))) : null,
      review.why ? h("div", {class: "quiet"}, review.why) : null,
      review.undone ? h("em", null, t("was.undone"))
        : review.decision !== "undone" && h("button", {type: "button", class: "plain", on: {click: () => decide({decision: "undone", of: review.key})}}, t("undo"))))));
}

const FIELDS = {
  claim: ["who", "says", "act", "place", "first", "last"], act: ["act", "who", "place", "first", "last"],
  figure: ["who", "act"], time: ["first", "last"], place: ["place"], actor: ["who"],
  intervention: ["act", "who", "first", "last"], citation: ["who"],
};

function codesOf(kind) {
  return Object.keys(strings).filter((key) => key.startsWith(`${kind}.`) && !["act.by", "act.of"].includes(key))
    .map((key) => key.slice(kind.length + 1));
}

function inputFor(name, value) {
  if (name === "says") {
    const select = h("select", {name}, codesOf("says").map((word) => h("option", {value: word}, code("says", word))));
    select.value = value ?? "assert";
    return select;
  }
  if (name === "act") {
    const choices = h("datalist", {id: id()}, codesOf("act").map((word) => h("option", {value: word}, code("act", word))));
    return [h("input", {type: "text", name, value: value ?? "", list: choices.id}), choices];
  }
  return h("input", {type: "text", name, value: value ?? "", placeholder: ["first", "last"].includes(name) ? "2019-05-31" : null});
}

// The form of a correction, or of a finding that the reader missed.
export function correctForm(finding, {send, selected, cancel, session}) {
  const span = h("output", {class: "small"}, finding.isNew ? short(finding.quote) : t("span.same"));
  let chosen = null;
  const form = h("form", {class: "card", on: {submit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const fields = {};
    for (const name of FIELDS[finding.kind] ?? []) {
      const value = (data.get(name) ?? "").trim();
      if (value !== (finding.isNew ? "" : finding[name] ?? "")) fields[name] = value || null;
    }
    if (chosen) fields.span = `${chosen[0]}-${chosen[1]}`;
    send(fields, (data.get("why") ?? "").trim());
  }, keydown: (event) => { if (event.key === "Escape") cancel(); }}},
    h("h3", null, finding.isNew ? t("add.kind", t(`kind.${finding.kind}`)) : t("correct.title")),
    h("div", {class: "filters"}, (FIELDS[finding.kind] ?? []).map((name) => {
      const input = [inputFor(name, finding.isNew ? (name === "says" ? "assert" : "") : finding[name])].flat();
      return h("div", null, field(t(`field.${name}`), input[0]), input[1]);
    })),
    h("p", {class: "small"}, h("strong", null, t("field.span")), " ", span),
    !finding.isNew && h("p", null, h("button", {type: "button", on: {mousedown: (event) => event.preventDefault(), click: () => {
      const place = selected();
      if (!place) {
        span.textContent = t("span.select");
        return;
      }
      chosen = place.span;
      span.textContent = short(place.words);
    }}}, t("span.use"))),
    field(t("why.optional"), h("input", {type: "text", name: "why"})),
    h("p", {class: "quiet small"}, t("decides.as", reviewer(session))),
    h("div", {class: "row"}, h("button", {class: "main", type: "submit"}, t("keep")), h("button", {type: "button", on: {click: cancel}}, t("cancel"))));
  return form;
}

// Tells of a finding, with all that can be done about it. `act` has: session,
// changed() after a decision, selected() for a passage, close().
export function panelOf(finding, act) {
  const told = h("div", {role: "alert"});
  const place = h("div");
  const decide = async (decision) => {
    empty(told);
    try {
      await post("reviews", {by: reviewer(act.session) || undefined, ...decision});
      announce(t("kept"));
      await act.changed(finding.key);
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  };
  const correct = () => {
    empty(place, correctForm(finding, {session: act.session, selected: act.selected, cancel: () => empty(place),
      send: (fields, why) => {
        if (Object.keys(fields).length === 0) {
          empty(told, h("p", {class: "bad"}, t("nothing.changed")));
          return;
        }
        decide({decision: "corrected", findings: [finding.key], fields, why: why || undefined});
      }}));
    place.querySelector("input, select")?.focus();
  };
  const actions = {
    a: () => decide({decision: "accepted", findings: [finding.key]}),
    r: () => decide({decision: "rejected", findings: [finding.key]}),
    c: correct,
    u: () => decide({decision: "undone", of: finding.key}),
  };
  const isDecided = (finding.reviews ?? []).some((one) => !one.undone && one.decision !== "undone");
  const element = h("div", {class: "card", "aria-label": t("finding"), role: "region"},
    h("div", {class: "row between"}, h("span", {class: "quiet small"}, t(`kind.${finding.kind}`)), statusOf(finding.status),
      act.close && h("button", {type: "button", class: "plain", on: {click: act.close}}, t("close"))),
    h("h2", null, titleOf(finding)),
    finding.kind === "claim" ? chainOf(finding) : quoteOf(finding),
    factsOf(finding), toldIn(finding),
    h("div", {class: "row no-print"},
      h("button", {type: "button", class: "main", on: {click: actions.a}}, t("accept"), h("kbd", {"aria-hidden": "true"}, "a")),
      h("button", {type: "button", on: {click: actions.c}}, t("correct"), h("kbd", {"aria-hidden": "true"}, "c")),
      h("button", {type: "button", on: {click: actions.r}}, t("reject"), h("kbd", {"aria-hidden": "true"}, "r")),
      isDecided && h("button", {type: "button", on: {click: actions.u}}, t("undo"), h("kbd", {"aria-hidden": "true"}, "u"))),
    told, place, historyOf(finding, decide),
    h("p", {class: "small"}, h("button", {type: "button", class: "plain", on: {click: async () => {
      try {
        await fetchOriginal(finding.document);
      } catch (error) {
        empty(told, h("p", {class: "bad"}, failure(error)));
      }
    }}}, t("original.get"))));
  return {element, actions};
}
