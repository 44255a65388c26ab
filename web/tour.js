// tour.js - a first way through the invented example, a step at a time. It
// shows and explains; it does nothing to the case.
import {get, path} from "./api.js";
import {empty, h} from "./dom.js";
import {number, t} from "./words.js";

const KEPT = "madai-tour";

// Where each step is; a passage is looked for when one comes to it.
const STEPS = [
  {name: "overview", to: () => ""},
  {name: "document", to: async () => {
    const {items} = await get(path("search", {q: "kind:claim says:accuse", limit: 1}));
    return items[0] ? `document/${items[0].document}?finding=${items[0].key}&at=${items[0].span[0]}` : "documents";
  }},
  {name: "claims", to: () => "claims"},
  {name: "incidents", to: () => "incidents"},
  {name: "chronology", to: () => "chronology"},
  {name: "map", to: () => "map"},
  {name: "trust", to: () => "trust"},
];

const at = () => Number(localStorage.getItem(KEPT) ?? -1);

export function startTour() {
  localStorage.setItem(KEPT, "0");
}

async function go(step) {
  if (step < 0 || step >= STEPS.length) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, String(step));
  const place = step >= 0 && step < STEPS.length ? `#/${await STEPS[step].to()}` : "#/";
  if (location.hash === place) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = place;
}

// The panel of the step that one is at; nothing where there is no tour.
export function drawTour(place) {
  const step = at();
  if (!STEPS[step]) {
    empty(place);
    return;
  }
  const isLast = step === STEPS.length - 1;
  empty(place, h("aside", {class: "tour no-print", "aria-label": t("tour.title")},
    h("p", null, h("strong", null, t("tour.step", number(step + 1), number(STEPS.length))), " ", t(`tour.${STEPS[step].name}`)),
    h("div", {class: "row"}, step > 0 && h("button", {type: "button", on: {click: () => go(step - 1)}}, t("page.before")),
      h("button", {type: "button", class: "main", on: {click: () => go(step + 1)}}, t(isLast ? "tour.done" : "page.next")),
      !isLast && h("button", {type: "button", class: "plain", on: {click: () => go(STEPS.length)}}, t("tour.end")))));
}
