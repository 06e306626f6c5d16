// Mark what is read.
import { choice } from "./base.js";
import { audio, on, story, track } from "./sound.js";

let cue = null;
let words = []; // [time, range]

export const isHere = (url) => document.querySelector("[data-story]")?.dataset.story === url;
const isBetween = (node, top, bottom) => {
  const box = node.getBoundingClientRect();
  return box.bottom > top && box.top < bottom;
};

function mark(active, isPressed) {
  const before = document.querySelectorAll(".ts-read");
  const follows = isPressed || (before[0] ? isBetween(before[0], 0, innerHeight) : active?.id === "s1");
  for (const span of before) span.classList.remove("ts-read");
  CSS.highlights?.delete("ts-word");
  [cue, words] = [active, []];
  if (!cue || !choice.mark || !isHere(story.url)) return;
  const spans = [...document.querySelectorAll(`span[id="${cue.id}"], [data-s="${cue.id}"]`)];
  for (const span of spans) span.classList.add("ts-read");
  const room = innerHeight - document.getElementById("ts-dock").offsetHeight;
  if (spans[0] && follows && !isBetween(spans[0], 110, room - 60)) spans[0].scrollIntoView({ block: "center" });
  if (choice.mark === "word") findWords(spans);
  markWord();
}

function findWords(spans) {
  const texts = spans.flatMap((span) => [...span.childNodes]).flatMap((node) => (node.data ? node : [...node.childNodes]));
  let time = cue.startTime;
  let place = 0;
  for (const part of cue.getCueAsHTML().childNodes) {
    const word = part.data.trim();
    if (part.target) time = word.split(":").reduce((sum, n) => sum * 60 + +n, 0);
    else {
      while (texts[0] && !texts[0].data?.includes(word, place)) place = texts.shift() && 0;
      if (!texts[0] || !word) continue;
      const range = new Range();
      range.setStart(texts[0], texts[0].data.indexOf(word, place));
      range.setEnd(texts[0], (place = range.startOffset + word.length));
      words.push([time, range]);
    }
  }
}

function markWord() {
  const word = words.length > 1 && words.findLast(([time]) => time <= audio.currentTime);
  if (word) CSS.highlights?.set("ts-word", new Highlight(word[1]));
  if (word && !audio.paused) requestAnimationFrame(markWord);
}

export const again = () => mark(cue);

on("story", () => {
  if (track.oncuechange) return;
  mark(null);
  const mine = track.track;
  track.oncuechange = () => {
    const [active] = mine.activeCues;
    if (mine === track.track && (active || audio.seeking)) mark(active, audio.seeking);
  };
});
on("play", () => mark(cue, true));
on("ended", () => mark(null));
