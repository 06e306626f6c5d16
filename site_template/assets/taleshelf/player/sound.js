// The sound. "story", "place", "press" and "sleep" are events of our own.
import { choice, choose, onOtherTab, read, root, write } from "./base.js";

export const audio = document.createElement("audio");
audio.preload = "none";
export let story; // { url, title, seconds, scenes, next ... }: listen.json
export let track;
let wanted = null; // where to go as soon as the sound is there
let kept = 0;

export const say = (what) => audio.dispatchEvent(new Event(what));
export const on = (whats, act) => whats.split(" ").map((what) => audio.addEventListener(what, act));
export const now = () => wanted ?? audio.currentTime;
export const length = () => audio.duration || story.seconds || 0;
export const cues = () => [...(track?.track.cues ?? [])];
export const sentence = () => cues().findLast((cue) => cue.startTime < now() + 0.05);
export const scene = () => story.scenes.findLast(([start]) => start < now() + 0.05);

export async function load(one, from) {
  keep();
  const mine = (story = { scenes: [], next: {}, ...one });
  const folder = root + one.url;
  wanted = from ?? read("places")[one.url]?.time ?? 0;
  track = document.createElement("track");
  Object.assign(track, { kind: "metadata", src: folder + "narration.vtt" });
  audio.replaceChildren(track);
  track.track.mode = "hidden";
  audio.src = one.sound ?? `${folder}${one.url.split("/").slice(1, 4).join("-")}.mp3`; // in the store, or here
  setRate(choice.rate);
  say("story");
  Object.assign(mine, await fetch(folder + "listen.json").then((reply) => reply.json()).catch(() => {}));
  if (mine === story) say("story");
}

export function seek(time) {
  time = Math.max(0, Math.min(time, (length() || 1e5) - 0.1));
  if (audio.readyState) audio.currentTime = time;
  else wanted = time;
  say("place");
}

// Play begins with a whole sentence.
export function play() {
  if (audio.paused && audio.readyState && !audio.ended) seek(sentence()?.startTime ?? now());
  say("press");
  go();
}

export function go() {
  write("turn", Math.random()); // other tabs fall silent
  audio.play().catch(() => say("place"));
}

export const toggle = () => (audio.paused ? play() : audio.pause());

// Back leads to the start of a part first.
function jump(starts, by) {
  const at = starts.findLastIndex((start) => start < now() + 0.05);
  const to = starts[by < 0 && now() > starts[at] + 1 ? at : at + by];
  if (to >= 0 || by < 0) seek(to ?? 0);
  return to >= 0;
}

export const step = (by) => jump(cues().map((cue) => cue.startTime), by);
export const stepScene = (by) => jump(story.scenes.map(([start]) => start), by);

export function setRate(rate) {
  choose("rate", Math.min(1.5, Math.max(0.7, Math.round(rate * 10) / 10)));
  audio.defaultPlaybackRate = audio.playbackRate = choice.rate;
}

// Heard to its end: forgotten.
export function keep(time = sentence()?.startTime ?? now()) {
  if (!story || wanted !== null || !now()) return;
  const { url, title, thumb, sound } = story;
  const { [url]: _, ...others } = read("places");
  const places = length() - now() < 1 ? others : { [url]: { time, of: length(), title, thumb, sound }, ...others };
  write("places", Object.fromEntries(Object.entries(places).slice(0, 30)));
}

on("loadedmetadata", () => {
  if (wanted) audio.currentTime = wanted;
  wanted = null;
});
on("pause", () => keep());
on("timeupdate", () => {
  if (audio.paused || Math.abs(now() - kept) < 5) return;
  kept = now();
  keep();
});
addEventListener("pagehide", () => keep());
onOtherTab("turn", () => audio.pause());
