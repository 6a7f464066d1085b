// The address: #环节&lane=主链&gaps=1&day=2023-09-12 opens a node with what is filtered, on that day. Names in it are
// percent-encoded; whatever stands there is only ever compared with what the page knows, or put into the search field.
"use strict";
const Link = (data, apply) => {
  let written = null, last = "";

  // A stray percent sign, or what is no UTF-8, stays as it is
  const decoded = (text) => text.replace(/(%[0-9a-f]{2})+/gi, (some) => {
    try { return decodeURIComponent(some); } catch { return some; }
  });
  const node = (name) => data.panels.findIndex((p) => p.node === name);

  // {node: number of the box or null, asked: URLSearchParams}
  const parse = (hash) => {
    const raw = hash.replace(/^#/, ""), whole = node(decoded(raw));
    if (whole >= 0) return { node: whole, asked: new URLSearchParams() }; // typed by hand, & and = in it or not
    const parts = raw.split("&"), name = parts[0].includes("=") ? "" : decoded(parts.shift());
    const asked = new URLSearchParams(parts.join("&")), i = node(name);
    if (i < 0 && name === "wall") asked.set("panel", "0"); // the way to say it before there was more to say
    return { node: i < 0 ? null : i, asked, lost: i < 0 && name && name !== "wall" ? name : "" };
  };

  const write = (chosen, asked) => {
    const name = chosen === null ? "" : encodeURIComponent(data.panels[chosen].node);
    const text = [name, asked.toString()].filter(Boolean).join("&");
    if (text === written) return;
    written = text;
    if (decoded(location.hash.slice(1)) === decoded(text)) return; // as somebody typed it
    // a node is a place to come back to; a day or a filter that is moved is not
    const keep = name !== last ? "pushState" : "replaceState";
    last = name;
    try { history[keep](null, "", "#" + text); } catch { location.replace("#" + text); }
  };

  const read = () => {
    const found = parse(location.hash);
    last = found.node === null ? "" : encodeURIComponent(data.panels[found.node].node);
    apply(found);
  };
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== written) { written = null; read(); } });
  return { read, write };
};
