// The time axis: a day is a place in the list of days on which something changed; the boxes show what was so on it.
"use strict";
const Time = (data, view, changed) => {
  const time = data.time, slider = document.getElementById("day");
  if (!time) return { go: () => {}, read: () => {}, write: () => {}, stop: () => false, playing: () => false, last: 0, day: () => data.as_of };

  const last = time.days.length - 1;
  const play = document.getElementById("play"), back = document.getElementById("last");
  const marked = time.days.map((_, k) => k).filter((k) => k === last || time.opened[k].length || time.closed[k].length);
  const say = (key, ...values) => values.reduce((text, value) => text.replace("{}", () => value), data.labels[key]);
  let timer = null;

  const at = (k) => {
    const now = data.now.slice();
    for (const day of time.changes.slice(0, k + 1)) for (const [i, state] of day) now[i] = state;
    return now;
  };
  const gaps = time.days.map((_, k) => at(k).filter((s) => data.gaps.includes(data.states[s].status)).length);

  const words = (iso) => {
    const [y, m, d] = iso.split("-").map(Number);
    return data.months.length ? d + " " + data.months[m - 1] + " " + y : y + "年" + m + "月" + d + "日";
  };
  const names = (boxes) => {
    const some = boxes.slice(0, 3).map((i) => data.panels[i].node).join(data.labels.list_comma);
    return boxes.length > 3 ? say("and_others", some, boxes.length) : some;
  };
  const told = (k) => {
    const parts = [say("gaps_then", gaps[k])];
    if (time.opened[k].length) parts.push(say("opened", names(time.opened[k])));
    if (time.closed[k].length) parts.push(say("closed", names(time.closed[k])));
    if (k && parts.length === 1 && time.changes[k].length) parts.push(say("changed", names(time.changes[k].map(([i]) => i))));
    return parts.join(" · ");
  };

  const show = () => {
    const k = view.day, iso = time.days[k];
    slider.value = String(k);
    slider.setAttribute("aria-valuetext", words(iso) + (data.months.length ? ", " : "，") + told(k));
    document.getElementById("day-words").textContent = words(iso) + (k === last ? (data.months.length ? " (" : "（") + data.labels.as_asked + (data.months.length ? ")" : "）") : "");
    document.getElementById("day-told").textContent = told(k);
    back.disabled = k === last;
    document.getElementById("of-as-of").hidden = k === last;
    const asOf = document.getElementById("as-of");
    asOf.classList.toggle("moved", k !== last);
    asOf.firstElementChild.textContent = say("as_of", iso);
  };

  const go = (k) => {
    view.day = Math.max(0, Math.min(last, k));
    view.now = view.day === last ? data.now.slice() : at(view.day);
    view.changed = new Set(view.day === last ? [] : view.day ? time.changes[view.day].map(([i]) => i) : []);
    view.then = view.day !== last;
    view.aimed = false;
    show();
    changed();
  };

  const stop = () => {
    if (timer === null) return false;
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.title = data.labels.play;
    play.setAttribute("aria-label", data.labels.play);
    changed(); // the address keeps the day on which it was stopped
    return true;
  };
  const start = () => {
    timer = setInterval(() => { if (view.day >= last) stop(); else go(view.day + 1); }, 1000);
    play.textContent = "■";
    play.title = data.labels.stop;
    play.setAttribute("aria-label", data.labels.stop);
    go(view.day >= last ? 0 : view.day + 1);
  };

  // Marks, years and the course of the number of gaps, on the same scale as the slider's thumb (16 px wide)
  const place = (element, k) => { element.style.left = "calc(8px + (100% - 16px) * " + k / last + ")"; return element; };
  const marks = document.getElementById("marks"), years = document.getElementById("years");
  const course = () => {
    const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), area = document.createElementNS(ns, "path");
    const most = Math.max(1, ...gaps), y = (k) => 20 - 16 * gaps[k] / most;
    svg.setAttribute("viewBox", "0 0 " + last + " 20");
    svg.setAttribute("preserveAspectRatio", "none");
    area.setAttribute("d", "M0 20" + gaps.map((_, k) => (k ? "H" + k : "") + "V" + y(k)).join("") + "V20Z");
    svg.append(area);
    marks.append(svg);
  };
  const draw = () => {
    course();
    for (const [kind, list, sign] of [["opened", time.opened, "×"], ["closed", time.closed, "●"]]) list.forEach((boxes, k) => {
      if (!boxes.length) return;
      const mark = place(make("i", kind, sign), k);
      mark.title = words(time.days[k]) + " " + say(kind, names(boxes));
      mark.addEventListener("click", () => { stop(); go(k); });
      marks.append(mark);
    });
    let from = -1;
    time.days.forEach((iso, k) => {
      const first = !k || time.days[k - 1].slice(0, 4) !== iso.slice(0, 4);
      if (!first || (from >= 0 && (k - from) / last < 0.07) || k > last - last * 0.03) return;
      from = k;
      years.append(place(make("i", "", iso.slice(0, 4)), k));
    });
  };

  slider.addEventListener("input", () => { stop(); go(Number(slider.value)); });
  slider.addEventListener("keydown", (event) => {
    const to = event.key === "PageUp" ? marked.find((k) => k > view.day) : event.key === "PageDown" ?
      marked.slice().reverse().find((k) => k < view.day) ?? 0 : undefined;
    if (event.key === "PageUp" || event.key === "PageDown") event.preventDefault();
    if (to !== undefined) { stop(); go(to); }
  });
  play.addEventListener("click", () => { if (!stop()) start(); });
  back.addEventListener("click", () => { stop(); go(last); slider.focus(); });
  draw();
  view.day = last;
  show();

  // An address names a day; of the days that there are, the last one up to it
  const read = (asked) => {
    const iso = asked.get("day") || time.days[last];
    const up = time.days.filter((day) => day <= iso).length - 1;
    stop();
    go(/^\d{4}-\d\d-\d\d$/.test(iso) ? Math.max(up, 0) : last);
  };
  const write = (into) => { if (view.day !== last) into.append("day", time.days[view.day]); };
  return { go, read, write, stop, playing: () => timer !== null, last, day: () => time.days[view.day] };
};
