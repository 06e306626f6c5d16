// Which story comes after this one.
import { atEnd } from "./sleep.js";
import { go, load, on, story } from "./sound.js";
import { choice } from "./store.js";

export const after = () => (choice.then === "series" && story?.next.series) || story?.next.more;

export async function playNext(url = after()) {
  if (!url) return;
  const loaded = load({ url, title: "" }, 0);
  go(); // at once, while the browser still allows it
  await loaded;
}

on("ended", () => {
  const says = atEnd();
  const next = choice.then === "series" ? story.next.series : after();
  if (says === "go") playNext();
  else if (!says && choice.then !== "stop") playNext(next);
});
