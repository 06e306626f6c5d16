// What the player remembers: in this browser only, and of this site only.
export const root = new URL("../../../", import.meta.url);
const name = (key) => `${root.pathname}player.${key}`;

export function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name(key))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(name(key), JSON.stringify(value));
  } catch {} // a browser that keeps nothing still plays
}

export const onOtherTab = (key, act) =>
  addEventListener("storage", (event) => event.key === name(key) && act());

export const choice = { rate: 1, mark: "sentence", then: "stop", keys: true, ...read("choice") };

export function choose(key, value) {
  write("choice", { ...read("choice"), [key]: (choice[key] = value) });
}
