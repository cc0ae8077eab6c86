/* Sets light or dark before anything is painted: the person's choice, else the system's. */
(() => {
  const chosen = window.__md_get("__palette")?.color;
  const follows = !chosen || chosen.media === "(prefers-color-scheme)";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = follows ? (dark ? "slate" : "default") : chosen.scheme;
  document.body.setAttribute("data-md-color-scheme", scheme);
  document.body.setAttribute("data-md-color-primary", "custom");
  document.body.setAttribute("data-md-color-accent", "custom");
  if (follows) document.body.setAttribute("data-md-color-media", "(prefers-color-scheme)");
})();
