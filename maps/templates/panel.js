// The side panel of one node, built when it is opened, and the list of hits. Text reaches the document by textContent only.
"use strict";
const Panel = (data, view, choose) => {
  const overview = document.getElementById("overview");
  const details = document.getElementById("details");
  const hits = document.getElementById("hits");

  const block = (b) => {
    const part = make("div", "block");
    if (b.head) part.append(make("h4")), part.lastChild.append(named(b.head));
    const list = make("dl");
    for (const [label, words] of b.rows) {
      const value = make("dd");
      value.append(named(words));
      list.append(make("dt", "", label), value);
    }
    part.append(list);
    return part;
  };

  const section = (s) => {
    const part = make("section");
    part.append(make("h3", "", s.title), ...s.blocks.map(block));
    return part;
  };

  // What is so on the day of the time axis; the rest of the panel is of the day that was asked about
  const then = (state, day) => {
    const part = make("section", "then");
    part.append(make("h3", "", data.labels.on_day.replace("{}", day)), block({ head: "", rows: state.rows }),
      make("p", "hint", data.labels.as_of_below.replace("{}", data.as_of)));
    return part;
  };
  const goal = (i) => {
    const told = data.target.list.find((c) => c.box === i);
    if (!told) return [];
    const part = make("section", "goal");
    part.append(make("h3", "", data.labels.goal_here), ...[told.said, ...told.parts].map((words) => {
      const line = make("p");
      line.append(named(words));
      return line;
    }));
    return [part];
  };

  let shown = "";
  const show = (i, day) => {
    const wanted = i === null ? "" : [i, view.now[i], view.aimed, view.then && day].join();
    if (wanted === shown) return;
    shown = wanted;
    overview.hidden = i !== null;
    details.hidden = i === null;
    details.replaceChildren();
    if (i === null) return;
    const p = data.panels[i], state = data.states[view.now[i]];
    const back = make("button", "back", "← " + data.labels.back);
    back.type = "button";
    back.addEventListener("click", () => choose(null, true));
    const name = make("h2");
    name.tabIndex = -1;
    name.append(named(p.node));
    const verdict = make("p", "verdict " + state.status);
    verdict.append(make("strong", "", (state.mark + " " + state.verdict).trim()));
    const flags = make("ul", "flags");
    flags.setAttribute("aria-label", data.labels.flags);
    state.flags.forEach((f) => flags.append(make("li", "", f)));
    details.append(back, name, verdict, ...(state.flags.length ? [flags] : []), ...(view.aimed ? goal(i) : []),
      ...(view.then && data.boxes[i].judged ? [then(state, day)] : []), ...p.sections.map(section));
  };

  // Arrow keys lead from the search field through the hits and back
  const list = (found) => {
    hits.replaceChildren();
    for (const i of found.slice(0, 12)) {
      const item = make("li");
      const button = make("button", "", "");
      button.type = "button";
      button.append(named((data.states[view.now[i]].mark + " " + data.panels[i].node).trim()));
      button.addEventListener("click", () => { list([]); choose(i, true); });
      item.append(button);
      hits.append(item);
    }
    hits.hidden = !found.length;
  };
  const step = (event) => {
    const all = [document.getElementById("search"), ...hits.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (hits.hidden || !all[at]) return;
    all[at].focus();
    event.preventDefault();
  };
  hits.parentElement.addEventListener("keydown", (event) => { if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event); });

  hits.parentElement.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !hits.parentElement.contains(event.relatedTarget)) list([]);
  });

  return { show, list, open: () => !hits.hidden };
};
