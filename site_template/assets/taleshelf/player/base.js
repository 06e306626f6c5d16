// Memory and elements.
export const root = __md_scope.href;
export const at = (file, story) => new URL(file, root + story).href;
const name = (key) => `player.${key}`;
export const read = (key) => __md_get(name(key)) ?? {};
export const write = (key, value) => __md_set(name(key), value);
export const onOtherTab = (key, act) => addEventListener("storage", (event) => event.key === __md_scope.pathname + name(key) && act());
export const choice = { rate: 1, mark: "sentence", then: "", keys: true, ...read("choice") };
export const choose = (key, value) => write("choice", { ...read("choice"), [key]: (choice[key] = value) });

export function make(tag, values, ...inside) {
  const node = document.createElement(tag);
  for (const key in values) key in node ? (node[key] = values[key]) : node.setAttribute(key, values[key]);
  node.append(...inside);
  return node;
}

// One of icons.svg.
export const draw = (use, icon) => use.setAttribute("href", new URL(`icons.svg#${icon}`, import.meta.url));
export function button(icon, values, ...inside) {
  const node = make("button", values);
  node.innerHTML = '<svg class="ts-icon" aria-hidden="true"><use /></svg>';
  draw(node.querySelector("use"), icon);
  node.append(...inside);
  return node;
}

export const clock = (time) => `${Math.floor(time / 60)}:${`${Math.floor(time % 60)}`.padStart(2, "0")}`;
