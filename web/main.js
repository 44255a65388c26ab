// main.js - the frame around all views: where one is, what is going on, in
// which language and light.
import {get, listen, takeKey} from "./api.js";
import {announce, empty, h, s} from "./dom.js";
import {drawTour} from "./tour.js";
import {currentLanguage, failure, languages, setLanguage, t, tn} from "./words.js";
import overview from "./view_overview.js";
import documents from "./view_documents.js";
import documentView from "./view_document.js";
import claims from "./view_claims.js";
import search from "./view_search.js";
import actors from "./view_actors.js";
import accusations from "./view_accusations.js";
import incidents from "./view_incidents.js";
import complaints from "./view_complaints.js";
import patterns from "./view_patterns.js";
import chronology from "./view_chronology.js";
import map from "./view_map.js";
import report from "./view_report.js";
import addView from "./view_add.js";
import trust from "./view_trust.js";

// In the order of the menu; those without a sign are reached from others.
const views = [
  {name: "", title: "overview", show: overview, sign: "M4 11l8-7 8 7v9h-5v-6H9v6H4z"},
  {name: "add", title: "add", show: addView, sign: "M12 16V4m-5 5l5-5 5 5M4 20h16"},
  {name: "documents", title: "documents", show: documents, sign: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"},
  {name: "document", title: "document", show: documentView},
  {name: "claims", title: "claims", show: claims, sign: "M4 5h16v11H9l-5 4z"},
  {name: "actors", title: "actors", show: actors, sign: "M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6"},
  {name: "accusations", title: "accusations", show: accusations},
  {name: "incidents", title: "incidents", show: incidents, sign: "M12 3l9 16H3zM12 9v5M12 17v.5"},
  {name: "complaints", title: "complaints", show: complaints, sign: "M3 6h18v13H3zM3 7l9 7 9-7"},
  {name: "patterns", title: "patterns", show: patterns, sign: "M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-8"},
  {name: "chronology", title: "chronology", show: chronology, sign: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"},
  {name: "map", title: "map", show: map, sign: "M12 21s7-6.5 7-11a7 7 0 00-14 0c0 4.500 7 11 7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5"},
  {name: "search", title: "search", show: search, sign: "M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.500 15.500L21 21"},
  {name: "report", title: "report", show: report, sign: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3"},
  {name: "trust", title: "trust", show: trust, sign: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5"},
];

const state = {session: null, job: null, isAway: false, view: null, turn: 0, leave: null};

function setTheme(wanted) {
  if (wanted) localStorage.setItem("madai-theme", wanted);
  const chosen = localStorage.getItem("madai-theme") ?? "auto";
  const isDark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}

// "#/claims?says=deny" as {name, rest, values}.
function route() {
  const [place, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = place.split("/");
  return {name, rest: rest.map(decodeURIComponent), values: new URLSearchParams(query ?? "")};
}

function link(view) {
  const isHere = view.name === route().name || (view.name === "documents" && route().name === "document") || (view.name === "actors" && route().name === "accusations");
  return h("li", null, h("a", {href: `#/${view.name}`, "aria-current": isHere ? "page" : null},
    s("svg", {viewBox: "0 0 24 24", "aria-hidden": "true"}, s("path", {d: view.sign})),
    t(`title.${view.title}`)));
}

function pickers() {
  const language = h("select", {"aria-label": t("language"), value: "", on: {change: (event) => {
    setLanguage(event.target.value);
    draw();
  }}}, Object.entries(languages).map(([code, name]) => h("option", {value: code, lang: code}, name)));
  language.value = currentLanguage();
  const theme = h("select", {"aria-label": t("light"), on: {change: (event) => setTheme(event.target.value)}},
    ["auto", "light", "dark"].map((name) => h("option", {value: name}, t(`light.${name}`))));
  theme.value = localStorage.getItem("madai-theme") ?? "auto";
  return [language, theme];
}

function side() {
  const menu = h("button", {class: "menu-button", type: "button", "aria-expanded": "false", on: {click: () => {
    const isOpened = element.classList.toggle("opened");
    menu.setAttribute("aria-expanded", String(isOpened));
  }}}, t("menu"));
  const element = h("header", {class: "side"},
    h("div", {class: "top"},
      h("a", {class: "brand", href: "#/"}, h("img", {src: "/assets/icon.svg", alt: ""}), "madai"), menu),
    state.session && h("div", {class: "case-name"}, state.session.case),
    h("nav", {"aria-label": t("menu")}, h("ul", null, views.filter((view) => view.sign).map(link))),
    h("div", {class: "foot"}, pickers(), h("p", {class: "quiet small"}, t("stays.here"))));
  return element;
}

function jobNotice() {
  const job = state.job;
  if (state.isAway) return h("div", {class: "notice", role: "alert"}, h("p", null, t("away")));
  if (!job || job.state !== "running") return null;
  const words = job.kind === "verify" ? t("job.verify") : t("job.reading", job.done, job.total || "…");
  return h("div", {class: "notice"}, h("p", null, words),
    h("a", {href: job.kind === "verify" ? "#/trust" : "#/add"}, t("job.look")));
}

function drawNotice() {
  const place = document.getElementById("bar");
  if (place) empty(place, jobNotice());
}

function frame() {
  const main = h("main", {id: "main", tabindex: "-1"});
  empty(document.body,
    h("a", {class: "skip", href: "#main", on: {click: (event) => {
      event.preventDefault();
      main.focus();
    }}}, t("skip")),
    h("div", {class: "bar", id: "bar"}),
    h("div", {class: "frame"}, side(), main), h("div", {id: "tour"}),
    h("div", {class: "hidden", id: "told", role: "status", "aria-live": "polite"}));
  drawNotice();
  drawTour(document.getElementById("tour"));
  return main;
}

export function showFailure(main, error) {
  empty(main, h("h1", {tabindex: "-1"}, t("failed")), h("div", {class: "box bad"}, h("p", null, failure(error))),
    h("p", null, h("a", {href: "#/"}, t("back.overview"))));
}

async function draw() {
  const turn = ++state.turn;
  const where = route();
  const view = views.find((one) => one.name === where.name) ?? views[0];
  const isSame = state.view === view && view.name !== "document";
  state.leave?.();
  state.leave = null;
  const main = frame();
  main.setAttribute("aria-busy", "true");
  state.view = view;
  document.title = `${t(`title.${view.title}`)} - madai`;
  const isCurrent = () => turn === state.turn;
  try {
    const leave = await view.show(main, {...where, session: state.session, isCurrent, again: draw, job: () => state.job,
      onJob: (told) => { if (isCurrent()) state.onJob = told; }});
    if (isCurrent()) state.leave = leave ?? null;
    else leave?.();
  } catch (error) {
    if (isCurrent()) showFailure(main, error);
  }
  if (!isCurrent()) return;
  main.removeAttribute("aria-busy");
  const heading = main.querySelector("h1");
  if (heading && !isSame) {
    heading.tabIndex = -1;
    if (!where.values.has("at")) heading.focus({preventScroll: false});
  }
}

// A case that grew is shown anew where one would want it: not under a hand
// that is writing.
function jobTold(job) {
  const before = state.job;
  state.job = job;
  drawNotice();
  state.onJob?.(job);
  if (before?.state === "running" && job.state !== "running") {
    announce(job.kind === "verify" ? t("job.verified") : tn("job.added", job.added));
    if (["", "documents"].includes(route().name)) draw();
  }
}

async function start() {
  setLanguage(currentLanguage());
  setTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme());
  if (!takeKey()) {
    empty(document.body, h("main", {class: "alone"}, h("h1", null, t("closed")), h("p", null, t("closed.how"))));
    return;
  }
  addEventListener("hashchange", () => {
    state.onJob = null;
    draw();
  });
  listen(jobTold, (isAway) => {
    if (state.isAway !== isAway) {
      state.isAway = isAway;
      drawNotice();
    }
  });
  try {
    state.session = await get("session");
  } catch (error) {
    showFailure(frame(), error);
    return;
  }
  await draw();
}

start();
