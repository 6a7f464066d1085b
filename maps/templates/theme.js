// Light or dark: the page begins as it was written, a button changes it, a link keeps it.
"use strict";
const Theme = (data, changed) => {
  const root = document.documentElement, button = document.getElementById("theme"), given = root.dataset.theme;
  const show = (name) => {
    root.dataset.theme = name;
    button.textContent = data.labels[name === "dark" ? "light" : "dark"];
  };
  button.addEventListener("click", () => { show(root.dataset.theme === "dark" ? "light" : "dark"); changed(); });
  const read = (asked) => show(["light", "dark"].includes(asked.get("theme")) ? asked.get("theme") : given);
  const write = (into) => { if (root.dataset.theme !== given) into.append("theme", root.dataset.theme); };
  return { read, write };
};
