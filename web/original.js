// original.js - a page of the original as it looks, beside its text, with the
// same passage marked. The picture is drawn by madai, of pixels alone; nothing
// of the document itself comes here.
import {get, path, picture} from "./api.js";
import {empty, h} from "./dom.js";
import {failure, number, t} from "./words.js";

const TENTHS = 720; // of a point, in an inch

export class Original {
  constructor(document_) {
    this.document = document_;
    this.pages = 0;
    this.page = 0;
    this.boxes = [];
    this.canvas = h("canvas", {role: "img"});
    this.marks = h("div", {class: "page-marks", "aria-hidden": "true"});
    this.told = h("p", {class: "quiet small", role: "status"});
    this.before = h("button", {type: "button", on: {click: () => this.turn(this.page - 1)}}, t("page.before"));
    this.next = h("button", {type: "button", on: {click: () => this.turn(this.page + 1)}}, t("page.next"));
    this.larger = h("button", {type: "button", "aria-expanded": "false", on: {click: () => this.grow()}}, t("page.larger"));
    this.element = h("section", {class: "card original no-print", hidden: true, "aria-label": t("original.title")},
      h("h2", null, t("original.title")), h("div", {class: "row"}, this.before, this.told, this.next, this.larger),
      h("div", {class: "page"}, this.canvas, this.marks));
  }

  grow() {
    const isLarge = this.element.classList.toggle("large");
    this.larger.setAttribute("aria-expanded", String(isLarge));
    empty(this.larger, t(isLarge ? "page.smaller" : "page.larger"));
    if (isLarge) this.element.scrollIntoView({block: "start"});
  }

  get isLarge() { return this.element.classList.contains("large"); }

  // Whether there are pages at all.
  begin(pages) {
    this.pages = pages;
    this.element.hidden = this.pages === 0;
    return this.pages > 0;
  }

  // The page that the passage begins on, with all of the passage that is there.
  async show(span) {
    if (this.pages === 0) return;
    let items = [];
    try {
      ({items} = await get(path(`documents/${this.document}/places`, {begin: span[0], end: span[1]})));
    } catch {
      // the page is shown without marks
    }
    this.boxes = items.filter((one) => one.box);
    await this.turn(items.find((one) => one.page > 0)?.page ?? (this.page || 1));
  }

  async turn(page) {
    if (page < 1 || page > this.pages) return;
    this.before.disabled = page === 1;
    this.next.disabled = page === this.pages;
    const turn = this.wanted = {page};
    if (page !== this.page) {
      empty(this.marks);
      try {
        const drawn = await picture(`documents/${this.document}/pages/${page}`);
        if (this.wanted !== turn) return;
        this.draw(drawn);
        this.page = page;
      } catch (error) {
        if (this.wanted !== turn) return;
        this.page = page;
        this.canvas.hidden = true;
        empty(this.told, t("page.none", number(page)), " ", failure(error));
        return;
      }
    }
    empty(this.told, t("page.number", number(page), number(this.pages)));
    this.mark();
  }

  draw({bitmap, dots}) {
    this.dots = dots;
    this.canvas.hidden = false;
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
  }

  // Boxes in tenths of a point, as parts of the picture.
  mark() {
    const across = this.canvas.width / this.dots * TENTHS;
    const down = this.canvas.height / this.dots * TENTHS;
    const here = this.boxes.filter((one) => one.page === this.page);
    this.canvas.setAttribute("aria-label", t(here.length ? "page.marked" : "page.number", number(this.page), number(this.pages)));
    empty(this.marks, here.map(({box: [left, top, right, bottom]}) => h("div", {style: {left: `${left * 100 / across}%`, top: `${top * 100 / down}%`,
      width: `${(right - left) * 100 / across}%`, height: `${(bottom - top) * 100 / down}%`}})));
    const first = this.marks.firstElementChild;
    const box = this.element.querySelector(".page");
    if (first) box.scrollTop = Math.max(0, first.offsetTop - box.clientHeight / 3);
  }
}
