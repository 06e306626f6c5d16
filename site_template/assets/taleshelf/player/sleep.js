// The sleep timer runs on what is heard, not on the clock of the wall, and begins anew with every press of play.
import { audio, cues, keep, on, seek, sentence } from "./sound.js";

let [seconds, left, stories, told] = [0, 0, 0, 0];
let last = 0;
let faded = null; // where the fading began

export const FADE = 20;
export const state = () => (stories ? { stories: stories - told } : seconds ? { left } : {});
const changed = () => audio.dispatchEvent(new Event("sleep"));

export function arm(time, count = 0) {
  [seconds, left, stories, told] = [time, time, count, 0];
  wake();
  changed();
}

function wake() {
  faded = null;
  if (audio.volume < 1) audio.volume = 1;
}

// Some systems leave the volume to the buttons of the device.
function canFade() {
  const before = audio.volume;
  audio.volume = before > 0.5 ? before - 0.01 : before + 0.01;
  const can = audio.volume !== before;
  audio.volume = before;
  return can;
}

// What the end of a story means: "stop", "go", or nothing when the reader's own choice decides.
export function atEnd() {
  if (!stories) return "";
  changed();
  return ++told < stories ? "go" : "stop";
}

function stop(place) {
  audio.pause();
  left = 0;
  seek(place);
  keep(place);
  wake();
  changed();
}

on("press", () => {
  [left, told] = [seconds, told < stories ? told : 0];
  wake();
  changed();
});
on("timeupdate", () => {
  const passed = (audio.currentTime - last) / audio.playbackRate;
  last = audio.currentTime;
  if (!seconds || audio.paused || passed <= 0 || passed > 3) return;
  left -= passed;
  changed();
  const fade = Math.min(FADE, seconds / 3);
  if (left < fade && (faded !== null || canFade())) {
    faded ??= sentence()?.startTime ?? last;
    audio.volume = Math.max(0, Math.min(1, left / fade));
    if (left <= 0) stop(faded);
  } else if (left <= 0) {
    const ending = cues().findLast((cue) => cue.endTime <= last + 0.05 && cue.endTime > last - 0.6);
    if (ending || !cues().length || left < -30) stop(ending?.startTime ?? last);
  }
});
