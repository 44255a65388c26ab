// links.js - what the documents say together: asked for until it is worked
// out, and told meanwhile.
import {get} from "./api.js";
import {empty, h} from "./dom.js";
import {statusOf, short} from "./decide.js";
import {code, dates, t} from "./words.js";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The answer once it is worked out; until then `place` says that one has to
// wait. Null: nobody looks any more.
export async function linked(path, view, place) {
  for (;;) {
    const found = await get(path);
    if (!view.isCurrent()) return null;
    if (found.state === "ready") {
      empty(place);
      return found;
    }
    empty(place, h("p", {class: "box warm", role: "status"}, t("links.wait")));
    await pause(700);
    if (!view.isCurrent()) return null;
  }
}

// Findings by their names in links, each opening its passage, by document.
export function findingsOf(members, refs, total = members.length) {
  const groups = new Map();
  for (const member of members) {
    const finding = refs[member];
    if (finding) groups.set(finding.name, [...(groups.get(finding.name) ?? []), finding]);
  }
  const missing = total - [...groups.values()].flat().length;
  return [h("ul", {class: "plain list"}, [...groups].map(([name, some]) => h("li", null, h("strong", null, name), " ", h("span", {class: "quiet small"}, dates(some[0].date)),
    h("ul", null, some.map((one) => h("li", null, opening(one), " ", statusOf(one.status))))))), missing > 0 && h("p", {class: "quiet small"}, t("and.more", missing))];
}

export function opening(finding) {
  return h("a", {href: `#/document/${finding.document}?finding=${finding.key}&at=${finding.span[0]}`}, h("q", null, short(finding.quote, 120)));
}

// A passage of links, or its plain name where it cannot be opened.
export function passage(word, refs) {
  if (!word) return "";
  return refs[word] ? [opening(refs[word]), " ", h("span", {class: "quiet small"}, refs[word].name)] : word.split("#")[0];
}

export function actTitle(word) {
  return (word ?? "").split(" ").map((one) => code("act", one)).join(", ");
}
