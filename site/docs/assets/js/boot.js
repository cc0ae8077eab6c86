/* What the theme needs before the first paint. It is a file of its own, and not inline as in the
   theme, so that the Content-Security-Policy can refuse every inline script. */
window.__md_scope = new URL("../../", document.currentScript.src);
window.__md_hash = (text) =>
  [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
window.__md_get = (key, storage = localStorage, scope = window.__md_scope) => {
  try {
    return JSON.parse(storage.getItem(scope.pathname + "." + key));
  } catch {
    return null;
  }
};
window.__md_set = (key, value, storage = localStorage, scope = window.__md_scope) => {
  try {
    storage.setItem(scope.pathname + "." + key, JSON.stringify(value));
  } catch {
    /* Storage is full or forbidden: the choice lasts for this page only. */
  }
};
