// Today or the goals, on the same places: with the goals, what changes is ringed, named in its box, and listed.
"use strict";
const Side = (data, view, changed) => {
  const target = data.target, buttons = [...document.querySelectorAll("[data-side]")];
  if (!target) return { go: () => {}, read: () => {}, write: () => {}, show: () => {}, buttons };
  const aimed = data.now.slice();
  target.states.forEach(([i, state]) => { aimed[i] = state; });
  const title = document.getElementById("title").firstElementChild, today = title.textContent;

  const show = () => {
    buttons.forEach((b) => b.setAttribute("aria-pressed", String((b.dataset.side === "target") === view.aimed)));
    document.documentElement.dataset.side = view.aimed ? "target" : "today"; // what prints, and the legend of rings
    title.textContent = view.aimed ? target.title : today;
  };
  // The goals are set against the day that was asked about: the time axis goes back to it
  const go = (side) => {
    view.aimed = side === "target";
    if (view.aimed) view.now = aimed.slice();
    show();
    changed();
  };
  const read = (asked) => { if (asked.get("side") === "target") go("target"); else { view.aimed = false; show(); } };
  const write = (into) => { if (view.aimed) into.append("side", "target"); };
  return { go, read, write, show, buttons };
};
