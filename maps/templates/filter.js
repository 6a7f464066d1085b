// What is left of the boxes: search, verdict, lane, pipeline and the gap-only view. Between kinds all must hold, within
// a kind any. The kinds are those of the address too: see link.js.
"use strict";
const Filter = (data, view, changed) => {
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const reset = document.getElementById("reset");
  const gapsOnly = document.getElementById("gaps-only");
  const lane = (i) => String(data.boxes[i].lane);
  const kinds = { v: "status", lane: "lane", pipe: "pipe" };
  const picked = { v: new Set(), lane: new Set(), pipe: new Set() };
  const buttons = (kind) => [...document.querySelectorAll("[data-" + kinds[kind] + "]")];
  const key = (kind, button) => button.dataset[kinds[kind]];
  let gaps = false, index = null;

  const state = (i) => data.states[view.now[i]];
  const words = () => search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);

  // Name, firms, projects and all else the panel says; made when somebody searches first
  const told = (i) => {
    index = index || data.panels.map((p) => [p.node, ...p.sections.flatMap((s) =>
      s.blocks.flatMap((b) => [b.head, ...b.rows.map((r) => r[1])]))].join("\n").toLowerCase());
    const s = state(i);
    return index[i] + "\n" + [s.verdict, ...s.flags].join("\n").toLowerCase();
  };

  // Gaps, and what they feed
  const around = () => {
    const gap = (i) => data.gaps.includes(state(i).status);
    const near = new Set(data.boxes.map((_, i) => i).filter(gap));
    for (const r of data.routes) if (gap(r.from)) near.add(r.to);
    return near;
  };

  const active = () => words().length > 0 || gaps || Object.values(picked).some((set) => set.size > 0);

  // Numbers of the boxes that are left
  const found = () => {
    const asked = words(), near = gaps ? around() : null;
    return data.boxes.map((_, i) => i).filter((i) =>
      (!picked.v.size || picked.v.has(state(i).status)) && (!picked.lane.size || picked.lane.has(lane(i))) &&
      (!picked.pipe.size || state(i).pipe.some((p) => picked.pipe.has(p))) && (!near || near.has(i)) &&
      asked.every((word) => told(i).includes(word)));
  };

  // What a search leads to: names that are it, begin with it, hold it; then what else speaks of it
  const ranked = () => {
    const asked = words().join(" ");
    const far = (i) => {
      const at = told(i).split("\n", 1)[0].indexOf(asked);
      return at < 0 ? 3 : at > 0 ? 2 : told(i).split("\n", 1)[0] === asked ? 0 : 1;
    };
    return found().sort((one, other) => far(one) - far(other) || one - other);
  };

  const show = () => {
    for (const kind in kinds) buttons(kind).forEach((b) => b.setAttribute("aria-pressed", String(picked[kind].has(key(kind, b)))));
    gapsOnly.setAttribute("aria-pressed", String(gaps));
    reset.disabled = !active();
    const left = found();
    status.textContent = active() ? data.labels.left.replace("{}", left.length).replace("{}", data.boxes.length) : "";
    return left;
  };

  const clear = () => {
    Object.values(picked).forEach((set) => set.clear());
    gaps = false;
    search.value = "";
  };

  // To and from the address: lanes by name, so that a link outlives a lane that is put in before
  const names = (kind) => new Map(buttons(kind).map((b) => [kind === "lane" ? b.textContent : key(kind, b), key(kind, b)]));
  const read = (asked) => {
    clear();
    search.value = asked.get("q") || "";
    gaps = asked.get("gaps") === "1";
    for (const kind in kinds) {
      const known = names(kind);
      asked.getAll(kind).forEach((name) => { if (known.has(name)) picked[kind].add(known.get(name)); });
    }
  };
  const write = (into) => {
    if (search.value.trim()) into.append("q", search.value.trim());
    for (const kind in kinds) for (const [name, value] of names(kind)) if (picked[kind].has(value)) into.append(kind, name);
    if (gaps) into.append("gaps", "1");
  };

  for (const kind in kinds) buttons(kind).forEach((button) => button.addEventListener("click", () => {
    const set = picked[kind], value = key(kind, button);
    if (!set.delete(value)) set.add(value);
    changed();
  }));
  gapsOnly.addEventListener("click", () => { gaps = !gaps; changed(); });
  reset.addEventListener("click", () => { clear(); changed(); document.getElementById("map").focus(); });

  return { active, found, ranked, show, clear, read, write, words };
};
