// The lock screen, the headset and the keys of the keyboard for media.
import { playNext } from "./queue.js";
import { audio, length, now, on, play, seek, stepScene, story } from "./sound.js";
import { root } from "./store.js";

const session = navigator.mediaSession;
const acts = {
  play,
  pause: () => audio.pause(),
  stop: () => audio.pause(),
  seekbackward: (detail) => seek(now() - (detail.seekOffset || 10)),
  seekforward: (detail) => seek(now() + (detail.seekOffset || 10)),
  seekto: (detail) => seek(detail.seekTime),
  previoustrack: () => stepScene(-1),
  nexttrack: () => stepScene(1) || playNext(),
};

function describe() {
  const { title, by: artist = "", series: album = "", art, url } = story;
  const artwork = art ? [{ src: new URL(url + art, root).href, sizes: "1400x1400", type: "image/jpeg" }] : [];
  session.metadata = new MediaMetadata({ title, artist, album, artwork });
}

function place() {
  const [duration, position] = [length(), now()];
  if (duration && position <= duration) session.setPositionState?.({ duration, position, playbackRate: audio.playbackRate });
}

if (session && self.MediaMetadata) {
  for (const [name, act] of Object.entries(acts))
    try {
      session.setActionHandler(name, act);
    } catch {} // an action this browser does not know
  on("story", describe);
  on("loadedmetadata seeked ratechange place", place);
  on("play pause", () => (session.playbackState = audio.paused ? "paused" : "playing"));
}
