// The side panel and the list of hits. Text reaches the document by textContent only.
"use strict";
const make = (tag, name, words) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  return element;
};

const Panel = (data, choose) => {
  const overview = document.getElementById("overview");
  const details = document.getElementById("details");
  const hits = document.getElementById("hits");

  const named = (words) => {
    const isolated = make("bdi", "", words);
    isolated.dir = "auto";
    return isolated;
  };

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

  const show = (i) => {
    overview.hidden = i !== null;
    details.hidden = i === null;
    details.replaceChildren();
    if (i === null) return;
    const p = data.panels[i];
    const back = make("button", "back", "← " + data.labels.back);
    back.type = "button";
    back.addEventListener("click", () => choose(null));
    const name = make("h2");
    name.append(named(p.node));
    const verdict = make("p", "verdict " + p.status);
    verdict.append(make("strong", "", (p.mark + " " + p.verdict).trim()));
    const flags = make("ul", "flags");
    flags.setAttribute("aria-label", data.labels.flags);
    p.flags.forEach((f) => flags.append(make("li", "", f)));
    details.append(back, name, verdict, ...(p.flags.length ? [flags] : []), ...p.sections.map(section));
    document.getElementById("panel").scrollTop = 0;
  };

  const list = (found) => {
    hits.replaceChildren();
    for (const i of found.slice(0, 12)) {
      const item = make("li");
      const button = make("button", "", "");
      button.type = "button";
      button.append(named((data.panels[i].mark + " " + data.panels[i].node).trim()));
      button.addEventListener("click", () => choose(i));
      item.append(button);
      hits.append(item);
    }
    hits.hidden = !found.length;
  };

  return { show, list };
};
