// What the side panel says of the whole map: gaps and unknown nodes of the day, or what changes for the goals; and the
// numbers of the legend.
"use strict";
// What maps/packing.py packed: a negative number is a text
const unpack = ({ keys, rows, words }) => {
  const whole = (value) => (Array.isArray(value) ? value.map(whole) : typeof value === "number" && value < 0 ? words[-1 - value] : value);
  return rows.map((row) => Object.fromEntries(row.map((value, k) => [keys[k], whole(value)])));
};
const make = (tag, name, words) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  return element;
};
// A name keeps to itself, whichever way it is written
const named = (words) => {
  const isolated = make("bdi", "", words);
  isolated.dir = "auto";
  return isolated;
};

const Lists = (data, view, choose) => {
  const lists = document.getElementById("lists");
  const state = (i) => data.states[view.now[i]];
  const all = data.boxes.map((_, i) => i);

  const entry = (i, kind, mark, built, words) => {
    const item = make("li"), button = make("button", kind), sign = make("span", "mark", mark);
    button.type = "button";
    button.dataset.box = String(i);
    if (built) sign.append(make("i", "", built));
    const name = make("b");
    name.append(named(data.panels[i].node));
    button.append(sign, name, make("small", "", words));
    item.append(button);
    return item;
  };
  const list = (name, items) => { const ul = make("ul", name); ul.append(...items); return ul; };

  const gaps = () => {
    const found = all.filter((i) => state(i).words).sort((a, b) => state(a).order - state(b).order || a - b);
    const built = (i) => (state(i).ring ? data.built : "");
    return [make("h2", "", found.length ? data.labels.gaps + " " + found.length : data.labels.no_gaps),
      list("gaps", found.map((i) => entry(i, state(i).status, state(i).mark.replace(data.built, ""), built(i), state(i).words)))];
  };
  const unknown = () => {
    const found = all.filter((i) => state(i).status === "unknown");
    if (!found.length) return [];
    const name = (i) => {
      const item = make("li"), button = make("button");
      button.type = "button";
      button.dataset.box = String(i);
      button.append(named(data.panels[i].node));
      item.append(button);
      return item;
    };
    return [make("h3", "", data.labels.unknowns + " " + found.length), list("names", found.map(name))];
  };
  const aims = () => [make("h2", "", data.target.list.length ? data.labels.changes + " " + data.target.list.length : data.labels.no_changes),
    list("gaps aims", data.target.list.map((c) => entry(c.box, "ring-" + c.ring, "◎", "", [c.said, ...c.parts].join(" · "))))];

  let shown = data.now.join(); // what the document was written with
  const show = () => {
    const wanted = (view.aimed ? "aimed " : "") + view.now.join();
    if (wanted === shown) return;
    shown = wanted;
    lists.replaceChildren(...(view.aimed ? aims() : [...gaps(), ...unknown()]));
    const count = (key) => all.filter((i) => state(i).status === key).length;
    document.querySelectorAll("[data-status]").forEach((b) => { b.querySelector("b").textContent = count(b.dataset.status); });
  };

  lists.addEventListener("click", (event) => {
    const button = event.target.closest("[data-box]");
    if (button) choose(Number(button.dataset.box), true);
  });
  return { show };
};
