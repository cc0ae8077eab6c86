/* Small things that make a page easier to use. */
(() => {
  // The page that was not found: offer the words of its address to the search.
  const lost = document.querySelector("[data-bb-lost]");
  if (lost) {
    const name = location.pathname.split("/").filter(Boolean).pop() ?? "";
    lost.value = decodeURIComponentSafely(name)
      .replace(/\.(html|ya?ml)$/, "")
      .replace(/[-_]+/g, " ")
      .replace(/^bug (\d+)$/i, "BUG-$1");
  }

  // Code and tables that are wider than the page can be scrolled with the keyboard.
  for (const wide of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }

  // The theme makes a landmark of the buttons beside each block of code; a page has many of them.
  const plain = () => {
    for (const buttons of document.querySelectorAll("nav.md-code__nav:not([role])")) buttons.role = "none";
  };
  new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
  plain();

  function decodeURIComponentSafely(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }
})();
