// Turn the page, not the sound.
import { root } from "./base.js";

const PARTS = ["title", "[rel=canonical]", "link[rel=prev]", "link[rel=next]", "[data-md-component=skip]", ".ts-nav", ".md-container"];
let here = location.pathname;
let turns = 0;

// Addresses stay right on another page.
const settle = (doc, url) => {
  for (const node of doc.querySelectorAll("a, [rel=icon], [loading]"))
    for (const name of ["href", "src", "srcset"])
      if (node.hasAttribute(name))
        node.setAttribute(name, node.getAttribute(name).replace(/(^|, )([^#\s]\S*)/g, (all, start, at) => start + new URL(at, url)));
};
settle(document, location);

async function visit(url, isNew) {
  const turn = ++turns;
  const text = await fetch(url).then((reply) => reply.ok && reply.text()).catch(() => "");
  if (turn !== turns) return;
  if (!text) return location.assign(url);
  const page = new DOMParser().parseFromString(text, "text/html");
  settle(page, url);
  if (isNew) {
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", url);
  }
  here = location.pathname;
  for (const part of PARTS) {
    const next = page.querySelector(part) ?? "";
    const old = document.querySelector(part);
    old ? old.replaceWith(next) : document.head.append(next);
  }
  document.getElementById("ts-content").focus();
  document$.next();
  if (isNew && location.hash) location.replace(location.hash);
  else scrollTo({ top: history.state?.y ?? 0, behavior: "instant" });
}

export const visitLink = (rel) => visit(document.querySelector(`link[rel=${rel}]`)?.href ?? root, true);

addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!link.href.startsWith(root) || !link.pathname.endsWith("/") || link.pathname === location.pathname) return;
  event.preventDefault();
  visit(link.href, true);
});
addEventListener("popstate", () => location.pathname !== here && visit(location.href));
