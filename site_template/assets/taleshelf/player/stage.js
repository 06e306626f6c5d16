// The picture view: the picture of the scene and the sentence, for a tablet or a television. The screen stays awake.
import { icon, make } from "./make.js";
import { audio, now, on, scene, sentence, story, track } from "./sound.js";
import { root } from "./store.js";

const pictures = [make("img", { alt: "" }), make("img", { alt: "" })];
const line = make("p", { className: "ts-stage__line" });
export const stage = make("div", { className: "ts-stage", hidden: true }, ...pictures, line);
const dock = document.getElementById("ts-dock");
let lock = null;

export const isOpen = () => !stage.hidden;

export function open(isOpening = !isOpen()) {
  stage.hidden = !isOpening;
  dock.classList.toggle("ts-dock--stage", isOpening);
  for (const other of document.body.children) if (other !== dock) other.inert = isOpening;
  if (isOpening) dock.requestFullscreen?.().catch(() => {}); // a telephone fills its window instead
  else if (document.fullscreenElement) document.exitFullscreen();
  dock.dispatchEvent(new Event("stage"));
  show();
  stayAwake();
}

export function show() {
  if (!isOpen() || !story) return;
  const cue = sentence();
  line.textContent = cue?.getCueAsHTML().textContent ?? "";
  const painted = story.scenes.filter(([start, , file], n) => file && (!n || start <= now() + 0.05));
  const [, , file, alt] = painted.at(-1) ?? [];
  const next = story.scenes.find(([start, , name]) => name && start > now());
  if (next) new Image().src = new URL(story.url + next[2], root);
  const src = file ? new URL(story.url + file, root).href : "";
  const [shown, other] = pictures[0].classList.contains("ts-now") ? pictures : [pictures[1], pictures[0]];
  if (shown.src === src) return;
  Object.assign(other, { src, alt: alt ?? "" });
  other.classList.add("ts-now");
  shown.classList.remove("ts-now");
  shown.alt = "";
}

async function stayAwake() {
  const isNeeded = isOpen() && !audio.paused && document.visibilityState === "visible";
  if (!isNeeded) {
    lock?.release();
    lock = null;
  } else if (!lock) {
    lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    lock?.addEventListener("release", () => (lock = null));
  }
}

on("story", () => {
  track.addEventListener("cuechange", show);
  show();
});
on("seeked place timeupdate", show);
on("play pause", stayAwake);
document.addEventListener("visibilitychange", stayAwake);
document.addEventListener("fullscreenchange", () => !document.fullscreenElement && isOpen() && open(false));
