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

  // On a phone the ways to other pages stand in one line, in which this page's own should be seen.
  const current = document.querySelector('.bb-documents [aria-current="page"]');
  if (current) {
    const line = current.parentElement;
    line.scrollLeft = current.getBoundingClientRect().right - line.getBoundingClientRect().right;
  }

  // The theme's script, which no page needs to be read, comes after the page is on the screen.
  const late = document.querySelector('script[type="bb/late"]');
  if (late) {
    const script = document.createElement("script");
    script.src = late.src;
    requestAnimationFrame(() => setTimeout(() => document.body.append(script)));

    // It closes the menu and the search an eighth of a second after its start, which may be in use by then.
    const stay = (event) => {
      if (!event.isTrusted) event.preventDefault();
    };
    const toggles = document.querySelectorAll("#__drawer, #__search");
    for (const toggle of toggles) toggle.addEventListener("click", stay);
    script.addEventListener("load", () =>
      setTimeout(() => {
        for (const toggle of toggles) toggle.removeEventListener("click", stay);
      }, 200),
    );
  }

  // Code and tables that are wider than the page can be scrolled with the keyboard. What is far below the
  // screen is not laid out yet, and counts as wide until it is.
  const measured = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else if (target !== document.activeElement) target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap")) {
    wide.tabIndex = 0;
    measured.observe(wide);
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
