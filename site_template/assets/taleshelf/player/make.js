// Elements. Text goes in as text, never as HTML.
const SVG = "http://www.w3.org/2000/svg";

export function make(tag, values = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(values))
    if (key in node && key !== "list") node[key] = value;
    else node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

export function icon(d) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "ts-icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", d);
  return svg;
}

export const PLAY = "M8 5l11 7-11 7Z";
export const PAUSE = "M8 5v14M16 5v14";

export const clock = (seconds) => {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
