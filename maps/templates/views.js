// The other views in the place of the map: they stand in templates at the end of the page until somebody asks for them.
"use strict";
const Views = (changed) => {
  const root = document.documentElement, holder = document.getElementById("views");
  const buttons = [...document.querySelectorAll("[data-view]")].filter((e) => e !== root);
  let shown = "map";

  const fill = () => {
    const drawn = document.getElementById("view-" + shown);
    holder.replaceChildren(...(drawn ? [drawn.content.cloneNode(true)] : []));
    holder.scrollTop = 0;
  };
  const go = (key) => {
    if (key === shown) return;
    shown = key;
    root.dataset.view = key;
    holder.hidden = key === "map";
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === key)));
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", fill, { once: true }); else fill();
  };
  buttons.forEach((button) => button.addEventListener("click", () => { go(button.dataset.view); changed(); }));

  const read = (asked) => go(buttons.some((b) => b.dataset.view === asked.get("view")) ? asked.get("view") : "map");
  const write = (into) => { if (shown !== "map") into.append("view", shown); };
  return { go, read, write };
};
