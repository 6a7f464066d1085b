// Draws the map on vis-network's canvas, in the layout's own coordinates. Everything is placed already: texts with their
// base lines, routes with their corners. Here is only ink, and which of it by `view` and `look`.
"use strict";
const Draw = (data, view) => {
  const look = { chosen: null, hovered: null, shown: null };
  const fonts = data.fonts;
  const colours = () => data.themes[document.documentElement.dataset.theme] || data.themes.light;
  const state = (i) => data.states[view.now[i]];

  const text = (ctx, t, ink, most) => {
    const [words, x, y, size, , bold, anchor, turn] = t;
    ctx.save();
    ctx.font = (bold ? "700 " : "400 ") + size + "px " + fonts;
    ctx.fillStyle = ink;
    ctx.direction = "ltr";
    ctx.textAlign = { start: "left", middle: "center", end: "right" }[anchor];
    ctx.textBaseline = "alphabetic";
    ctx.translate(x, y);
    if (turn) ctx.rotate(turn * Math.PI / 180);
    ctx.fillText(words, 0, 0, most);
    ctx.restore();
  };

  const ground = (ctx) => {
    const c = colours();
    for (const band of data.bands) {
      ctx.fillStyle = c.bands[band.name] || c.other;
      ctx.fillRect(band.x, band.y, band.w, band.h);
      text(ctx, band.text, c.head, band.w);
    }
    ctx.strokeStyle = c.lane;
    ctx.lineWidth = 1;
    ctx.setLineDash([6, 5]);
    for (const lane of data.lanes) ctx.strokeRect(lane.x, lane.y, lane.w, lane.h);
    ctx.setLineDash([]);
    for (const lane of data.lanes) lane.texts.forEach((t) => text(ctx, t, c.head));
  };

  // What comes from a gap of the day is drawn as such
  const kind = (r) => (r.kind !== "line_back" && data.breaks.includes(state(r.from).status) ? "line_gap" : r.kind);

  const path = (ctx, points) => {
    ctx.beginPath();
    points.forEach(([x, y], i) => ctx.lineTo(i === points.length - 1 ? x - 9 : x, y));
    ctx.stroke();
  };

  const route = (ctx, r, strong) => {
    const style = data.lines[kind(r)], c = colours();
    ctx.lineJoin = "round";
    if (style.dash.length) {
      ctx.strokeStyle = c.halo;
      ctx.lineWidth = style.width + 1;
      path(ctx, r.points);
    }
    ctx.strokeStyle = ctx.fillStyle = c.lines[kind(r)];
    ctx.lineWidth = style.width + (strong ? 2 : 0);
    ctx.setLineDash(style.dash);
    path(ctx, r.points);
    ctx.setLineDash([]);
    const [x, y] = r.points[r.points.length - 1];
    ctx.beginPath();
    [[x, y], [x - 11, y - 5], [x - 11, y + 5]].forEach(([a, b]) => ctx.lineTo(a, b));
    ctx.fill();
  };

  // after all lines, or the halo below a dashed one would hide them
  const joints = (ctx, r) => {
    ctx.fillStyle = colours().lines[kind(r)];
    for (const [x, y] of r.joints) {
      ctx.beginPath();
      ctx.arc(x, y, 3, 0, 2 * Math.PI);
      ctx.fill();
    }
  };

  const each = (ctx, some, strong) => {
    const sorted = some.slice().sort((a, b) => data.drawn.indexOf(kind(a)) - data.drawn.indexOf(kind(b)));
    sorted.forEach((r) => route(ctx, r, strong));
    sorted.forEach((r) => joints(ctx, r));
  };

  // Faint: what is not of the chosen box, and what leads to or from a box that is filtered out
  const routes = (ctx) => {
    const focus = look.chosen ?? look.hovered;
    const near = (r) => focus !== null && (r.from === focus || r.to === focus);
    const out = (r) => look.shown && !(look.shown.has(r.from) && look.shown.has(r.to));
    const faint = (r) => (focus === null ? out(r) : !near(r));
    ctx.globalAlpha = look.shown ? 0.1 : 0.22;
    each(ctx, data.routes.filter(faint), false);
    ctx.globalAlpha = 1;
    each(ctx, data.routes.filter((r) => !faint(r)), focus !== null);
  };

  const outline = (ctx, b, out) => {
    ctx.beginPath();
    ctx.roundRect(b.x - out, b.y - out, b.w + 2 * out, b.h + 2 * out, 6 + out / 2);
  };
  const ring = (ctx, b, out, style) => {
    outline(ctx, b, out);
    ctx.strokeStyle = style.ink;
    ctx.lineWidth = style.width;
    ctx.setLineDash(style.dash);
    ctx.stroke();
    ctx.setLineDash([]);
  };

  const box = (ctx, i) => {
    const b = data.boxes[i], s = state(i), shape = data.styles[s.status], c = colours(), own = c.styles[s.status];
    ctx.save();
    ctx.globalAlpha = look.shown && !look.shown.has(i) ? 0.16 : 1;
    if (i === look.chosen || i === look.hovered) {
      ctx.shadowColor = c.shadow;
      ctx.shadowBlur = 14;
    }
    outline(ctx, b, 0);
    ctx.fillStyle = own.fill;
    ctx.fill();
    ctx.shadowBlur = 0;
    if (shape.strip) {
      ctx.save();
      ctx.clip();
      ctx.fillStyle = own.line;
      ctx.fillRect(b.x, b.y, shape.strip, b.h);
      ctx.restore();
    }
    ring(ctx, b, 0, { ink: own.line, width: shape.width, dash: shape.dash });
    if (view.aimed && data.target.rings[i]) ring(ctx, b, 5, c.rings[data.target.rings[i]]);
    if (view.changed.has(i)) ring(ctx, b, 4, { ink: c.changed, width: 3, dash: [] });
    if (i === look.chosen) ring(ctx, b, 8, { ink: c.accent, width: 3, dash: [] });
    if (s.ring) {
      ctx.strokeStyle = own.line;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(s.ring[0], s.ring[1], s.ring[2], 0, 2 * Math.PI);
      ctx.stroke();
    }
    s.texts.forEach((t) => text(ctx, t, own[t[4]] || c[t[4]], b.w - 8));
    ctx.restore();
  };

  // vis-network asks for the node's picture; its place is the layout's, so x and y are not needed
  const renderer = (i) => ({ ctx }) => ({
    drawNode: () => box(ctx, i),
    nodeDimensions: { width: data.boxes[i].w, height: data.boxes[i].h },
  });

  return { look, renderer, behind: (ctx) => { ground(ctx); routes(ctx); } };
};
