// The picture view. The screen stays awake.
import { at, make } from "./base.js";
import { audio, now, on, sentence, story } from "./sound.js";

const dock = document.getElementById("ts-dock");
const pictures = [make("img"), make("img")];
const line = make("p", { className: "ts-stage__line" });
export const stage = make("div", { className: "ts-stage", hidden: true }, ...pictures, line);
let lock;

export function open(isOpening = stage.hidden) {
  stage.hidden = !isOpening;
  dock.classList.toggle("ts-dock--stage", isOpening);
  for (const other of document.body.children) other.inert = isOpening && other !== dock;
  if (isOpening) dock.requestFullscreen?.().catch(() => {}); // a telephone fills its window instead
  else if (document.fullscreenElement) document.exitFullscreen();
  show();
  stayAwake();
}

function show() {
  if (stage.hidden) return;
  line.textContent = sentence()?.getCueAsHTML().textContent ?? "";
  const painted = story.scenes.filter((row) => row[2]);
  const [, , file, alt] = painted.findLast(([start]) => start < now() + 0.05) ?? painted[0] ?? [];
  const next = painted.find(([start]) => start > now());
  if (next) new Image().src = at(next[2], story.url);
  const src = file ? at(file, story.url) : "";
  const [shown, other] = pictures;
  if (shown.src === src) return;
  Object.assign(other, { src, alt, className: "ts-now" });
  shown.alt = shown.className = "";
  pictures.reverse();
}

async function stayAwake() {
  if (stage.hidden || audio.paused || document.hidden) {
    lock?.release();
    lock = null;
  } else lock ??= await navigator.wakeLock?.request("screen").catch(() => null);
}

on("story seeked place timeupdate", show);
on("play pause", stayAwake);
document.addEventListener("visibilitychange", () => {
  lock = null; // the system took it back
  stayAwake();
});
document.addEventListener("fullscreenchange", () => document.fullscreenElement || stage.hidden || open(false));
