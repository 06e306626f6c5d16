// A memory, in this browser only, and elements, into which text goes as text.
export const root = new URL("../../../", import.meta.url).href;
const name = (key) => `${new URL(root).pathname}player.${key}`;

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(name(key))) ?? {};
  } catch {
    return {};
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(name(key), JSON.stringify(value));
  } catch {} // a browser that keeps nothing still plays
}

export const onOtherTab = (key, act) => addEventListener("storage", (event) => event.key === name(key) && act());
export const choice = { rate: 1, mark: "sentence", then: "", keys: true, ...read("choice") };
export const choose = (key, value) => write("choice", { ...read("choice"), [key]: (choice[key] = value) });

export function make(tag, values, ...inside) {
  const node = document.createElement(tag);
  for (const key in values) key in node ? (node[key] = values[key]) : node.setAttribute(key, values[key]);
  node.append(...inside);
  return node;
}

// One of icons.svg.
export const draw = (use, icon) => use.setAttribute("href", new URL(`icons.svg#${icon}`, import.meta.url));
export function button(icon, values, ...inside) {
  const [svg, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("class", "ts-icon");
  svg.setAttribute("aria-hidden", true);
  svg.append(use);
  draw(use, icon);
  return make("button", values, svg, ...inside);
}

export const clock = (time) => `${Math.floor(time / 60)}:${`${Math.floor(time % 60)}`.padStart(2, "0")}`;
