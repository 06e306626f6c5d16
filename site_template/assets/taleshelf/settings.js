// The dialog of the reading settings: a control with a name is a setting. See settings.html, and first.js, which shows
// them. When they change, the document hears an event, "taleshelf".
const dialog = document.getElementById("ts-settings");
const form = dialog.querySelector("form");
const named = [...form.elements].filter((control) => control.name);

function show() {
  taleshelf.show();
  document.dispatchEvent(new Event("taleshelf"));
}

function take(settings) {
  for (const name in taleshelf.settings) document.documentElement.removeAttribute(`data-ts-${name}`);
  taleshelf.settings = settings;
  show();
}

function change(values) {
  take({ ...taleshelf.settings, ...values });
  __md_set("settings", taleshelf.settings);
}

// A box that is not ticked is no setting, and neither is anything when all shall be as it was.
const choose = (values) => change({ ...Object.fromEntries(named.map(({ name }) => [name])), ...values });

function fill() {
  form.reset();
  for (const control of named) {
    const value = taleshelf.settings[control.name];
    if (value == null) continue;
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
  if (target.name === "bed") change({ since: 0 }); // an hour that was just set counts from now on
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
  take(__md_get("settings") ?? {});
  if (dialog.open) fill();
});
matchMedia("(prefers-color-scheme: dark)").onchange = show;
document.addEventListener("visibilitychange", show);
setInterval(show, 20_000); // the hour
