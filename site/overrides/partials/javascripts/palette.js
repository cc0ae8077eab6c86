/* Light or dark: the person's choice, else the system's; set before anything is painted. */
(() => {
  const form = document.querySelector("[data-bb-palette]");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  if (!form) {
    // A site without a choice of colours: as the system has it.
    const colours = { scheme: dark.matches ? "slate" : "default", primary: "custom", accent: "custom" };
    for (const [name, value] of Object.entries(colours)) document.body.setAttribute(`data-md-color-${name}`, value);
    return;
  }
  const options = [...form.elements];
  const mediaOf = (option) => option.dataset.mdColorMedia;
  const colours = ["scheme", "primary", "accent"];

  function show(option) {
    const system = `(prefers-color-scheme: ${dark.matches ? "dark" : "light"})`;
    const follows = mediaOf(option) === "(prefers-color-scheme)";
    const shown = (follows && options.find((each) => mediaOf(each) === system)) || option;
    for (const name of colours) {
      const attribute = `data-md-color-${name}`;
      document.body.setAttribute(attribute, shown.getAttribute(attribute));
    }
    document.body.setAttribute("data-md-color-media", mediaOf(option));
    option.checked = true;
    for (const label of form.querySelectorAll("label")) label.hidden = label.previousElementSibling !== option;
  }

  const chosen = () => options.find((each) => each.checked);
  const kept = options[window.__md_get("__palette")?.index];
  show(kept ?? options.find((each) => matchMedia(mediaOf(each)).matches) ?? options[0]);
  dark.addEventListener("change", () => show(chosen()));
  form.addEventListener("change", () => {
    const option = chosen();
    const color = { media: mediaOf(option) };
    for (const name of colours) color[name] = option.getAttribute(`data-md-color-${name}`);
    window.__md_set("__palette", { index: options.indexOf(option), color });
    document.body.setAttribute("data-md-color-switching", "");
    show(option);
    requestAnimationFrame(() => document.body.removeAttribute("data-md-color-switching"));
  });
})();
