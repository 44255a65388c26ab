// chart.js - columns over time. Each is a link to what it counts; its number is
// in its name, for whoever does not see how high it is.
import {h} from "./dom.js";
import {number} from "./words.js";

// groups: [{name, words, count, href, isHere}], in order.
export function columns(label, groups) {
  if (groups.length < 2) return null;
  const most = Math.max(1, ...groups.map((one) => one.count));
  return h("nav", {"aria-label": label, class: "no-print chart"},
    h("div", {class: "most", "aria-hidden": "true"}, number(most)),
    h("div", {class: "bars"}, groups.map((one) => {
      const words = `${one.words}: ${number(one.count)}`;
      return one.count === 0 ? h("span", {class: "gap", "aria-hidden": "true"})
        : h("a", {href: one.href, title: words, "aria-label": words, "aria-current": one.isHere ? "true" : null},
          h("span", {style: {height: `${Math.max(3, one.count * 100 / most)}%`}}));
    })), h("div", {class: "axis", "aria-hidden": "true"}, h("span", null, groups[0].words), h("span", null, groups.at(-1).words)));
}
