// Sleep, or another story.
import { choice } from "./base.js";
import { audio, cues, go, keep, load, on, say, seek, sentence, story } from "./sound.js";

const FADE = 20;
let seconds = 0;
let stories = 0;
let last = 0;
let quiet = null; // the sentence with which the fading began
export let left = 0;
export let leftStories = 0;

export function arm(time, count) {
  [seconds, stories] = [time, count];
  restart();
}

function restart() {
  [left, leftStories, quiet] = [seconds, stories, null];
  if (audio.volume < 1) audio.volume = 1;
  say("sleep");
}

// Some devices keep the volume to themselves.
function canFade() {
  audio.volume = 0.99;
  return audio.volume < 1;
}

function sleep(time) {
  audio.pause();
  seek(time);
  keep(time);
  restart();
}

export async function playNext(url = (choice.then === "series" && story.next.series) || story.next.more) {
  if (!url) return;
  const loaded = load({ url, title: "", sound: story.sounds?.[url] }, 0);
  go(); // at once, while the browser still allows it
  await loaded;
}

on("press", restart);
on("timeupdate", () => {
  const now = audio.currentTime;
  const heard = (now - last) / audio.playbackRate;
  last = now;
  if (!seconds || audio.paused || heard <= 0 || heard > 3) return;
  left -= heard;
  const fade = Math.min(FADE, seconds / 3);
  if (left < fade && (quiet !== null || canFade())) {
    quiet ??= sentence()?.startTime ?? now;
    audio.volume = Math.max(0, left / fade);
    if (left <= 0) sleep(quiet);
  } else if (left <= 0) {
    const ended = cues().find((cue) => cue.endTime <= now && cue.endTime > now - 0.6);
    if (ended || !cues().length) sleep(ended?.startTime ?? now);
  }
  say("sleep");
});
on("ended", () => {
  keep();
  if (stories ? --leftStories > 0 : choice.then === "more") playNext();
  else if (!stories && choice.then === "series") playNext(story.next.series ?? "");
  say("sleep");
});
