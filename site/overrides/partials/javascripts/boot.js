/* What the theme needs before the first paint, inline and known to the Content-Security-Policy by its
   hash: a file of its own would be one more thing to wait for. */
document.documentElement.classList.replace("no-js", "js");
window.__md_scope = new URL(document.currentScript.dataset.root, location);
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
