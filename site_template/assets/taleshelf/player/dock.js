// The bar and its panel.
import { at, button, choice, choose, clock, draw, make, root } from "./base.js";
import { arm, left, leftStories, playNext } from "./end.js";
import { again } from "./read.js";
import { audio, length, now, on, scene, seek, setRate, step, story, toggle } from "./sound.js";
import { open, stage } from "./stage.js";

export const dock = document.getElementById("ts-dock");

const key = (icon, label, onclick) => button(icon, { ariaLabel: label, title: label, onclick });
const select = (label, rows, value, act) => {
  const options = Object.entries(rows).map(([text, one]) => new Option(text, one, false, one === value));
  const list = make("select", { onchange: () => act(list.value) }, ...options);
  return make("label", {}, label, list);
};

const cover = make("img", { alt: "" });
const title = make("a", { href: root, ariaLive: "polite" });
const where = make("p");
const bar = make("input", { type: "range", ariaLabel: "Place in the story", oninput: () => seek(+bar.value) });
const main = key("play", "Play", toggle);
main.className = "ts-dock__play";
const more = make("button", { className: "ts-button", onclick: () => playNext() }, "One more story");
const speed = make("input", { type: "range", min: 0.7, max: 1.5, step: 0.1, oninput: () => setRate(speed.value) });
const rate = make("span");
const scenes = make("ol");

const TIMES = {
  off: 0, "5 minutes": 300, "10 minutes": 600, "15 minutes": 900, "30 minutes": 1800,
  "end of story": -1, "end of 2 stories": -2, "end of 3 stories": -3, "end of 5 stories": -5,
};
export const setTimer = (value) => (value > 0 ? arm(+value, 0) : arm(0, -value));
const sleep = select("Sleep timer", TIMES, 0, setTimer);
export const timer = sleep.lastChild;
const marks = select("Mark", { sentences: "sentence", words: "word", nothing: "" }, choice.mark, (value) => {
  choose("mark", value);
  again();
});
const then = select("Afterwards", { stop: "", "next of the series": "series", "one more story": "more" }, choice.then, (value) =>
  choose("then", value),
);
export const panel = make(
  "div",
  { id: "ts-options", popover: "auto", role: "dialog", ariaLabel: "Listening" },
  make("label", {}, rate, speed), sleep, marks, then, more, scenes,
);
const choices = key("choices", "Listening");
choices.popoverTargetElement = panel;

export function close() {
  audio.pause();
  if (!stage.hidden) open(false);
  dock.hidden = true;
}

dock.append(
  stage,
  bar,
  make("div", {}, cover, make("div", {}, title, where)),
  make("div", {}, key("previous", "Previous sentence", () => step(-1)), main, key("next", "Next sentence", () => step(1))),
  make("div", {}, key("pictures", "Pictures", () => open()), choices, key("close", "Close", close)),
  panel,
  audio,
);

function describe() {
  Object.assign(title, { textContent: story.title, href: root + story.url });
  cover.hidden = !story.thumb;
  if (story.thumb) cover.src = at(story.thumb, story.url);
  scenes.replaceChildren(
    ...story.scenes.map(([start, name]) =>
      make("li", { hidden: !name }, make("button", { onclick: () => seek(start) }, `${name} `, make("small", {}, clock(start)))),
    ),
  );
  more.hidden = !story.next.more;
  paint();
}

function paint() {
  if (!story) return;
  main.ariaLabel = main.title = audio.paused ? "Play" : "Pause";
  draw(main.querySelector("use"), audio.paused ? "play" : "pause");
  const place = `${clock(now())} of ${clock(length())}`;
  Object.assign(bar, { max: length(), value: now(), ariaValueText: place });
  where.textContent = [
    audio.error ? "The narration cannot be reached just now" : place,
    scene()?.[1],
    leftStories > 0 ? `☾ ${leftStories === 1 ? "after this story" : `${leftStories} stories`}` : left > 0 && `☾ ${clock(left)}`,
  ].filter(Boolean).join(" · ");
  [...scenes.children].forEach((row, n) => (row.firstChild.ariaCurrent = story.scenes[n] === scene()));
  speed.value = choice.rate;
  rate.textContent = `Speed ${choice.rate}×`;
}

on("story", describe);
on("loadedmetadata timeupdate play pause seeked ratechange place sleep error", paint);
