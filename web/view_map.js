// view_map.js - where, on outlines that are part of the program: nobody else
// learns which places one looks at.
import {get, path} from "./api.js";
import {add, empty, h, s} from "./dom.js";
import {code, dates, number, sureness, t} from "./words.js";

const SURE = 0.6;

// Degrees to the plane: equirectangular, which is enough to find one's way.
const at = (lon, lat) => [lon, -lat];

async function outlines() {
  const response = await fetch("/assets/outlines.json");
  const {scale, translate, arcs} = await response.json();
  return arcs.map((steps) => {
    let x = 0;
    let y = 0;
    const words = [];
    let before = null;
    for (let i = 0; i + 1 < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      const place = at(x * scale[0] + translate[0], y * scale[1] + translate[1]);
      words.push(`${before !== null && Math.abs(place[0] - before) < 180 ? "L" : "M"}${place[0].toFixed(3)} ${place[1].toFixed(3)}`);
      before = place[0];
    }
    return words.join("");
  }).join("");
}

// What of the plane is seen; a wheel, two buttons and a hand change it.
class Look {
  constructor(svg, places, draw) {
    this.svg = svg;
    this.draw = draw;
    const xs = places.map((one) => one.lon);
    const ys = places.map((one) => -one.lat);
    const width = Math.max(7, Math.max(...xs) - Math.min(...xs));
    const height = Math.max(5, Math.max(...ys) - Math.min(...ys));
    this.box = {x: (Math.max(...xs) + Math.min(...xs)) / 2 - width * 0.7, y: (Math.max(...ys) + Math.min(...ys)) / 2 - height * 0.7, w: width * 1.4, h: height * 1.4};
    this.start = {...this.box};
    this.listen();
  }

  apply() {
    const {x, y, w, h: height} = this.box;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${height}`);
    this.draw(this.unit());
  }

  // How much of the plane a pixel is.
  unit() {
    const place = this.svg.getBoundingClientRect();
    return place.width ? Math.max(this.box.w / place.width, this.box.h / place.height) : this.box.w / 900;
  }

  zoom(factor, x = this.box.x + this.box.w / 2, y = this.box.y + this.box.h / 2) {
    const w = Math.min(400, Math.max(0.02, this.box.w * factor));
    const real = w / this.box.w;
    this.box = {x: x - (x - this.box.x) * real, y: y - (y - this.box.y) * real, w, h: this.box.h * real};
    this.apply();
  }

  move(dx, dy) {
    this.box.x += dx;
    this.box.y += dy;
    this.apply();
  }

  listen() {
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, point.x, point.y);
    }, {passive: false});
    let before = null;
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.target.tagName === "circle") return;
      before = event;
      this.svg.setPointerCapture(event.pointerId);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!before) return;
      this.move((before.clientX - event.clientX) * this.unit(), (before.clientY - event.clientY) * this.unit());
      before = event;
    });
    this.svg.addEventListener("pointerup", () => { before = null; });
    this.svg.addEventListener("keydown", (event) => {
      const step = this.box.w / 8;
      const moves = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]};
      if (moves[event.key]) this.move(...moves[event.key]);
      else if (event.key === "+") this.zoom(0.7);
      else if (event.key === "-") this.zoom(1.4);
      else return;
      event.preventDefault();
    });
  }
}

function points(places, group, unit) {
  group.replaceChildren();
  if (places.length === 0) return;
  const most = Math.max(...places.map((one) => one.count));
  const taken = [];
  for (const one of places) {
    const [x, y] = at(one.lon, one.lat);
    const radius = (4 + 10 * Math.sqrt(one.count / most)) * unit;
    const isSure = (one.confidence ?? 0) >= SURE;
    group.append(s("circle", {cx: x, cy: y, r: radius, class: isSure ? null : "unsure", on: {click: () => { location.hash = `#/${path("claims", {place: one.name})}`; }}},
      s("title", null, `${one.name}: ${number(one.count)}`)));
    const box = {x: x + radius, y, w: one.name.length * 7 * unit, h: 14 * unit};
    if (taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w && Math.abs(box.y - other.y) < box.h)) continue;
    taken.push(box);
    group.append(s("text", {transform: `translate(${x + radius + 2 * unit} ${y + 4 * unit}) scale(${unit})`}, one.name));
  }
}

// Two ends of a time, by months; `changed` hears of what is told to have
// happened where within it, or null for all that is named.
function slider(months, items, changed) {
  if (months.length < 2) return null;
  const told = h("output", {class: "small"});
  const end = (value, words) => h("input", {type: "range", min: 0, max: months.length - 1, step: 1, value, "aria-label": words});
  const from = end(0, t("from"));
  const to = end(months.length - 1, t("to"));
  from.value = 0;
  to.value = months.length - 1;
  const move = (moved) => {
    if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
    const [first, last] = [Number(from.value), Number(to.value)];
    const isAll = first === 0 && last === months.length - 1;
    for (const one of [from, to]) one.setAttribute("aria-valuetext", dates(months[one.value]));
    empty(told, isAll ? t("map.all.time") : t("map.within", dates(months[first]), dates(months[last])));
    changed(isAll ? null : new Map(items.map((one) => [one.name, one.counts.reduce((sum, [month, count]) => sum + (month >= first && month <= last ? count : 0), 0)])), months[first], months[last]);
  };
  for (const one of [from, to]) one.addEventListener("input", () => move(one));
  empty(told, t("map.all.time"));
  return h("fieldset", {class: "slider no-print"}, h("legend", null, t("map.time")), h("div", null, from, to), told);
}

function table(places) {
  return h("table", {class: "stack"}, h("thead", null, h("tr", null, [t("field.place"), t("field.within"), t("field.sure")].map((word) => h("th", {scope: "col"}, word)), h("th", {scope: "col", class: "amount"}, t("mentions")))),
    h("tbody", null, places.map((one) => h("tr", null,
      h("td", null, h("a", {href: `#/${path("claims", {place: one.name})}`}, one.name), one.kind && h("span", {class: "quiet small"}, " ", code("place", one.kind))),
      h("td", {"data-label": t("field.within")}, (one.within ?? []).join(", ")),
      h("td", {"data-label": t("field.sure")}, one.lat === undefined ? t("nowhere") : sureness(one.confidence)),
      h("td", {"data-label": t("mentions"), class: "amount"}, number(one.count))))));
}

export default async function show(main, view) {
  const [found, when] = await Promise.all([get(path("places", {limit: 200})), get("places/months")]);
  if (!view.isCurrent()) return;
  const placed = found.items.filter((one) => typeof one.lat === "number" && typeof one.lon === "number");
  add(main, [h("h1", {tabindex: "-1"}, t("title.map")), h("p", {class: "quiet"}, t("map.what"))]);
  if (found.items.length === 0) {
    add(main, h("div", {class: "empty"}, h("p", null, t("empty.places")), h("a", {class: "button", href: "#/add"}, t("add.documents"))));
    return;
  }
  const list = h("div", null, table(found.items));
  if (placed.length > 0) {
    const group = s("g");
    const lines = s("path");
    const svg = s("svg", {class: "map", tabindex: "0", role: "img", "aria-label": t("map.label", number(placed.length)), preserveAspectRatio: "xMidYMid meet"}, lines, group);
    let shown = placed;
    const look = new Look(svg, placed, (unit) => points(shown, group, unit));
    const within = slider(when.months, when.items, (counts) => {
      shown = counts ? placed.map((one) => ({...one, count: counts.get(one.name) ?? 0})).filter((one) => one.count > 0) : placed;
      look.apply();
      empty(list, table(counts ? found.items.map((one) => ({...one, count: counts.get(one.name) ?? 0})).filter((one) => one.count > 0).sort((a, b) => b.count - a.count) : found.items));
    });
    const tell = (words, action, sign) => h("button", {type: "button", "aria-label": words, on: {click: action}}, sign);
    add(main, [h("div", {class: "row no-print"}, tell(t("closer"), () => look.zoom(0.6), "+"), tell(t("further"), () => look.zoom(1.6), "−"),
      h("button", {type: "button", on: {click: () => {
        look.box = {...look.start};
        look.apply();
      }}}, t("all.places")), h("span", {class: "quiet small"}, t("map.legend"))), svg, within]);
    look.apply();
    outlines().then((words) => lines.setAttribute("d", words), () => {});
  }
  add(main, h("section", null, h("h2", {class: "group"}, t("places.list")), list));
}
