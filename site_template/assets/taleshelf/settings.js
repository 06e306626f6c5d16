// A control with a name is a setting.
const dialog = document.getElementById("ts-settings");
const form = dialog.querySelector("form");
const named = [...form.elements].filter((control) => control.name);

function show() {
  taleshelf.show();
  document.dispatchEvent(new Event("taleshelf"));
}

function change(values) {
  Object.assign(taleshelf.settings, values);
  __md_set("settings", taleshelf.settings);
  show();
}

// A box without its tick.
const choose = (values) => change({ ...Object.fromEntries(named.map(({ name }) => [name, ""])), ...values });

function fill() {
  form.reset();
  for (const control of named) {
    const value = taleshelf.settings[control.name];
    if (!value) continue;
    if (/radio|box/.test(control.type)) control.checked = control.value === value;
    else control.value = value;
  }
}

document.querySelector("[data-settings]").onclick = () => {
  fill();
  dialog.showModal();
};
form.oninput = ({ target }) => {
  choose(Object.fromEntries(new FormData(form)));
  if (target.name === "bed") change({ since: 0 }); // this hour counts from now on
};
form.querySelector("[data-usual]").onclick = () => {
  choose();
  fill();
};
dialog.onclick = ({ target }) => {
  if (target === dialog) dialog.close();
};
document.querySelector(".ts-palette").onchange = ({ target }) => change({ light: target.value, since: Date.now() });

addEventListener("storage", () => {
  Object.assign(taleshelf.settings, __md_get("settings"));
  show();
  if (dialog.open) fill();
});
matchMedia("(prefers-color-scheme: dark)").onchange = show;
document.addEventListener("visibilitychange", show);
setInterval(show, 20_000); // the hour
