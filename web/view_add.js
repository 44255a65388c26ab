// view_add.js - documents come in: dropped, or chosen; what came of each, and
// why one was refused.
import {get, post, upload} from "./api.js";
import {add, announce, empty, field, h} from "./dom.js";
import {bytes, failure, number, t, tn} from "./words.js";

const SIGNS = {added: "✓", known: "=", refused: "✕", unread: "○", waiting: "…", sending: "↑", sent: "✓"};

// Files of a folder that was dropped, with their places in it. What begins
// with a dot is hidden, and left alone.
async function filesIn(entry, below = "") {
  if (entry.name.startsWith(".")) return [];
  const name = below ? `${below}/${entry.name}` : entry.name;
  if (entry.isFile) return [{name, file: await new Promise((resolve, reject) => entry.file(resolve, reject))}];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const one of some) found.push(...await filesIn(one, name));
  }
}

class Adding {
  constructor(main, view) {
    this.view = view;
    this.files = [];
    this.list = h("ul", {class: "plain list"});
    this.told = h("div", {role: "alert"});
    this.outcome = h("section", {"aria-live": "polite"});
    this.start = h("button", {type: "button", class: "main", disabled: true, on: {click: () => this.send()}}, t("add.start"));
    this.facts = this.factsForm();
    add(main, [h("h1", {tabindex: "-1"}, t("title.add")), h("p", {class: "quiet"}, t("add.what")), this.drop(), this.told, this.list,
      this.facts, h("p", null, this.start), this.outcome]);
  }

  drop() {
    const files = h("input", {type: "file", multiple: true, class: "hidden", id: "files", on: {change: () => {
      this.take([...files.files].map((file) => ({name: file.name, file})));
      files.value = "";
    }}});
    const folder = h("input", {type: "file", multiple: true, webkitdirectory: true, class: "hidden", id: "folder", on: {change: () => {
      this.take([...folder.files].filter((file) => !file.webkitRelativePath.split("/").some((part) => part.startsWith("."))).map((file) => ({name: file.webkitRelativePath || file.name, file})));
      folder.value = "";
    }}});
    const element = h("div", {class: "drop", on: {
      dragover: (event) => {
        event.preventDefault();
        element.classList.add("over");
      },
      dragleave: () => element.classList.remove("over"),
      drop: async (event) => {
        event.preventDefault();
        element.classList.remove("over");
        const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
        const found = await Promise.all(entries.map((entry) => filesIn(entry)));
        this.take(found.flat());
      },
    }}, h("p", null, h("strong", null, t("drop.here"))), h("p", {class: "row", style: {"justify-content": "center"}},
      h("button", {type: "button", on: {click: () => files.click()}}, t("choose.files")), h("button", {type: "button", on: {click: () => folder.click()}}, t("choose.folder"))),
    h("p", {class: "quiet small"}, t("add.kinds")), h("label", {class: "hidden", for: "files"}, t("choose.files")), files, h("label", {class: "hidden", for: "folder"}, t("choose.folder")), folder);
    return element;
  }

  factsForm() {
    const input = (name, placeholder) => h("input", {type: "text", name, placeholder});
    return h("details", null, h("summary", null, t("facts.title")), h("p", {class: "quiet small"}, t("facts.what")), h("form", {class: "filters", on: {submit: (event) => event.preventDefault()}},
      field(t("fact.source"), input("source")), field(t("field.date"), input("date", "2019-05-31")), field(t("fact.url"), input("url")), field(t("fact.obtained_by"), input("obtained_by")),
      field(t("fact.obtained_at"), input("obtained_at")), field(t("fact.obtained_from"), input("obtained_from")), field(t("fact.note"), input("note"))));
  }

  take(files) {
    for (const one of files) {
      one.state = "waiting";
      one.bar = h("progress", {max: Math.max(1, one.file.size), value: 0, "aria-label": one.name, hidden: true});
      one.status = h("span", {class: "small"});
      one.element = h("li", null, h("div", {class: "row between"}, h("span", null, one.name, " ", h("span", {class: "quiet small"}, bytes(one.file.size))), one.status), one.bar);
      this.files.push(one);
      if (this.files.length <= 500) this.list.append(one.element);
    }
    this.start.disabled = this.files.length === 0;
    this.start.textContent = this.files.length ? tn("add.n", this.files.length) : t("add.start");
    announce(tn("n.files", this.files.length));
  }

  set(one, state, why) {
    one.state = state;
    one.bar.hidden = state !== "sending";
    empty(one.status, h("span", {"aria-hidden": "true"}, SIGNS[state]), " ", t(`file.${state}`), why ? ` (${why})` : "");
    one.status.className = state === "refused" ? "small bad" : "small";
  }

  async send() {
    this.start.disabled = true;
    const uploads = [];
    for (const one of this.files) {
      this.set(one, "sending");
      try {
        uploads.push(await upload(one.file, one.name, (sent) => { one.bar.value = sent; }));
        this.set(one, "sent");
      } catch (error) {
        this.set(one, "refused", failure(error));
      }
    }
    const data = new FormData(this.facts.querySelector("form"));
    const facts = Object.fromEntries([...data].filter(([, value]) => value.trim() !== ""));
    try {
      if (uploads.length) await post("jobs", {kind: "add", uploads, facts});
    } catch (error) {
      empty(this.told, h("p", {class: "bad"}, failure(error)));
      this.start.disabled = false;
      return;
    }
    this.files = [];
    empty(this.list);
    this.take([]);
    await this.look();
  }

  async run(kind) {
    try {
      await post("jobs", {kind});
      await this.look();
    } catch (error) {
      empty(this.told, h("p", {class: "bad"}, failure(error)));
    }
  }

  outcomeLine(one) {
    const name = one.document && one.how !== "refused" ? h("a", {href: `#/document/${one.document}`}, one.name) : one.name;
    return h("li", {class: one.how === "refused" ? "bad" : null}, h("span", {"aria-hidden": "true"}, SIGNS[one.how]), " ", name, " ", h("span", {class: "small"}, t(`file.${one.how}`), one.why ? `: ${one.why}` : ""));
  }

  // How far it has come, and what came of each.
  async look() {
    const job = await get("job?limit=200");
    if (!this.view.isCurrent() || job.kind === "verify" || job.kind === "none") return;
    const isRunning = job.state === "running";
    empty(this.outcome, h("h2", null, isRunning ? t("job.running") : t(`job.${job.state}`)),
      h("progress", {max: Math.max(1, job.total), value: job.done, "aria-label": t("job.reading", job.done, job.total)}),
      h("p", null, t("job.sums", number(job.added), number(job.known), number(job.refused))),
      job.why && h("p", {class: "bad"}, job.why),
      isRunning ? h("p", null, h("button", {type: "button", on: {click: () => post("jobs/stop", {})}}, t("job.stop")))
        : h("p", {class: "row"}, h("a", {class: "button main", href: "#/"}, t("look.overview")), h("a", {class: "button", href: "#/documents"}, t("look.documents"))),
      h("ul", {class: "plain list"}, [...job.items].sort((a, b) => (b.how === "refused") - (a.how === "refused")).map((one) => this.outcomeLine(one))),
      job.told > job.items.length && h("p", {class: "quiet"}, t("and.more", number(job.told - job.items.length))));
  }
}

export default async function show(main, view) {
  const adding = new Adding(main, view);
  const whole = await get("overview");
  if (!view.isCurrent()) return;
  if (whole.read < whole.documents) add(adding.told, h("div", {class: "box warm"}, h("p", null, tn("n.unread", whole.documents - whole.read)), h("p", null, h("button", {type: "button", on: {click: () => adding.run("read")}}, t("read.them")))));
  let last = 0;
  view.onJob((job) => {
    const now = performance.now();
    if (job.state === "running" && now - last < 400) return;
    last = now;
    adding.look();
  });
  await adding.look();
}
