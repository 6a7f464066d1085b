// Glue: vis-network moves and zooms the canvas and tells which box is meant. What is shown is in `view`; each part of the
// page changes it and calls `refresh`, which draws, lists and writes the address.
"use strict";
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  data.states = unpack(data.states);
  const byId = (id) => document.getElementById(id);
  const holder = byId("map"), search = byId("search"), spoken = byId("spoken"), aside = byId("aside");
  const boxes = data.boxes;
  // now: the state of every box; then: a day before the one that was asked about; aimed: the goals; changed: boxes that
  // changed on the day
  const view = { now: data.now.slice(), day: 0, then: false, aimed: false, changed: new Set() };
  const draw = Draw(data, view);
  let moved = false, started = false, later = 0;

  const nodes = data.network.nodes.map((n) => ({ ...n, ctxRenderer: draw.renderer(n.id) }));
  const network = new vis.Network(holder, { nodes, edges: data.network.edges }, data.network.options);

  const middle = { x: data.width / 2, y: data.height / 2 };
  const fitting = () => Math.min(holder.clientWidth / (data.width + 24), holder.clientHeight / (data.height + 24), 1.6);

  const size = () => holder.clientWidth + " " + holder.clientHeight;
  let sized = "";

  const drawn = () => root.dataset.ready === "1"; // until then vis-network draws by itself, and each time more costs a frame

  const whole = () => {
    moved = false;
    sized = size();
    network.setSize("100%", "100%"); // first: vis-network scales the view itself when its canvas changes size
    network.moveTo({ position: middle, scale: fitting() });
  };

  // Until somebody moves it the whole map is shown; vis-network fits the bare boxes, at a time of its own
  const settled = () => {
    const at = network.getViewPosition();
    return moved || (Math.abs(network.getScale() - fitting()) < 1e-3 && Math.abs(at.x - middle.x) + Math.abs(at.y - middle.y) < 2);
  };

  const reveal = (i) => {
    const b = boxes[i], scale = network.getScale(), at = network.getViewPosition();
    const wide = holder.clientWidth / scale / 2, high = holder.clientHeight / scale / 2;
    const x = b.x + b.w / 2, y = b.y + b.h / 2;
    if (Math.abs(x - at.x) > wide - b.w / 2 || Math.abs(y - at.y) > high - b.h / 2) {
      moved = true;
      network.moveTo({ position: { x, y } });
    }
  };

  const filter = Filter(data, view, () => refresh());
  const panel = Panel(data, view, choose);
  const lists = Lists(data, view, choose);
  const time = Time(data, view, () => refresh());
  const side = Side(data, view, () => refresh());
  const theme = Theme(data, () => refresh());
  const views = Views(() => refresh());
  const link = Link(data, apply);

  function refresh() {
    if (!started) return;
    const left = filter.show();
    draw.look.shown = filter.active() ? new Set(left) : null;
    lists.show();
    panel.show(draw.look.chosen, time.day());
    side.show();
    if (!time.playing()) address();
    if (drawn()) network.redraw();
  }

  // `heard`: it came from a list or a button, so the eyes and the keyboard go to the panel
  function choose(i, heard) {
    const before = draw.look.chosen;
    draw.look.chosen = i;
    refresh();
    if (i !== null) {
      reveal(i);
      spoken.textContent = data.panels[i].node + " " + data.states[view.now[i]].verdict;
      if (i !== before) byId("panel").scrollTop = 0;
      if (heard) document.querySelector("#details h2").focus();
    } else if (heard) {
      (document.querySelector("#lists [data-box='" + before + "']") || holder).focus();
    }
  }

  // Not at every step of a slider that is dragged: browsers refuse that
  const address = () => { clearTimeout(later); later = setTimeout(addressed, 150); };
  const addressed = () => {
    const asked = new URLSearchParams();
    [filter, time, side, views, theme].forEach((part) => part.write(asked));
    if (document.body.classList.contains("wide")) asked.append("panel", "0");
    link.write(draw.look.chosen, asked);
  };

  function apply({ node, asked, lost }) {
    started = false;
    [filter, time, side, views, theme].forEach((part) => part.read(asked));
    panelShown(asked.get("panel") !== "0");
    started = true;
    choose(node);
    if (lost) byId("status").textContent = data.labels.no_node.replace("{}", lost);
  }

  const panelShown = (shown) => {
    document.body.classList.toggle("wide", !shown);
    aside.textContent = shown ? data.labels.hide_panel : data.labels.show_panel;
    aside.setAttribute("aria-expanded", String(shown));
  };

  const sift = () => { refresh(); panel.list(filter.words().length ? filter.ranked() : []); };
  const zoom = (factor) => { moved = true; network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)) }); };

  // The nearest box that way; what lies aside counts double, and what is filtered out is passed over
  const step = (dx, dy) => {
    const open = (i) => !draw.look.shown || draw.look.shown.has(i);
    const first = boxes.findIndex((_, i) => open(i)), chosen = draw.look.chosen;
    if (first < 0) return;
    if (chosen === null) { choose(first); return; }
    const from = boxes[chosen];
    let best = null, least = Infinity;
    boxes.forEach((b, i) => {
      const x = b.x + b.w / 2 - from.x - from.w / 2, y = b.y + b.h / 2 - from.y - from.h / 2;
      const ahead = x * dx + y * dy, off = Math.abs(x * dy) + Math.abs(y * dx);
      if (open(i) && ahead > 1 && ahead + 2 * off < least) { least = ahead + 2 * off; best = i; }
    });
    if (best !== null) choose(best);
  };

  const keys = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), "0": whole,
    Enter: () => { if (draw.look.chosen !== null) document.querySelector("#details h2").focus(); },
  };

  // One thing at a time: what plays stops, hits close, the node is left, the search is emptied
  const escape = () => {
    if (time.stop()) return;
    if (panel.open()) { panel.list([]); search.focus(); return; }
    if (draw.look.chosen !== null) { choose(null, byId("panel").contains(document.activeElement)); return; }
    search.value = "";
    sift();
  };

  const on = (id, act) => byId(id).addEventListener("click", act);

  network.on("beforeDrawing", draw.behind);
  network.on("click", (event) => choose(event.nodes.length ? event.nodes[0] : null));
  network.on("hoverNode", (event) => { draw.look.hovered = event.node; holder.classList.add("over"); network.redraw(); });
  network.on("blurNode", () => { draw.look.hovered = null; holder.classList.remove("over"); network.redraw(); });
  network.on("zoom", () => { moved = true; });
  network.on("dragStart", () => { moved = true; });

  holder.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) { keys[event.key](); event.preventDefault(); }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { escape(); event.preventDefault(); }
    if (event.key === "/" && document.activeElement !== search) { search.focus(); event.preventDefault(); }
  });
  search.addEventListener("input", sift);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const found = filter.ranked();
    panel.list([]);
    if (found.length) { choose(found[0]); holder.focus(); }
  });
  addEventListener("pointerdown", (event) => { if (!event.target.closest(".find")) panel.list([]); });
  side.buttons.forEach((button) => button.addEventListener("click", () => {
    time.stop();
    time.go(time.last);
    side.go(button.dataset.side);
  }));
  on("whole", whole);
  on("nearer", () => zoom(1.25));
  on("farther", () => zoom(1 / 1.25));
  on("paper", () => print());
  on("aside", () => { panelShown(document.body.classList.contains("wide")); address(); });
  new ResizeObserver(() => {
    if (!holder.clientWidth || !holder.clientHeight) return; // on paper there is no canvas
    if (size() === sized && settled()) return; // the first word of an observer is of the size that it already has
    sized = size();
    if (moved) network.setSize("100%", "100%"); else whole();
    if (drawn()) network.redraw(); // at once: before this size is painted
  }).observe(holder);

  const ready = () => {
    root.dataset.requests = String(performance.getEntriesByType("resource").length);
    root.dataset.drawn = String(boxes.length);
    root.dataset.ready = "1";
    root.dataset.state = "running";
  };
  network.on("afterDrawing", () => {
    if (!settled()) setTimeout(whole);
    else if (!drawn()) ready();
  });
  link.read();
  whole();
})();
