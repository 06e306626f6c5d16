// Read along: mark the sentence that is read, its word too where the voice gives the times, and keep it in sight.
import { audio, on, story, track } from "./sound.js";
import { choice } from "./store.js";

let cue = null;
let words = []; // [time, range]

export const isHere = (url = story?.url) => !!url && document.querySelector("[data-story]")?.dataset.story === url;
const spansOf = (id) => (isHere() ? [...document.querySelectorAll(`span[id="${id}"], span[data-s="${id}"]`)] : []);
const marked = () => document.querySelectorAll(".ts-read");
const isSeen = (node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

export function mark(active, isPressed) {
  const before = marked()[0];
  const follows = isPressed || (before ? isSeen(before) : active?.id === "s1");
  for (const span of marked()) span.classList.remove("ts-read");
  cue = active;
  words = [];
  CSS.highlights?.delete("ts-word");
  if (!cue || choice.mark === "nothing") return;
  const spans = spansOf(cue.id);
  for (const span of spans) span.classList.add("ts-read");
  if (spans[0] && follows) show(spans[0]);
  if (spans[0] && choice.mark === "word") words = findWords(cue, spans);
  if (words.length) markWord();
}

function show(span) {
  const { top, bottom } = span.getBoundingClientRect();
  const dock = document.getElementById("ts-dock").offsetHeight;
  if (top < 80 || bottom > innerHeight - dock - 40) span.scrollIntoView({ block: "center" });
}

function findWords(cue, spans) {
  const found = [];
  const nodes = spans.flatMap((span) => [...span.childNodes].flatMap(textsOf));
  let [time, node, place] = [cue.startTime, 0, 0];
  for (const part of cue.getCueAsHTML().childNodes) {
    if (part.nodeType === Node.PROCESSING_INSTRUCTION_NODE) {
      const [h, m, s] = part.data.split(":");
      time = h * 3600 + m * 60 + +s;
      continue;
    }
    const word = part.data?.trim();
    for (let n = node; word && n < nodes.length; n++) {
      const at = nodes[n].data.indexOf(word, n === node ? place : 0);
      if (at < 0) continue;
      const range = new Range();
      range.setStart(nodes[n], at);
      range.setEnd(nodes[n], (place = at + word.length));
      node = n;
      found.push([time, range]);
      break;
    }
  }
  return found.length > 1 ? found : [];
}

const textsOf = (node) => (node.nodeType === Node.TEXT_NODE ? [node] : [...node.childNodes].flatMap(textsOf));

function markWord() {
  const word = words.findLast(([time]) => time <= audio.currentTime + 0.02);
  if (word) CSS.highlights?.set("ts-word", new Highlight(word[1]));
  if (words.length && !audio.paused) requestAnimationFrame(markWord);
}

export const again = () => mark(cue, false);

on("story", () => {
  if (track.oncuechange) return;
  mark(null);
  const mine = track.track;
  track.oncuechange = () => {
    const [active] = mine.activeCues;
    if (mine === track.track && (active || audio.seeking)) mark(active ?? null, audio.seeking);
  };
});
on("play", () => mark(cue, true));
on("ended", () => mark(null));
