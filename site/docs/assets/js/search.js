/* Finds bugs and guides. The index is many small files, of which a question loads those of its words;
   see generator/search_shards.py for what is in them. */
(() => {
  const box = document.querySelector("[data-bb-search]");
  if (!box) return;
  const index = new URL(box.dataset.bbSearch, location.href);
  const root = new URL(`${box.dataset.bbRoot}/`, location.href);
  const field = box.querySelector(".bb-search__input");
  const told = box.querySelector("#bb-search-told");
  const list = box.querySelector(".bb-search__results");
  const filters = box.querySelector(".bb-search__filters");
  const toggle = document.getElementById("__search");
  const hint = told.textContent;
  const IN_STEP = 10, MOST_GUIDES = 5, MOST_WORDS = 24, MOST_ENDINGS = 40, MOST_SIMILAR = 5;
  const BEFORE = 40, PART = 160; // letters before the first word that fits, and of all that is shown around it
  const PAUSE = 40; // milliseconds after a letter

  const loaded = new Map();
  function load(name, missing) {
    if (!loaded.has(name)) {
      const answer = fetch(new URL(name, index)).then((found) => {
        if (found.ok) return found.json();
        if (found.status === 404) return missing;
        throw new Error(`${name}: ${found.status}`);
      });
      answer.catch(() => loaded.delete(name)); // the next question tries again
      loaded.set(name, answer);
    }
    return loaded.get(name);
  }

  const wordsOf = (text) =>
    [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)]
      .map(([word]) => word.slice(0, 40))
      .filter((word) => word.length > 1);
  const shardOf = (word) => (/^[\x00-\x7f]{2}/.test(word) ? word.slice(0, 2) : "_");

  function* numbers(coded) {
    let number = 0;
    for (const part of coded ? coded.split(".") : []) yield (number += parseInt(part, 36));
  }

  let bugs;
  async function ready() {
    if (bugs) return bugs;
    const data = await load("bugs.json", null);
    if (bugs) return bugs; // the focus and a question both wait for it
    if (!data) return (bugs = { count: 0, places: new Map(), prefixes: [] });
    const letter = (text, place) => text.charCodeAt(place) - 65;
    const places = new Map([...numbers(data.numbers)].map((number, place) => [number, place]));
    bugs = {
      ...data,
      count: places.size,
      places,
      severityOf: (place) => data.severities[letter(data.severity, place)],
      statusOf: (place) => data.statuses[letter(data.status, place)],
      componentsOf: (place) => data.component[place].map((one) => data.components[one]),
    };
    makeFilters();
    return bugs;
  }

  function makeFilters() {
    const kinds = [
      ["Severity", bugs.severities, bugs.severityOf],
      ["Status", bugs.statuses, bugs.statusOf],
      ["Component", bugs.components, bugs.componentsOf],
    ];
    for (const [name, values, of] of kinds) {
      if (values.length < 2) continue;
      const label = document.createElement("label");
      const choice = document.createElement("select");
      choice.append(new Option("All", ""), ...values.map((value) => new Option(value, value)));
      choice.bbOf = of;
      label.append(name, choice);
      filters.append(label);
    }
    filters.addEventListener("change", answer);
  }

  function wanted() {
    const chosen = [...filters.querySelectorAll("select")].filter((choice) => choice.value);
    return (place) => chosen.every((choice) => [choice.bbOf(place)].flat().includes(choice.value));
  }

  /* Bugs by number: how well each fits a word. The last word may go on. */
  async function scoresOf(word, mayGoOn) {
    const name = shardOf(word);
    if (!bugs.shards?.includes(name)) return new Map();
    const shard = await load(`words/${name}.json`, {});
    let found = Object.hasOwn(shard, word) ? [[shard[word], 1]] : [];
    if (mayGoOn) {
      const longer = Object.keys(shard).filter((each) => each !== word && each.startsWith(word));
      found = [...found, ...longer.slice(0, MOST_ENDINGS).map((each) => [shard[each], 0.6])];
    }
    const best = new Map();
    for (const [coded, share] of found) {
      for (const group of coded.split(";")) {
        const [weight, rest] = group.split(":");
        for (const number of numbers(rest)) {
          const score = weight * share;
          if (score > (best.get(number) ?? 0)) best.set(number, score);
        }
      }
    }
    return best;
  }

  function named(text) {
    const [, prefix, digits] = text.trim().match(/^#?(?:([a-z][a-z0-9]*)-)?0*(\d+)$/i) ?? [];
    if (!digits) return [];
    return bugs.prefixes
      .map((each, kind) => [each, Number(digits) * bugs.prefixes.length + kind])
      .filter(([each, number]) => (!prefix || each.toLowerCase() === prefix.toLowerCase()) && bugs.places.has(number))
      .map(([, number]) => number);
  }

  /* The bugs that have at least this share of the words that any bug has, the best first. */
  async function ranked(words, { mayGoOn, share }) {
    const scores = await Promise.all(
      words.map((word, place) => scoresOf(word, mayGoOn && place === words.length - 1)),
    );
    const total = new Map();
    for (const best of scores) {
      const rarity = Math.log(1 + bugs.count / (1 + best.size));
      for (const [number, score] of best) {
        const sum = total.get(number) ?? { score: 0, words: 0 };
        sum.score += (2 + score) * rarity;
        sum.words += 1;
        total.set(number, sum);
      }
    }
    const known = scores.filter((best) => best.size).length;
    const enough = Math.ceil(known * share);
    return [...total]
      .filter(([number, sum]) => sum.words >= enough && bugs.places.has(number))
      .map(([number, sum]) => [number, sum.score * (sum.words / known) ** 2])
      .sort((a, b) => b[1] - a[1] || b[0] - a[0])
      .map(([number]) => number);
  }

  async function findBugs(text) {
    await ready();
    const words = [...new Set(wordsOf(text))].slice(0, MOST_WORDS);
    const mayGoOn = /[\p{L}\p{N}]$/u.test(text);
    const found = [...named(text), ...(await ranked(words, { mayGoOn, share: 1 / 2 }))];
    const isWanted = wanted();
    return { words, found: [...new Set(found)].filter((number) => isWanted(bugs.places.get(number))) };
  }

  async function findGuides(words) {
    const data = await load("search_index.json", { docs: [] });
    const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
    for (const doc of data.docs) doc.bbWords ??= [doc.title, doc.text].map((html) => [...new Set(wordsOf(plain(html)))]);
    const fits = (list, word) => list.some((each) => each.startsWith(word));
    return data.docs
      .map((doc) => {
        const score = words.reduce((sum, word) => {
          const here = fits(doc.bbWords[0], word) ? 8 : fits(doc.bbWords[1], word) ? 1 : -100;
          return sum + here;
        }, 0);
        return [doc, score];
      })
      .filter(([, score]) => score > 0)
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_GUIDES)
      .map(([doc]) => ({
        title: plain(doc.title),
        address: new URL(doc.location, root),
        facts: "Guide",
        text: plain(doc.text).slice(0, 160),
      }));
  }

  async function shownBug(number) {
    const part = await load(`shown/${Math.floor(number / bugs.in_one)}.json`, {});
    const [title, address, text] = part[number];
    const place = bugs.places.get(number);
    const facts = [bugs.severityOf(place), bugs.statusOf(place), ...bugs.componentsOf(place)];
    return { title, address: new URL(address, root), facts: facts.join(" · "), text };
  }

  function marked(parent, text, words) {
    let end = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!words.some((word) => found[0].toLowerCase().startsWith(word))) continue;
      const mark = document.createElement("mark");
      mark.textContent = found[0];
      parent.append(text.slice(end, found.index), mark);
      end = found.index + found[0].length;
    }
    parent.append(text.slice(end));
  }

  function item({ title, address, facts, text }, words) {
    const made = (name, className) => {
      const element = document.createElement(name);
      element.className = className;
      return element;
    };
    const row = made("li", "md-search-result__item");
    const link = made("a", "md-search-result__link");
    const article = made("article", "md-search-result__article md-typeset");
    const heading = document.createElement("h1");
    const about = made("span", "bb-search__facts");
    const excerpt = document.createElement("p");
    link.href = address.href;
    marked(heading, title, words);
    about.textContent = facts;
    marked(excerpt, text, words);
    article.append(heading, about, excerpt);
    link.append(article);
    row.append(link);
    return row;
  }

  /* Hits that show none of the words yet get a part of their record that has them. */
  async function showWhere(rows, words, stays) {
    for (const row of rows) {
      if (row.querySelector("mark")) continue;
      const name = new URL(row.querySelector("a").href).pathname.match(/\/bugs\/([^/]+)\//)?.[1];
      const record = name && (await load(`../api/bugs/${name}.json`, null).catch(() => null));
      if (!stays()) return;
      const part = record && bestPart(textsOf(record), words);
      if (!part) continue;
      const excerpt = row.querySelector("p");
      excerpt.replaceChildren();
      marked(excerpt, part, words);
    }
  }

  const textsOf = (value) =>
    typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];

  function bestPart(texts, words) {
    let best = { count: 0 };
    for (const text of texts) {
      const places = [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ 0: found, index }) => {
        const word = words.find((each) => found.toLowerCase().startsWith(each));
        return word ? [{ word, index }] : [];
      });
      const count = new Set(places.map(({ word }) => word)).size;
      if (count > best.count) best = { count, text, at: places[0].index };
    }
    if (!best.count) return "";
    const start = best.at < BEFORE ? 0 : best.text.indexOf(" ", best.at - BEFORE) + 1 || best.at;
    const from = Math.min(start, best.at);
    const part = best.text.slice(from, from + PART).replace(/\s+/g, " ");
    return `${from ? "…" : ""}${part}${from + PART < best.text.length ? "…" : ""}`;
  }

  let asked = 0;
  async function answer() {
    const mine = ++asked;
    const text = field.value;
    if (!text.trim()) {
      list.replaceChildren();
      told.textContent = hint;
      return;
    }
    try {
      const { words, found } = await findBugs(text);
      const [rows, guides] = await Promise.all([
        Promise.all(found.slice(0, IN_STEP).map(shownBug)),
        words.length ? findGuides(words) : [],
      ]);
      if (mine !== asked) return;
      const items = (some) => some.map((each) => item(each, words));
      const shown = items(rows);
      list.replaceChildren(...shown, ...more(found.slice(IN_STEP), items), ...items(guides));
      told.textContent = said(found.length, guides.length);
      filters.hidden = !filters.childElementCount;
      await showWhere(shown, words, () => mine === asked);
    } catch {
      if (mine === asked) told.textContent = "The search index cannot be loaded. Try again in a moment.";
    }
  }

  /* A button in place of the hits that are not shown yet: few look further than the first. */
  function more(rest, items) {
    if (!rest.length) return [];
    const row = document.createElement("li");
    const button = document.createElement("button");
    row.className = "bb-search__more";
    button.type = "button";
    button.className = "bb-button";
    button.textContent = `Show more (${rest.length.toLocaleString("en")} left)`;
    button.addEventListener("click", async () => {
      const next = items(await Promise.all(rest.slice(0, IN_STEP).map(shownBug)));
      row.replaceWith(...next, ...more(rest.slice(IN_STEP), items));
      next[0].querySelector("a").focus();
    });
    row.append(button);
    return [row];
  }

  function said(bugsFound, guidesFound) {
    const of = (count, one, many) => (count === 1 ? `1 ${one}` : `${count.toLocaleString("en")} ${many}`);
    if (!bugsFound && !guidesFound) return "Nothing is found. Try fewer words, or a number as in BUG-0042.";
    const more = bugsFound > IN_STEP ? `, the best ${IN_STEP} first` : "";
    return `${of(bugsFound, "bug", "bugs")}${more}, ${of(guidesFound, "guide", "guides")}`;
  }

  const open = (state) => {
    if (toggle.checked === state) return;
    toggle.checked = state;
    toggle.dispatchEvent(new Event("change", { bubbles: true }));
  };
  let wait;
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(answer, PAUSE);
  });
  field.addEventListener("focus", () => {
    open(true);
    ready().catch(() => {}); // told when something is asked
  });
  toggle.addEventListener("change", () => (toggle.checked ? field.focus() : field.blur()));
  field.form.addEventListener("reset", () => {
    field.value = "";
    answer();
    field.focus();
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });

  const inText = (element) => element?.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && toggle.checked) {
      open(false);
      field.blur();
    } else if (["/", "s", "f"].includes(event.key) && !inText(document.activeElement)) {
      event.preventDefault();
      open(true);
      field.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && toggle.checked) {
      const stops = [field, ...list.querySelectorAll("a, button")];
      const here = stops.indexOf(document.activeElement);
      if (here < 0) return;
      event.preventDefault();
      stops[(here + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length].focus();
    }
  });

  /* On a bug's page: those that share a good part of its telling words. */
  async function showSimilar(place) {
    await ready();
    const own = named(place.dataset.bbBug);
    const all = await ranked(place.dataset.bbSimilar.split(" "), { mayGoOn: false, share: 1 / 4 });
    const found = await Promise.all(
      all.filter((number) => !own.includes(number)).slice(0, MOST_SIMILAR).map(shownBug),
    );
    if (!found.length) {
      place.firstElementChild.textContent = "No other bug has enough of its words and errors.";
      return;
    }
    place.replaceChildren(linked(found));
  }

  function linked(found) {
    const rows = document.createElement("ul");
    for (const { title, address, facts } of found) {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = address.href;
      link.textContent = title;
      row.append(link, ` (${facts})`);
      rows.append(row);
    }
    return rows;
  }

  for (const place of document.querySelectorAll("[data-bb-similar]")) {
    new IntersectionObserver(([seen], observer) => {
      if (!seen.isIntersecting) return;
      observer.disconnect();
      showSimilar(place).catch(() => {}); // the note stays
    }, { rootMargin: "300px" }).observe(place);
  }

  /* On the page that was not found: what the words of its address find. */
  async function showFound(place, text) {
    const { words, found } = await findBugs(text);
    const bugsFound = await Promise.all(found.slice(0, MOST_SIMILAR).map(shownBug));
    const all = [...bugsFound, ...(words.length ? await findGuides(words) : [])];
    if (!all.length) return;
    const heading = document.createElement("h2");
    heading.textContent = "Is it one of these?";
    place.replaceChildren(heading, linked(all));
  }
  const lost = document.querySelector("[data-bb-lost]");
  if (lost?.value) showFound(document.querySelector("[data-bb-found]"), lost.value).catch(() => {}); // the form stays

  const question = new URLSearchParams(location.search).get("q");
  if (question && !document.querySelector("[data-bb-filter]")) {
    field.value = question;
    open(true);
    field.focus();
    answer();
  }
})();
