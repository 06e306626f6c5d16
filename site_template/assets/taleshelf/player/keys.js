// The keys, and those of the lock screen.
import { at, choice, choose, make } from "./base.js";
import { close, dock, panel, setTimer, timer } from "./dock.js";
import { playNext } from "./end.js";
import { audio, length, now, on, play, seek, setRate, step, stepScene, story, toggle } from "./sound.js";
import { open, stage } from "./stage.js";
import { visitLink } from "./turn.js";

const ahead = (time) => seek(now() + time);

function nextTimer() {
  timer.selectedIndex = (timer.selectedIndex + 1) % timer.length;
  setTimer(timer.value);
}

const KEYS = [
  ["Space", "Play or pause", toggle],
  ["Left", "Previous sentence", () => step(-1)],
  ["Right", "Next sentence", () => step(1)],
  ["Shift Left", "Previous scene", () => stepScene(-1)],
  ["Shift Right", "Next scene", () => stepScene(1)],
  ["J", "Ten seconds back", () => ahead(-10)],
  ["L", "Ten seconds on", () => ahead(10)],
  ["-", "Slower", () => setRate(choice.rate - 0.1)],
  ["+", "Faster", () => setRate(choice.rate + 0.1)],
  ["T", "Sleep timer", nextTimer],
  ["V", "Pictures, full screen", () => open()],
  ["M", "Sound off or on", () => (audio.muted = !audio.muted)],
  ["O", "One more story", () => playNext()],
  ["N", "The night before", () => visitLink("next")],
  ["P", "The night after", () => visitLink("prev")],
  ["X", "Close the player", close],
  ["?", "This list", () => panel.togglePopover((list.open = true))],
];

const box = make("input", { type: "checkbox", checked: choice.keys, onchange: () => choose("keys", box.checked) });
const rows = KEYS.map(([key, what]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, what)));
const list = make("details", {}, make("summary", {}, "Keys"), make("label", {}, "Use these keys", box), make("table", {}, ...rows));
panel.append(list);

addEventListener("keydown", (event) => {
  const { key, target, shiftKey } = event;
  if (dock.hidden || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (key === "Escape" && !panel.matches(":popover-open") && !stage.hidden) open(false);
  if (!choice.keys || target.closest("input, select, textarea") || (key === " " && target.closest("button, a, summary"))) return;
  const name = key === " " ? "Space" : key.replace("Arrow", shiftKey ? "Shift " : "");
  const row = KEYS.find(([one]) => one.toUpperCase() === name.toUpperCase());
  if (!row) return;
  event.preventDefault();
  row[2]();
}, true);

const session = navigator.mediaSession;
if (session) {
  const acts = {
    play,
    pause: () => audio.pause(),
    seekbackward: () => ahead(-10),
    seekforward: () => ahead(10),
    seekto: ({ seekTime }) => seek(seekTime),
    previoustrack: () => stepScene(-1),
    nexttrack: () => stepScene(1) || playNext(),
  };
  for (const name in acts) session.setActionHandler(name, acts[name]);
  on("story", () => {
    const { title, by: artist, series: album, art, url } = story;
    const artwork = art ? [{ src: at(art, url), sizes: "1400x1400", type: "image/jpeg" }] : [];
    session.metadata = new MediaMetadata({ title, artist, album, artwork });
  });
  on("loadedmetadata seeked ratechange", () =>
    session.setPositionState({ duration: length(), position: Math.min(now(), length()), playbackRate: choice.rate }),
  );
}
