// dom.js - elements, made and never parsed: what came in with a document can
// only ever be text.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, action] of Object.entries(value)) element.addEventListener(event, action);
    } else if (name === "data") {
      for (const [key, word] of Object.entries(value)) element.dataset[key] = word;
    } else if (name === "style") {
      for (const [key, word] of Object.entries(value)) element.style.setProperty(key, word);
    } else if (name === "value" || name === "checked" || name === "indeterminate") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

// h("p", {class: "quiet"}, "words", element, [more])
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function s(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

export function empty(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

let count = 0;
// A name for an element that a label points to.
export function id() {
  count += 1;
  return `e${count}`;
}

// A label with its field below; the field gets an id where it has none.
export function field(label, input, help) {
  input.id ||= id();
  const told = help ? h("span", {class: "quiet small", id: id()}, help) : null;
  if (told) input.setAttribute("aria-describedby", told.id);
  return h("div", {class: "field"}, h("label", {for: input.id}, label), input, told);
}

// Told to whoever listens to the screen instead of looking at it.
export function announce(words) {
  const place = document.getElementById("told");
  if (place) empty(place, words);
}
