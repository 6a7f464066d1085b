// First script of the page: whatever goes wrong afterwards is written where a test, or a helper on the phone, can read it.
"use strict";
(() => {
  const root = document.documentElement;
  const note = (key, text) => { root.dataset[key] = ((root.dataset[key] || "") + text + "\n").slice(0, 4000); };
  root.dataset.state = "running";
  // before it is drawn the still picture takes over: see page.css
  const fail = () => { if (root.dataset.ready !== "1") root.dataset.state = "failed"; };
  addEventListener("error", (event) => { note("error", event.message || "error"); fail(); });
  addEventListener("unhandledrejection", (event) => note("error", String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => {
    note("blocked", event.violatedDirective + " " + event.blockedURI);
    fail();
  });
  const report = console.error;
  console.error = (...words) => { note("error", words.join(" ")); report.apply(console, words); };
})();
