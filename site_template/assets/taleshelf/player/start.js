// What the player finds on a page.
import { at, button, choose, clock, draw, make, read, root } from "./base.js";
import { dock } from "./dock.js";
import "./keys.js";
import { again, isHere } from "./read.js";
import { audio, load, on, play, seek, story } from "./sound.js";
import { open, stage } from "./stage.js";
import "./turn.js";

function start({ url, title, sound }, from) {
  dock.hidden = false;
  if (story?.url !== url) load({ url, title, sound }, from);
  else if (from >= 0) seek(from);
  play();
}

const player = (text, onclick) => button("play", { className: "ts-button ts-play", onclick }, text);
let paints;

function meet(box) {
  const { url } = box.dataset;
  const here = isHere(url);
  const isMine = () => story?.url === url;
  // Where #s12 or ?t=34.5 leads.
  let linked = parseFloat(here && (document.getElementById(location.hash.slice(1))?.dataset.t ?? new URLSearchParams(location.search).get("t")));
  if (!(linked >= 0)) linked = undefined;
  const label = make("span");
  const press = player(label, () => {
    if (isMine() && !audio.paused) return audio.pause();
    start(box.dataset, linked);
    linked = undefined;
  });
  const length = box.querySelector(".ts-player__clock").textContent;
  paints.push(() => {
    const plays = isMine() && !audio.paused;
    const from = linked ?? (isMine() ? audio.currentTime : read("places")[url]?.time);
    draw(press.querySelector("use"), plays ? "pause" : "play");
    label.textContent = plays ? "Pause" : from ? `Go on at ${clock(from)}` : `Listen · ${length}`;
  });
  box.querySelector("audio").replaceWith(press);
}

// What was begun, the last one first.
function goOn(place) {
  const cards = Object.entries(read("places")).slice(0, 4).map(([url, { title, thumb, sound, time, of }]) => {
    const press = player("Go on", () => start({ url, title, sound }));
    press.ariaLabel = `Go on with ${title}`;
    return make(
      "li",
      { className: "ts-card" },
      thumb ? make("img", { className: "ts-card__cover", alt: "", width: 480, height: 360, src: at(thumb, url) }) : "",
      make(
        "div",
        { className: "ts-card__text" },
        make("h3", { className: "ts-card__title" }, make("a", { href: root + url }, title)),
        make("p", {}, `${clock(time)} of ${clock(of)}`),
        press,
      ),
    );
  });
  if (cards.length) place.append(make("h2", {}, "Continue listening"), make("ul", { className: "ts-grid" }, ...cards));
}

const meetings = {
  "[data-url]": meet,
  "[data-continue]": goOn,
  "[data-first]": (place) =>
    place.append(
      player("Play the series from the first", () => {
        choose("then", "series");
        start({ url: place.dataset.first, ...place.dataset }, 0);
      }),
    ),
};

document.addEventListener("click", ({ target }) => {
  const span = target.closest("[data-story] [data-t]");
  const box = document.querySelector("[data-story] [data-url]");
  if (span && box && !target.closest("a") && !`${getSelection()}`) start(box.dataset, +span.dataset.t);
});

on("play pause ended story", () => paints.forEach((paint) => paint()));
document$.subscribe(() => {
  paints = [];
  if (!stage.hidden) open(false);
  for (const where in meetings) document.querySelectorAll(where).forEach(meetings[where]);
  paints.forEach((paint) => paint());
  again();
});
