// The bar at the foot of the window, and its panel of choices.
import { clock, icon, make, PAUSE, PLAY } from "./make.js";
import { after, playNext } from "./queue.js";
import { again } from "./read.js";
import { arm, state } from "./sleep.js";
import { audio, keep, length, now, on, scene, seek, setRate, step, story, toggle } from "./sound.js";
import { open, stage } from "./stage.js";
import { choice, choose, root } from "./store.js";

export const dock = document.getElementById("ts-dock");

const button = (label, d, onclick, className = "") =>
  make("button", { type: "button", className, ariaLabel: label, title: label, onclick }, icon(d));
const select = (label, value, rows, act) => {
  const list = make("select", { onchange: () => act(list.value) }, ...rows.map(([v, text]) => new Option(text, v)));
  list.value = value;
  return [make("label", {}, label, list), list];
};

const cover = make("img", { alt: "", width: 480, height: 360 });
const title = make("a", { className: "ts-dock__title" });
const where = make("p", { className: "ts-dock__where" });
const news = make("p", { className: "ts-hidden", role: "status" });
const bar = make("input", { type: "range", min: 0, step: 1, ariaLabel: "Place in the story", oninput: () => seek(+bar.value) });
const main = button("Play", PLAY, toggle, "ts-dock__play");
const view = button("Pictures", "M4 5h16v14H4ZM4 16l5-5 4 4 3-3 4 4M15 9h.1", () => open());
const more = make("button", { type: "button", className: "ts-button", onclick: () => playNext() }, "One more story");

const speed = make("input", { type: "range", min: 0.7, max: 1.5, step: 0.1, oninput: () => setRate(+speed.value) });
const rate = make("output");
const TIMES = [["", "off"], ...[5, 10, 15, 30].map((n) => [`${n * 60}`, `${n} minutes`]), ["s1", "end of story"]];
const COUNTS = [2, 3, 5].map((n) => [`s${n}`, `end of ${n} stories`]);
export const setTimer = (value) => (value[0] === "s" ? arm(0, +value.slice(1)) : arm(+value));
export const [timerLine, timer] = select("Sleep timer", "", [...TIMES, ...COUNTS], setTimer);
const [markLine] = select(
  "Mark", choice.mark, [["sentence", "sentences"], ["word", "words"], ["nothing", "nothing"]],
  (value) => (choose("mark", value), again()),
);
const [thenLine] = select(
  "Afterwards", choice.then, [["stop", "stop"], ["series", "the next of the series"], ["more", "one more story"]],
  (value) => (choose("then", value), paint()),
);
const scenes = make("ol");
export const panel = make(
  "div", { id: "ts-options", className: "ts-options", popover: "auto", role: "dialog", ariaLabel: "Listening" },
  make("label", {}, "Speed", speed, rate), timerLine, markLine, thenLine, more, scenes,
);
const options = button("Listening", "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5", () => {}, "ts-dock__options");
options.popoverTargetElement = panel;

export function close() {
  audio.pause();
  keep();
  if (!stage.hidden) open(false);
  dock.hidden = true;
}

dock.append(
  stage, bar,
  make("div", { className: "ts-dock__story" }, cover, make("div", {}, title, where)),
  make(
    "div", { className: "ts-dock__keys" },
    button("Previous sentence", "M17 6l-8 6 8 6M6 6v12", () => step(-1)), main,
    button("Next sentence", "M7 6l8 6-8 6M18 6v12", () => step(1)),
  ),
  make("div", { className: "ts-dock__keys" }, view, options, button("Close", "M6 6l12 12M18 6L6 18", close)),
  news, panel, audio,
);

function describe() {
  Object.assign(title, { textContent: story.title, href: new URL(story.url, root) });
  cover.hidden = !story.thumb;
  if (story.thumb) cover.src = new URL(story.url + story.thumb, root);
  const rows = story.scenes.filter(([, name]) => name);
  scenes.replaceChildren(
    ...rows.map(([start, name]) =>
      make("li", {}, make("button", { type: "button", onclick: () => seek(start) }, `${name} `, make("small", {}, clock(start)))),
    ),
  );
  paint();
}

const asleep = ({ left, stories }) =>
  left > 0 ? ` · ☾ ${left > 60 ? `${Math.ceil(left / 60)} min` : clock(left)}` : stories ? ` · ☾ ${stories === 1 ? "this story" : `${stories} stories`}` : "";

function paint() {
  if (!story) return;
  const label = audio.paused ? "Play" : "Pause";
  if (main.ariaLabel !== label) {
    Object.assign(main, { ariaLabel: label, title: label });
    main.replaceChildren(icon(audio.paused ? PLAY : PAUSE));
  }
  const [, name] = scene() ?? [];
  const place = `${clock(now())} of ${clock(length())}`;
  Object.assign(bar, { max: Math.ceil(length()), value: now(), ariaValueText: place });
  where.textContent = `${audio.error ? "The narration cannot be reached just now" : place}${name ? ` · ${name}` : ""}${asleep(state())}`;
  for (const [n, one] of story.scenes.filter((row) => row[1]).entries()) {
    const line = scenes.children[n]?.firstChild;
    if (line) line.ariaCurrent = String(one === scene());
  }
  speed.value = audio.playbackRate;
  rate.textContent = speed.ariaValueText = `${audio.playbackRate.toFixed(1)}×`;
  more.hidden = !after();
}

on("story", describe);
on("loadedmetadata timeupdate play pause ended seeked ratechange place sleep", paint);
on("error", () => {
  news.textContent = "The narration cannot be reached just now.";
  paint();
});
