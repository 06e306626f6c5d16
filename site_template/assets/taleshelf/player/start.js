// The player: what it finds on a page. The theme exchanges pages without loading them anew, so each is met here.
import { dock } from "./dock.js";
import "./keys.js";
import { clock, icon, make, PAUSE, PLAY } from "./make.js";
import { again, isHere } from "./read.js";
import "./session.js";
import { audio, load, on, play, seek, story } from "./sound.js";
import { isOpen, open } from "./stage.js";
import { choose, read, root } from "./store.js";

export function start(url, title, from) {
  dock.hidden = false;
  if (story?.url !== url) load({ url, title }, from);
  else if (from !== undefined) seek(from);
  play();
}

// Where a link such as ?t=34.5 or #s12 leads.
function findPlace(url) {
  const linked = isHere(url) && document.getElementById(location.hash.slice(1))?.dataset.t;
  const time = parseFloat(linked || (isHere(url) && new URLSearchParams(location.search).get("t")));
  return time >= 0 ? time : undefined;
}

function meet(box) {
  const { play: url, title } = box.dataset;
  let linked = findPlace(url);
  const press = make("button", { type: "button", className: "ts-button ts-play" });
  press.onclick = () => {
    if (story?.url === url && !audio.paused) return audio.pause();
    start(url, title, linked);
    linked = undefined;
  };
  const paint = () => {
    if (!press.isConnected) return;
    const plays = story?.url === url && !audio.paused;
    const from = linked ?? (story?.url === url ? audio.currentTime : read("places", {})[url]?.time);
    press.replaceChildren(icon(plays ? PAUSE : PLAY), plays ? "Pause" : from ? `Go on at ${clock(from)}` : "Listen");
  };
  box.querySelector("audio")?.replaceWith(press);
  paints.push(paint);
}

const paints = [];
const paintAll = () => paints.forEach((paint) => paint());

// What was begun on this device, the last one first.
function offerToGoOn(place) {
  const rows = Object.entries(read("places", {})).slice(0, 3);
  if (!rows.length) return place.replaceChildren();
  const cards = rows.map(([url, { title, thumb, time, of }]) => {
    const picture = { className: "ts-card__cover", alt: "", width: 480, height: 360 };
    const press = make("button", { type: "button", className: "ts-button ts-play" }, icon(PLAY), "Go on");
    press.onclick = () => start(url, title);
    press.ariaLabel = `Go on with ${title}`;
    return make(
      "li", { className: "ts-card" },
      thumb ? make("img", { ...picture, src: new URL(url + thumb, root) }) : "",
      make(
        "div", { className: "ts-card__text" },
        make("h3", { className: "ts-card__title" }, make("a", { href: new URL(url, root) }, title)),
        make("p", { className: "ts-facts" }, make("span", {}, `${clock(time)} of ${clock(of)}`)), press,
      ),
    );
  });
  const heading = make("h2", { id: "ts-continue" }, "Continue listening");
  const grid = make("ul", { className: "ts-grid" }, ...cards);
  place.replaceChildren(make("section", { className: "ts-wide", "aria-labelledby": "ts-continue" }, heading, grid));
}

function offerSeries(place) {
  const press = make("button", { type: "button", className: "ts-button ts-play" }, icon(PLAY), "Play the series from the first");
  press.onclick = () => {
    choose("then", "series");
    start(place.dataset.first, place.dataset.title, 0);
  };
  place.replaceChildren(press);
}

document.addEventListener("click", (event) => {
  const at = event.target;
  const span = at.closest?.("[data-story] [data-t]");
  const box = document.querySelector("[data-story] [data-play]");
  if (span && box && !at.closest("a") && !String(getSelection())) start(box.dataset.play, box.dataset.title, +span.dataset.t);
});

on("play pause ended story", paintAll);
(globalThis.document$ ?? { subscribe: (act) => act() }).subscribe(() => {
  paints.length = 0;
  if (isOpen()) open(false);
  for (const [where, act] of [["[data-play]", meet], ["[data-continue]", offerToGoOn], ["[data-first]", offerSeries]])
    document.querySelectorAll(where).forEach(act);
  paintAll();
  again();
});
