// marks.js - a text with what was found in it: layers of marks that may lie
// within and across each other, cut into pieces that each know what they are.
//
// Places are bytes of the UTF-8 text, as everywhere in madai.
import {h} from "./dom.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const layers = ["claim", "act", "name", "time", "place", "figure", "other"];

const LAYER_OF = {claim: "claim", act: "act", figure: "figure", time: "time", place: "place",
  actor: "name", intervention: "other", citation: "other"};

// [[b, e], ...] or [b, e], or nothing.
function spans(value) {
  if (!Array.isArray(value) || value.length === 0) return [];
  return Array.isArray(value[0]) ? value : [value];
}

// How many claims stand around this one.
function depthOf(item, byLocal) {
  let depth = 1;
  for (let at = item; depth < 3; depth += 1) {
    at = byLocal.get(at.detail?.parent);
    if (!at || at === item) break;
  }
  return depth;
}

// All marks of some findings. What a person corrected or added stands where
// they said, whatever the reading had.
export function marksOf(items, byLocal) {
  const marks = [];
  const push = (item, span, css) => marks.push({begin: span[0], end: span[1], css, item});
  for (const item of items) {
    const detail = item.detail ?? {};
    const isMoved = item.status === "corrected" || item.status === "added";
    if (item.kind === "claim") {
      const pieces = isMoved ? [item.span] : spans(detail.content).length ? spans(detail.content) : [item.span];
      for (const span of pieces) push(item, span, `claim${depthOf(item, byLocal)}`);
      for (const span of spans(detail.source)) push(item, span, "source");
      for (const span of spans(detail.cue)) push(item, span, "cue");
    } else if (item.kind !== "actor" || item.status === "added") {
      const pieces = item.kind === "act" && !isMoved && spans(detail.trigger).length ? spans(detail.trigger) : [item.span];
      for (const span of pieces) push(item, span, LAYER_OF[item.kind] ?? "other");
    }
  }
  return marks;
}

// Names as marks that lead to their actor.
export function marksOfNames(names, refs) {
  return names.flatMap((name) => spans(name.span).map((span) => ({begin: span[0], end: span[1], css: "name",
    item: {kind: "actor", key: refs[name.actor]?.key, span, who: refs[name.actor]?.label}})));
}

function pieceOf(bytes, base, begin, end, active) {
  const words = decoder.decode(bytes.subarray(begin - base, end - base));
  if (active.length === 0) return h("span", {data: {b: begin}}, words);
  const css = ["m", ...new Set(active.flatMap((mark) =>
    mark.item.status === "rejected" ? [mark.css, "rejected-mark"] : [mark.css]))].join(" ");
  const piece = h("span", {class: css, data: {b: begin}}, words);
  piece.marks = active;
  return piece;
}

// One paragraph, cut wherever a mark begins or ends.
function paragraph(bytes, base, begin, end, marks, css) {
  const inside = marks.filter((mark) => mark.begin < end && mark.end > begin);
  const cuts = new Set([begin, end]);
  for (const mark of inside) {
    cuts.add(Math.max(mark.begin, begin));
    cuts.add(Math.min(mark.end, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const element = h("p", {class: css});
  for (let i = 0; i + 1 < places.length; i += 1) {
    const active = inside.filter((mark) => mark.begin <= places[i] && mark.end >= places[i + 1]);
    element.append(pieceOf(bytes, base, places[i], places[i + 1], active));
  }
  return element;
}

// The paragraphs of a window of text.
export function textOf(window_, marks) {
  const bytes = encoder.encode(window_.text);
  const base = window_.span[0];
  const part = (begin) => window_.parts.find((one) => spans(one.span).some((span) => span[0] <= begin && span[1] > begin));
  const paragraphs = [];
  for (let begin = 0; begin < bytes.length;) {
    let end = bytes.indexOf(10, begin);
    if (end < 0) end = bytes.length;
    if (end > begin) {
      const kind = part(base + begin)?.kind;
      paragraphs.push(paragraph(bytes, base, base + begin, base + end, marks, kind ? `part-${kind}` : null));
    }
    begin = end + 1;
  }
  return paragraphs;
}

const lengthOf = (words) => encoder.encode(words).length;

// A place in the page as one in the text: within a piece, before a child of an
// element, or behind its last.
function placeOf(node, offset) {
  if (node.nodeType === Node.TEXT_NODE) {
    const piece = node.parentElement?.closest("[data-b]");
    return piece ? Number(piece.dataset.b) + lengthOf(node.data.slice(0, offset)) : null;
  }
  const child = node.childNodes[offset];
  if (child) {
    const piece = (child.nodeType === Node.TEXT_NODE ? child.parentElement : child.matches("[data-b]") ? child : child.querySelector("[data-b]"))?.closest("[data-b]");
    return piece ? Number(piece.dataset.b) : null;
  }
  const piece = node.matches("[data-b]") ? node : [...node.querySelectorAll("[data-b]")].at(-1);
  return piece ? Number(piece.dataset.b) + lengthOf(piece.textContent) : null;
}

// The bytes that a person has selected below this element; null: none.
export function selectedIn(element) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const begin = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  return begin !== null && end !== null && begin < end
    ? {span: [begin, end], words: selection.toString()} : null;
}
