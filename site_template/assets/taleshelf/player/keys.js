// The keyboard, while the player is there; what each key does is listed in its panel.
import { close, dock, panel, setTimer, timer } from "./dock.js";
import { make } from "./make.js";
import { playNext } from "./queue.js";
import { audio, now, seek, setRate, step, stepScene, toggle } from "./sound.js";
import { isOpen, open } from "./stage.js";
import { choice, choose } from "./store.js";

function nextTimer() {
  timer.selectedIndex = (timer.selectedIndex + 1) % timer.length;
  setTimer(timer.value);
}

// Key, what it says, what it does. A key with Shift is written with an upper arrow.
const KEYS = [
  [[" ", "k"], "Space or K", "Play or pause", toggle],
  [["ArrowLeft"], "←", "Previous sentence", () => step(-1)],
  [["ArrowRight"], "→", "Next sentence", () => step(1)],
  [["⇧ArrowLeft"], "Shift ←", "Previous scene", () => stepScene(-1)],
  [["⇧ArrowRight"], "Shift →", "Next scene", () => stepScene(1)],
  [["j"], "J", "Ten seconds back", () => seek(now() - 10)],
  [["l"], "L", "Ten seconds on", () => seek(now() + 10)],
  [["-"], "−", "Slower", () => setRate(audio.playbackRate - 0.1)],
  [["+", "="], "+", "Faster", () => setRate(audio.playbackRate + 0.1)],
  [["t"], "T", "Sleep timer", nextTimer],
  [["v"], "V", "Pictures, full screen", () => open()],
  [["m"], "M", "Sound off or on", () => (audio.muted = !audio.muted)],
  [["o"], "O", "One more story", () => playNext()],
  [["x"], "X", "Close the player", close],
  [["?"], "?", "This list", () => panel.togglePopover()],
];

const rows = KEYS.map(([, key, what]) =>
  make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, what)),
);
const box = make("input", { type: "checkbox", checked: choice.keys, onchange: () => choose("keys", box.checked) });
const list = make("details", {}, make("summary", {}, "Keys"), make("label", {}, "Use these keys", box), make("table", {}, ...rows));
panel.append(list);

addEventListener("keydown", (event) => {
  if (dock.hidden || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && isOpen() && !panel.matches(":popover-open")) return open(false);
  const at = event.target;
  if (!choice.keys || at.closest?.("input, select, textarea, [contenteditable]")) return;
  if (event.key === " " && at.closest?.("button, a, summary, audio")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : (event.shiftKey ? "⇧" : "") + event.key;
  const row = KEYS.find(([keys]) => keys.includes(key));
  if (!row) return;
  event.preventDefault();
  if (key === "?") list.open = true;
  row[3]();
});
