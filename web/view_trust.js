// view_trust.js - is everything as it was recorded; what somebody else can
// hold against it; what was done, in words.
import {get, path, post} from "./api.js";
import {add, empty, field, h} from "./dom.js";
import {bytes, failure, moment, number, t, tn} from "./words.js";

function outcome(job) {
  if (job.kind !== "verify") return h("p", {class: "quiet"}, t("verify.not.yet"));
  if (job.state === "running") return h("div", null, h("p", null, t("job.verify")), h("progress", {max: Math.max(1, job.total), value: job.done, "aria-label": t("job.verify")}));
  if (job.state === "failed") return h("div", {class: "box bad"}, h("p", null, job.why));
  const counts = job.counts;
  if (!counts) return null;
  const isWhole = counts.faults === 0;
  return h("div", {class: `box ${isWhole ? "good" : "bad"}`}, h("h3", null, isWhole ? `✓ ${t("verify.whole")}` : `✕ ${tn("verify.faults", counts.faults)}`),
    !isWhole && h("ul", null, job.items.map((one) => h("li", null, h("strong", null, t(`fault.${one.why.replaceAll(" ", "-")}`)), " ", one.name))),
    h("p", null, t("verify.sums", number(counts.documents), number(counts.findings), number(counts.reviews), number(counts.entries), bytes(counts.bytes))),
    isWhole && !counts.held && h("p", null, t("verify.itself")), isWhole && counts.held && h("p", null, t("verify.held")));
}

function checkpointOf(trust, sign) {
  const told = h("div", {role: "alert"});
  const passphrase = h("input", {type: "password", autocomplete: "off", name: "passphrase", minlength: 8, required: true});
  const form = h("form", {class: "no-print", on: {submit: async (event) => {
    event.preventDefault();
    empty(told, h("p", {class: "quiet"}, t("signing")));
    try {
      await sign(passphrase.value);
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  }}}, h("div", {class: "filters"}, field(t("passphrase"), passphrase, trust.keys === 0 ? t("passphrase.new") : null), h("button", {type: "submit"}, t("sign"))), told);
  const last = trust.checkpoint;
  return [h("p", null, t("checkpoint.what")),
    last ? [h("p", null, t("checkpoint.covers", number(last.size), number(trust.entries))), h("pre", {tabindex: "0", "aria-label": t("checkpoint.title")}, last.note),
      h("p", {class: "row no-print"}, h("button", {type: "button", on: {click: () => print()}}, t("print")),
        h("button", {type: "button", on: {click: () => navigator.clipboard?.writeText(last.note)}}, t("copy")))]
      : h("p", {class: "quiet"}, t("checkpoint.none")), form];
}

const ABOUT = {
  case: () => t("log.case"),
  key: () => t("log.key"),
  document: (about) => t("log.document", about.name ?? ""),
  text: () => t("log.text"),
  reading: (about) => t("log.reading", (about.reader ?? "").split(",")[0]),
  review: (about) => t("log.review", about.reviewer ?? "", t(`decision.${about.decision}`).toLowerCase(), about.kind ? t(`kind.${about.kind}`).toLowerCase() : ""),
  erase: () => t("log.erase"),
  import: () => t("log.import"),
  export: () => t("log.export"),
};

function entry(one) {
  const words = one.erased ? t("log.erased") : ABOUT[one.kind]?.(one.about) ?? one.kind;
  const isDocument = one.kind === "document" || one.kind === "reading";
  return h("li", {class: "row"}, h("span", {class: "quiet small nowrap"}, `${number(one.entry)} · ${moment(one.time)}`), h("span", null, words),
    isDocument && one.about.document && h("a", {class: "small", href: `#/document/${one.about.document}`}, t("open")));
}

async function log(main, view) {
  const found = await get(path("log", {limit: 30}));
  if (!view.isCurrent()) return;
  const list = h("ol", {class: "plain list"}, found.items.map(entry));
  const foot = h("p", {class: "no-print"});
  let before = found.items.at(-1)?.entry ?? 0;
  const more = () => h("button", {type: "button", on: {click: async () => {
    try {
      const next = await get(path("log", {before, limit: 60}));
      before = next.items.at(-1)?.entry ?? 0;
      add(list, next.items.map(entry));
      empty(foot, before > 0 && more());
    } catch (error) {
      empty(foot, h("span", {class: "bad"}, failure(error)));
    }
  }}}, t("log.more"));
  if (before > 0) add(foot, more());
  add(main, h("section", null, h("h2", null, t("log.title")), h("p", {class: "quiet"}, t("log.what")), list, foot));
}

export default async function show(main, view) {
  const [trust, job] = await Promise.all([get("trust"), get("job?limit=200")]);
  if (!view.isCurrent()) return;
  const place = h("div", {"aria-live": "polite"}, outcome(job));
  const told = h("div", {role: "alert"});
  const held = h("textarea", {name: "held", rows: 4});
  const verify = h("button", {type: "button", class: "main no-print", on: {click: async () => {
    empty(told);
    try {
      empty(place, outcome(await post("jobs", {kind: "verify", checkpoint: held.value.trim() ? `${held.value.trim()}\n` : undefined})));
    } catch (error) {
      empty(told, h("p", {class: "bad"}, failure(error)));
    }
  }}}, t("verify.now"));
  const sign = async (passphrase) => {
    await post("checkpoints", {passphrase});
    view.again();
  };
  add(main, [h("h1", {tabindex: "-1"}, t("title.trust")), h("p", {class: "quiet"}, t("trust.what")),
    h("section", null, h("h2", null, t("verify.title")), h("p", null, verify), told, place,
      h("details", {class: "no-print"}, h("summary", null, t("verify.against")), field(t("verify.paste"), held))),
    h("section", null, h("h2", null, t("checkpoint.title")), checkpointOf(trust, sign))]);
  view.onJob(async () => empty(place, outcome(await get("job?limit=200"))));
  await log(main, view);
}
