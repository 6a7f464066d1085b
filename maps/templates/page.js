// Glue: vis-network moves and zooms the canvas and tells which box is meant; the rest is Draw and Panel.
"use strict";
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const holder = document.getElementById("map");
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const spoken = document.getElementById("spoken");
  const draw = Draw(data);
  const boxes = data.boxes;
  const only = new Set();
  let moved = false;

  const nodes = data.network.nodes.map((n) => ({ ...n, ctxRenderer: draw.renderer(n.id) }));
  const network = new vis.Network(holder, { nodes, edges: data.network.edges }, data.network.options);

  const middle = { x: data.width / 2, y: data.height / 2 };
  const fitting = () => Math.min(holder.clientWidth / (data.width + 24), holder.clientHeight / (data.height + 24), 1.6);

  const whole = () => {
    moved = false;
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

  const panel = Panel(data, (i) => choose(i));

  function choose(i) {
    draw.look.chosen = i;
    panel.show(i);
    if (i !== null) {
      reveal(i);
      spoken.textContent = data.panels[i].node + " " + data.panels[i].verdict;
    }
    network.redraw();
  }

  // Boxes that the search and the legend leave; null: all
  const sift = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = boxes.map((_, i) => i).filter((i) =>
      (!only.size || only.has(data.panels[i].status)) && words.every((w) => data.index[i].includes(w)));
    const sifted = words.length > 0 || only.size > 0;
    draw.look.shown = sifted ? new Set(found) : null;
    panel.list(words.length ? found : []);
    status.textContent = sifted ? data.labels.found.replace("{}", found.length) : "";
    network.redraw();
    return found;
  };

  const zoom = (factor) => { moved = true; network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)) }); };

  // The nearest box that way; what lies aside counts double
  const step = (dx, dy) => {
    const from = boxes[draw.look.chosen ?? 0];
    let best = draw.look.chosen === null ? 0 : null, least = Infinity;
    if (draw.look.chosen !== null) boxes.forEach((b, i) => {
      const x = b.x + b.w / 2 - from.x - from.w / 2, y = b.y + b.h / 2 - from.y - from.h / 2;
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (ahead > 1 && ahead + 2 * aside < least) { least = ahead + 2 * aside; best = i; }
    });
    if (best !== null && boxes.length) choose(best);
  };

  const keys = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), "0": whole,
  };

  const on = (id, act) => document.getElementById(id).addEventListener("click", act);

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
    if (event.key === "Escape") { search.value = ""; sift(); choose(null); }
    if (event.key === "/" && document.activeElement !== search) { search.focus(); event.preventDefault(); }
  });
  search.addEventListener("input", sift);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const found = sift();
    if (found.length) { choose(found[0]); holder.focus(); }
  });
  document.querySelectorAll("[data-status]").forEach((button) => button.addEventListener("click", () => {
    const key = button.dataset.status, pressed = !only.has(key);
    if (pressed) only.add(key); else only.delete(key);
    button.setAttribute("aria-pressed", String(pressed));
    sift();
  }));
  document.querySelectorAll("[data-box]").forEach((button) =>
    button.addEventListener("click", () => choose(Number(button.dataset.box))));
  on("whole", whole);
  on("nearer", () => zoom(1.25));
  on("farther", () => zoom(1 / 1.25));
  on("paper", () => print());
  on("aside", (event) => {
    const wide = document.body.classList.toggle("wide");
    event.currentTarget.textContent = wide ? data.labels.show_panel : data.labels.hide_panel;
    event.currentTarget.setAttribute("aria-expanded", String(!wide));
  });
  new ResizeObserver(() => {
    if (moved) network.setSize("100%", "100%"); else whole();
    network.redraw(); // at once: before this size is painted
  }).observe(holder);

  // page.html#wall has no panel, so larger type; page.html#光伏玻璃 opens that node (a link in a document)
  const address = () => {
    let word = location.hash.slice(1);
    try { word = decodeURIComponent(word); } catch { /* a stray percent sign: take it as it is */ }
    const i = data.panels.findIndex((p) => p.node === word);
    if (i >= 0) choose(i);
    if (word === "wall") document.getElementById("aside").click();
  };
  const ready = () => {
    root.dataset.requests = String(performance.getEntriesByType("resource").length);
    root.dataset.drawn = String(boxes.length);
    root.dataset.ready = "1";
    root.dataset.state = "running";
  };
  network.on("afterDrawing", () => {
    if (!settled()) setTimeout(whole);
    else if (root.dataset.ready !== "1") ready();
  });
  address();
  whole();
})();
