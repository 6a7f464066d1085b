// Draws the map on vis-network's canvas, in the layout's own coordinates. Everything is placed already: texts with their
// base lines, routes with their corners. Here is only ink.
"use strict";
const Draw = (data) => {
  const look = { chosen: null, hovered: null, shown: null };
  const fonts = data.fonts;

  const text = (ctx, t, most) => {
    ctx.save();
    ctx.font = (t.bold ? "700 " : "400 ") + t.size + "px " + fonts;
    ctx.fillStyle = t.ink;
    ctx.direction = "ltr";
    ctx.textAlign = { start: "left", middle: "center", end: "right" }[t.anchor];
    ctx.textBaseline = "alphabetic";
    ctx.translate(t.x, t.y);
    if (t.turn) ctx.rotate(t.turn * Math.PI / 180);
    ctx.fillText(t.text, 0, 0, most);
    ctx.restore();
  };

  const ground = (ctx) => {
    for (const band of data.bands) {
      ctx.fillStyle = band.fill;
      ctx.fillRect(band.x, band.y, band.w, band.h);
      text(ctx, band.text, band.w);
    }
    ctx.strokeStyle = "#b9c6d6";
    ctx.lineWidth = 1;
    ctx.setLineDash([6, 5]);
    for (const lane of data.lanes) ctx.strokeRect(lane.x, lane.y, lane.w, lane.h);
    ctx.setLineDash([]);
    for (const lane of data.lanes) lane.texts.forEach((t) => text(ctx, t));
  };

  const path = (ctx, points) => {
    ctx.beginPath();
    points.forEach(([x, y], i) => ctx.lineTo(i === points.length - 1 ? x - 9 : x, y));
    ctx.stroke();
  };

  const route = (ctx, r, strong) => {
    const style = data.lines[r.kind];
    ctx.lineJoin = "round";
    if (style.dash.length) {
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = style.width + 1;
      path(ctx, r.points);
    }
    ctx.strokeStyle = ctx.fillStyle = style.ink;
    ctx.lineWidth = style.width + (strong ? 2 : 0);
    ctx.setLineDash(style.dash);
    path(ctx, r.points);
    ctx.setLineDash([]);
    const [x, y] = r.points[r.points.length - 1];
    ctx.beginPath();
    [[x, y], [x - 11, y - 5], [x - 11, y + 5]].forEach(([a, b]) => ctx.lineTo(a, b));
    ctx.fill();
  };

  // after all lines, or the white below a dashed one would hide them
  const joints = (ctx, r) => {
    ctx.fillStyle = data.lines[r.kind].ink;
    for (const [x, y] of r.joints) {
      ctx.beginPath();
      ctx.arc(x, y, 3, 0, 2 * Math.PI);
      ctx.fill();
    }
  };

  const each = (ctx, some, strong) => {
    some.forEach((r) => route(ctx, r, strong));
    some.forEach((r) => joints(ctx, r));
  };

  const routes = (ctx) => {
    const focus = look.chosen ?? look.hovered;
    const near = (r) => focus !== null && (r.from === focus || r.to === focus);
    ctx.globalAlpha = focus === null ? 1 : 0.22;
    each(ctx, data.routes.filter((r) => !near(r)), false);
    ctx.globalAlpha = 1;
    each(ctx, data.routes.filter(near), true);
  };

  const outline = (ctx, b) => { ctx.beginPath(); ctx.roundRect(b.x, b.y, b.w, b.h, 6); };

  const box = (ctx, i) => {
    const b = data.boxes[i];
    ctx.save();
    ctx.globalAlpha = look.shown && !look.shown.has(i) ? 0.16 : 1;
    if (i === look.chosen || i === look.hovered) {
      ctx.shadowColor = "rgba(15, 40, 80, 0.45)";
      ctx.shadowBlur = 14;
    }
    outline(ctx, b);
    ctx.fillStyle = b.fill;
    ctx.fill();
    ctx.shadowBlur = 0;
    if (b.strip) {
      ctx.save();
      ctx.clip();
      ctx.fillStyle = b.line;
      ctx.fillRect(b.x, b.y, b.strip, b.h);
      ctx.restore();
    }
    outline(ctx, b);
    ctx.strokeStyle = b.line;
    ctx.lineWidth = b.width;
    ctx.setLineDash(b.dash);
    ctx.stroke();
    ctx.setLineDash([]);
    if (i === look.chosen) {
      ctx.strokeStyle = "#0b3d91";
      ctx.lineWidth = 3;
      ctx.beginPath();
      ctx.roundRect(b.x - 5, b.y - 5, b.w + 10, b.h + 10, 9);
      ctx.stroke();
    }
    if (b.ring) {
      ctx.strokeStyle = b.line;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(b.ring[0], b.ring[1], b.ring[2], 0, 2 * Math.PI);
      ctx.stroke();
    }
    b.texts.forEach((t) => text(ctx, t, b.w - 8));
    ctx.restore();
  };

  // vis-network asks for the node's picture; its place is the layout's, so x and y are not needed
  const renderer = (i) => ({ ctx }) => ({
    drawNode: () => box(ctx, i),
    nodeDimensions: { width: data.boxes[i].w, height: data.boxes[i].h },
  });

  return { look, renderer, behind: (ctx) => { ground(ctx); routes(ctx); } };
};
