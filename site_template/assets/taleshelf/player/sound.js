// One sound for the whole site: which story, where in it, how fast. Says "story", "place" and "press" as events of the sound.
import { choice, choose, onOtherTab, read, root, write } from "./store.js";

export const audio = document.createElement("audio");
audio.preload = "none";
export let story = null; // { url, title, seconds, scenes, next, ... }
export let track = null;
let wanted = null; // where to go as soon as the sound is there
let kept = 0;

const say = (what) => audio.dispatchEvent(new Event(what));
export const on = (whats, act) => whats.split(" ").forEach((what) => audio.addEventListener(what, act));
export const now = () => wanted ?? audio.currentTime;
export const length = () => audio.duration || story?.seconds || 0;
export const cues = () => [...(track?.track.cues ?? [])];
export const sentence = (time = now()) => cues().findLast((cue) => cue.startTime <= time + 0.05);
export const scene = (time = now()) => story?.scenes.findLast(([start]) => start <= time + 0.05);

export async function load(next, from) {
  keep();
  const mine = (story = { scenes: [], next: {}, ...next });
  const folder = new URL(mine.url, root);
  wanted = from ?? read("places", {})[mine.url]?.time ?? 0;
  track = document.createElement("track");
  Object.assign(track, { kind: "metadata", src: new URL("narration.vtt", folder) });
  audio.replaceChildren(track);
  track.track.mode = "hidden";
  audio.src = new URL("narration.mp3", folder);
  setRate(choice.rate);
  say("story");
  const more = await fetch(new URL("listen.json", folder)).then((reply) => reply.json()).catch(() => ({}));
  if (mine !== story) return;
  Object.assign(mine, more);
  say("story");
}

export function seek(time) {
  time = Math.max(0, Math.min(time, length() - 0.1 || time));
  if (audio.readyState) audio.currentTime = time;
  else wanted = time;
  say("place");
}

// Whoever presses play hears a whole sentence.
export function play() {
  if (audio.paused && !audio.ended && audio.readyState && now()) seek(sentence()?.startTime ?? now());
  say("press");
  go();
}

export function go() {
  write("turn", Math.random()); // other tabs fall silent
  audio.play().catch(() => say("place"));
}

export const toggle = () => (audio.paused ? play() : audio.pause());

export function step(by) {
  const list = cues();
  if (!list.length) return seek(now() + by * 10);
  const at = list.indexOf(sentence());
  const back = by < 0 && now() > (list[at]?.startTime ?? 0) + 1;
  const cue = list[at + (back ? 0 : by)];
  if (cue || by < 0) seek(cue?.startTime ?? 0);
}

export function stepScene(by) {
  const starts = story.scenes.map(([start]) => start);
  const at = starts.indexOf(scene()?.[0]);
  const back = by < 0 && now() > starts[at] + 2;
  const start = starts[at + (back ? 0 : by)];
  if (start !== undefined || by < 0) seek(start ?? 0);
  return start !== undefined;
}

export function setRate(rate) {
  rate = Math.min(1.5, Math.max(0.7, Math.round(rate * 10) / 10)) || 1;
  choose("rate", rate);
  audio.defaultPlaybackRate = audio.playbackRate = rate;
  audio.preservesPitch = true;
}

// The start of the sentence is what is remembered; a story heard to its end is forgotten.
export function keep(time = sentence(audio.currentTime)?.startTime ?? audio.currentTime) {
  if (!story || !audio.readyState || wanted !== null) return;
  const { [story.url]: _, ...others } = read("places", {});
  const mine = { time, of: length(), title: story.title, thumb: story.thumb, when: Date.now() };
  const done = audio.ended || length() - audio.currentTime < 1;
  const rows = Object.entries(done || !time ? others : { ...others, [story.url]: mine });
  write("places", Object.fromEntries(rows.sort(([, a], [, b]) => b.when - a.when).slice(0, 30)));
}

on("loadedmetadata", () => {
  if (wanted) audio.currentTime = wanted;
  wanted = null;
});
on("pause ended", () => keep());
on("timeupdate", () => {
  if (Math.abs(audio.currentTime - kept) < 5 || audio.paused) return;
  kept = audio.currentTime;
  keep();
});
addEventListener("pagehide", () => keep());
onOtherTab("turn", () => audio.pause());
