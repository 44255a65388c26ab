// view_document.js - one document: its text with what was found in it, and
// beside it the finding that one looks at.
import {get, path, post} from "./api.js";
import {add, announce, empty, h} from "./dom.js";
import {correctForm, panelOf, reviewer, short} from "./decide.js";
import {Original} from "./original.js";
import {layers, marksOf, marksOfNames, selectedIn, textOf} from "./marks.js";
import {bytes, dates, failure, t} from "./words.js";

const KINDS = ["claim", "act", "figure", "time", "place", "actor", "intervention", "citation"];

function shownLayers() {
  try {
    const kept = JSON.parse(localStorage.getItem("madai-layers"));
    if (Array.isArray(kept)) return new Set(kept.filter((one) => layers.includes(one)));
  } catch {
    // as if nothing was kept
  }
  return new Set(["claim", "act", "name"]);
}

class Reading {
  constructor(main, document_, view) {
    this.main = main;
    this.about = document_;
    this.view = view;
    this.windows = [];
    this.byLocal = new Map();
    this.items = [];
    this.layers = shownLayers();
    this.chosen = null;
    this.text = h("div", {class: "text", lang: document_.said?.language ?? null});
    this.panel = h("aside", {class: "panel", "aria-label": t("finding")});
    this.original = new Original(document_.document);
    this.adder = null;
    this.applyLayers();
  }

  applyLayers() {
    for (const layer of layers) this.text.classList.toggle(`on-${layer}`, this.layers.has(layer));
  }

  // Keeps what a window brings, and marks its text.
  take(window_, isBefore) {
    for (const item of window_.items) {
      item.document = this.about.document;
      item.refs = window_.refs;
      if (item.detail?.id) this.byLocal.set(item.detail.id, item);
    }
    this.items = isBefore ? [...window_.items, ...this.items] : [...this.items, ...window_.items];
    window_.marks = [...marksOf(window_.items, this.byLocal), ...marksOfNames(window_.names, window_.refs)];
    const reaching = this.windows.flatMap((one) => one.marks).filter((mark) => mark.begin < window_.span[1] && mark.end > window_.span[0]);
    window_.element = h("div", null, textOf(window_, [...reaching, ...window_.marks]));
    if (isBefore) {
      this.windows.unshift(window_);
      this.text.prepend(window_.element);
    } else {
      this.windows.push(window_);
      this.text.append(window_.element);
    }
  }

  async load(values, isBefore) {
    const window_ = await get(path(`documents/${this.about.document}/text`, values));
    if (this.view.isCurrent()) this.take(structuredClone(window_), isBefore);
    return window_;
  }

  get end() { return this.windows.at(-1)?.span[1] ?? 0; }
  get begin() { return this.windows[0]?.span[0] ?? 0; }

  // The text goes on when one comes near its end: never all of it at once.
  async more() {
    if (this.isLoading || this.end >= this.about.text) return;
    this.isLoading = true;
    const before = this.end;
    try {
      await this.load({at: before});
    } finally {
      this.isLoading = false;
    }
    if (this.end > before) this.watch();
  }

  watch() {
    this.watcher?.disconnect();
    this.watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.more();
    }, {rootMargin: "600px"});
    this.watcher.observe(this.foot);
    this.foot.hidden = this.end >= this.about.text;
    this.head.hidden = this.begin === 0;
  }

  async earlier() {
    const height = document.documentElement.scrollHeight;
    await this.load({before: this.begin}, true);
    scrollBy(0, document.documentElement.scrollHeight - height);
    this.watch();
  }

  pieces(key) {
    return [...this.text.querySelectorAll(".m")].filter((piece) => piece.marks.some((mark) => mark.item.key === key));
  }

  mark(key, scrolls) {
    for (const piece of this.text.querySelectorAll(".chosen")) piece.classList.remove("chosen");
    const pieces = this.pieces(key);
    for (const piece of pieces) piece.classList.add("chosen");
    if (scrolls) pieces[0]?.scrollIntoView({block: "center"});
    return pieces.length > 0;
  }

  async choose(key, scrolls) {
    const finding = await get(`findings/${key}`);
    if (!this.view.isCurrent()) return;
    this.chosen = finding;
    if (!this.pieces(key).length && finding.span[0] >= this.end && finding.span[0] < this.about.text) await this.jump(finding.span[0]);
    this.mark(key, scrolls);
    const {element, actions} = panelOf(finding, {session: this.view.session, selected: () => selectedIn(this.text) ?? this.selection,
      changed: (which) => this.changed(which), close: () => this.close()});
    this.actions = actions;
    this.panel.classList.add("has-finding");
    empty(this.panel, element, this.original.element, this.aboutCard());
    this.panel.scrollTop = 0;
    this.original.show(finding.span);
    history.replaceState(null, "", `#/document/${this.about.document}?finding=${key}&at=${finding.span[0]}`);
  }

  close() {
    this.chosen = null;
    this.actions = null;
    this.mark("");
    this.panel.classList.remove("has-finding");
    empty(this.panel, this.original.element, this.aboutCard());
  }

  async jump(at) {
    empty(this.text);
    this.windows = [];
    this.items = [];
    await this.load({at: Math.max(0, at - 400)});
    this.watch();
  }

  // After a decision all windows are asked for anew; the server says what has
  // changed.
  async changed(key) {
    const starts = this.windows.map((one) => one.span[0]);
    const top = scrollY;
    this.selection = null;
    const fresh = await Promise.all(starts.map((at) => get(path(`documents/${this.about.document}/text`, {at}))));
    empty(this.text);
    this.windows = [];
    this.items = [];
    for (const one of fresh) this.take(structuredClone(one));
    scrollTo(0, top);
    if (key) await this.choose(key, false);
  }

  // By keyboard from finding to finding, in the layers that are shown.
  step(by) {
    const layerOf = (item) => (["intervention", "citation"].includes(item.kind) ? "other" : item.kind === "actor" ? "name" : item.kind);
    const items = this.items.filter((item) => item.kind !== "actor" && this.layers.has(layerOf(item)));
    const at = items.findIndex((item) => item.key === this.chosen?.key);
    const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by];
    if (next) this.choose(next.key, true);
    else if (by > 0 && this.end < this.about.text) this.more();
  }

  legend() {
    return h("fieldset", {class: "no-print"}, h("legend", null, t("layers")), h("div", {class: "layers"}, layers.map((layer) =>
      h("label", null, h("input", {type: "checkbox", checked: this.layers.has(layer), on: {change: (event) => {
        if (event.target.checked) this.layers.add(layer);
        else this.layers.delete(layer);
        localStorage.setItem("madai-layers", JSON.stringify([...this.layers]));
        this.applyLayers();
      }}}), h("span", {class: `on-${layer}`}, h("span", {class: `swatch ${layer === "claim" ? "claim1" : layer}`}, t(`layer.${layer}`)))))));
  }

  aboutCard() {
    const {facts, said} = this.about;
    const rows = [
      [t("field.date"), dates(facts.date ?? said?.date)], [t("fact.source"), facts.source ?? said?.publisher],
      [t("fact.issuer"), said?.issuer], [t("fact.kind"), said?.kind ? t(`document.${said.kind}`) : null],
      [t("fact.url"), facts.url], [t("fact.note"), facts.note], [t("fact.obtained_from"), facts.obtained_from],
      [t("fact.obtained_by"), facts.obtained_by], [t("fact.obtained_at"), facts.obtained_at],
      [t("fact.size"), bytes(this.about.bytes)], ["SHA-256", h("code", {class: "small"}, this.about.document)],
    ].filter(([, value]) => value);
    return h("div", {class: "card about"}, h("h2", null, t("document.about")),
      h("dl", {class: "facts small"}, rows.map(([name, value]) => [h("dt", null, name), h("dd", null, value)])),
      h("h3", null, t("keys.title")), h("p", {class: "small quiet"}, t("keys.document")));
  }

  // What the reader missed is added by selecting it.
  offer() {
    const place = selectedIn(this.text);
    if (!place || this.adder?.querySelector("form")) return;
    this.adder?.remove();
    this.adder = h("div", {class: "add-here no-print", role: "region", "aria-label": t("add.here")},
      h("strong", null, t("add.as")), KINDS.map((kind) => h("button", {type: "button", on: {click: () => this.addForm(kind, place)}}, t(`kind.${kind}`))),
      h("button", {type: "button", class: "plain", on: {click: () => this.closeAdder()}}, t("cancel")));
    document.body.append(this.adder);
  }

  // A click on a button may take the selection away; what was selected last is
  // still meant.
  remember() {
    this.selection = selectedIn(this.text) ?? this.selection;
  }

  closeAdder() {
    this.adder?.remove();
    this.adder = null;
  }

  addForm(kind, place) {
    const told = h("div", {role: "alert"});
    const form = correctForm({kind, isNew: true, quote: place.words}, {session: this.view.session, cancel: () => this.closeAdder(),
      selected: () => null, send: async (fields, why) => {
        try {
          const {items} = await post("reviews", {decision: "added", document: this.about.document, kind, span: place.span,
            fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)), why: why || undefined,
            by: reviewer(this.view.session) || undefined});
          this.closeAdder();
          announce(t("kept"));
          await this.changed(items[0].finding);
        } catch (error) {
          empty(told, h("p", {class: "bad"}, failure(error)));
        }
      }});
    empty(this.adder, form, told);
    form.querySelector("input, select")?.focus();
  }

  keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "j") this.step(1);
    else if (event.key === "k") this.step(-1);
    else if (event.key === "Escape") {
      if (this.original.isLarge) {
        this.original.grow();
        return;
      }
      this.closeAdder();
      this.close();
    } else if (this.actions?.[event.key]) this.actions[event.key]();
    else return;
    event.preventDefault();
  }

  // The innermost of what stands there, in the layers that are shown.
  click(event) {
    const piece = event.target.closest?.(".m");
    if (!piece || !getSelection().isCollapsed) return;
    const layerOf = (mark) => (mark.css.startsWith("claim") || ["source", "cue"].includes(mark.css) ? "claim" : mark.css);
    const marks = piece.marks.filter((mark) => mark.item.key && this.layers.has(layerOf(mark)));
    marks.sort((a, b) => (a.end - a.begin) - (b.end - b.begin));
    if (marks[0]) this.choose(marks[0].item.key, false);
  }

  async show(values) {
    this.head = h("p", {class: "no-print"}, h("button", {type: "button", on: {click: () => this.earlier()}}, t("earlier")));
    this.foot = h("p", {class: "quiet no-print"}, h("button", {type: "button", on: {click: () => this.more()}}, t("more.text")));
    add(this.main, [
      h("div", {class: "row between"}, h("h1", {tabindex: "-1"}, this.about.name), h("a", {class: "no-print", href: "#/documents"}, t("title.documents"))),
      h("p", {class: "quiet"}, [dates(this.about.facts.date ?? this.about.said?.date), this.about.said?.issuer].filter(Boolean).join(" · ")),
    ]);
    if (!this.about.read) {
      add(this.main, h("div", {class: "box warm"}, h("p", null, t("not.read"))));
      return;
    }
    add(this.main, [this.legend(), h("div", {class: "reading"}, h("div", null, this.head, this.text, this.foot), this.panel)]);
    this.close();
    const at = Number(values.get("at") ?? 0);
    await this.load({at: at > 4000 ? at - 1500 : 0});
    this.watch();
    const hasPages = this.original.begin(this.about.pages ?? 0);
    if (values.get("finding")) await this.choose(values.get("finding"), true);
    else if (hasPages) await this.original.show([at, at + 1]);
  }
}

export default async function show(main, view) {
  const about = await get(`documents/${view.rest[0]}`);
  if (!view.isCurrent()) return null;
  document.title = `${short(about.name, 60)} - madai`;
  const reading = new Reading(main, about, view);
  const keydown = (event) => reading.keydown(event);
  const selected = () => reading.offer();
  const remember = () => reading.remember();
  document.addEventListener("keydown", keydown);
  document.addEventListener("selectionchange", remember);
  reading.text.addEventListener("click", (event) => reading.click(event));
  reading.text.addEventListener("mouseup", () => setTimeout(selected));
  reading.text.addEventListener("keyup", selected);
  await reading.show(view.values);
  return () => {
    document.removeEventListener("keydown", keydown);
    document.removeEventListener("selectionchange", remember);
    reading.watcher?.disconnect();
    reading.closeAdder();
  };
}
