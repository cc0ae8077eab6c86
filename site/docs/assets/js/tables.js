/* Tables that sort, filter and turn their pages. Without script they are plain tables.
   `data-bb-sort` on a table makes its headers buttons; a cell may carry `data-sort`.
   `data-bb-filter="label"` puts a filter above it; `data-bb-facet` on a header adds a choice of the
   values it lists. `data-bb-rows` names a JSON file with all rows of a long table (generator/row_data.py),
   which is asked for when somebody reaches for the table. `data-bb-address` keeps what is looked for in
   the page's address. */
(() => {
  const PAGE = 100;
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const LONG = 60; // letters of a choice; a list of choices is as wide as its longest
  const cut = (text) => (text.length > LONG ? `${[...text].slice(0, LONG).join("")}…` : text);
  const textOf = (cell) => (cell ? cell.textContent.trim() : "");

  /* A row: its texts, what sorts it, and the element, which long tables make when it is shown. */
  function fromElement(element) {
    const cells = [...element.cells];
    const texts = cells.map(textOf);
    const keys = cells.map((cell, index) => cell.dataset.sort ?? texts[index]);
    return { texts, keys, all: texts.join(" ").toLowerCase(), element: () => element };
  }

  function fromData(cells) {
    const texts = cells.map((cell) => cell.map(wordsOf).join("").trim());
    let made = null;
    const element = () => (made ??= makeRow(cells));
    return { texts, keys: texts, all: texts.join(" ").toLowerCase(), element };
  }

  function wordsOf(part) {
    if (typeof part === "string") return part;
    return part[0] === "a" || part[0] === "code" ? part[1] : part[2];
  }

  function makeRow(cells) {
    const row = document.createElement("tr");
    cells.forEach((parts, index) => {
      const cell = document.createElement(index ? "td" : "th");
      if (!index) cell.scope = "row";
      cell.append(...parts.map(makePart));
      row.append(cell);
    });
    return row;
  }

  function makePart(part) {
    if (typeof part === "string") return part;
    const [kind, first, second, third] = part;
    const element = document.createElement(kind === "badge" ? "span" : kind);
    element.textContent = wordsOf(part);
    if (kind === "badge") element.className = first;
    if (kind === "time") element.dateTime = first;
    if (kind === "a" && /^(https?:|mailto:|[^:]*$)/i.test(second)) element.href = second;
    if (kind === "a" && third) element.className = third;
    return element;
  }

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function setUp(table) {
    const headers = [...table.tHead.rows[0].cells];
    const names = headers.map(textOf);
    const body = table.tBodies[0];
    const view = { rows: [...body.rows].map(fromElement), words: "", chosen: new Map(), sort: null, page: 0 };
    const stood = headers.findIndex((header) => header.ariaSort === "descending"); // by what the rows stand as they come
    const total = Number(table.dataset.bbTotal ?? view.rows.length);
    let asked = view.rows.length < total ? null : Promise.resolve();
    let show = () => {};

    const whole = () =>
      (asked ??= fetch(table.dataset.bbRows)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then(({ rows }) => {
          view.rows = rows.map(fromData);
          show();
        })
        .catch(() => {
          asked = null; // the rows on the page stay as they are
          show();
        }));

    function found() {
      const words = view.words.toLowerCase().split(/\s+/).filter(Boolean);
      const rows = view.rows.filter(
        ({ all, texts }) =>
          words.every((word) => all.includes(word)) &&
          [...view.chosen].every(([index, value]) => texts[index] === value || texts[index].split(", ").includes(value)),
      );
      if (!view.sort) return rows;
      const { index, down } = view.sort;
      return rows.sort((a, b) => {
        const [left, right] = [a.keys[index], b.keys[index]];
        if (!left || !right) return Number(!left) - Number(!right); // empty cells stay last
        return down ? order.compare(right, left) : order.compare(left, right);
      });
    }

    const pager = makePager(view, table.caption?.textContent ?? "", () => whole().then(show));
    const count = make("p", { className: "bb-filter__count" });
    count.setAttribute("role", "status");
    const nothing = make("p", { className: "bb-empty bb-screen-only", hidden: true }, "Nothing fits. Take a word away, or choose “All”.");
    const told = (rows, all) => {
      const of = total.toLocaleString("en");
      if (all === total) return `${of} rows`;
      if (view.rows.length === total) return `${all.toLocaleString("en")} of ${of} rows`;
      return asked ? `Looking through ${of} rows` : `${rows} of the first ${view.rows.length} rows; the others cannot be loaded`;
    };
    show = () => {
      const rows = found();
      view.page = Math.min(view.page, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
      const from = view.page * PAGE;
      const wanted = rows.slice(from, from + PAGE).map((row) => row.element());
      const stands = wanted.length === body.rows.length && wanted.every((row, place) => row === body.rows[place]);
      if (!stands) body.replaceChildren(...wanted);
      const missing = view.rows.length < total;
      const all = missing && rows.length === view.rows.length ? total : rows.length;
      count.textContent = told(rows.length, all);
      nothing.hidden = rows.length > 0;
      pager.update(all);
      headers.forEach((header, index) => {
        const by = view.sort ?? { index: stood, down: true };
        if (by.index === index) header.setAttribute("aria-sort", by.down ? "descending" : "ascending");
        else header.removeAttribute("aria-sort");
      });
      if ("bbAddress" in table.dataset) writeAddress(view, names);
    };

    const frame = table.closest(".bb-table-scroll") ?? table;
    if ("bbSort" in table.dataset) makeSortable(headers, view, () => whole().then(show));
    const fill = "bbFilter" in table.dataset ? makeFilter(table, frame, headers, view, count, () => { whole(); show(); }) : () => {};
    frame.after(nothing, pager.element);
    for (const event of ["pointerenter", "focusin"]) (frame.previousElementSibling ?? frame).addEventListener(event, whole, { once: true });
    if ("bbAddress" in table.dataset && readAddress(view, names)) {
      fill();
      whole().then(show); // the page that the address names may be one of those to come
    } else show();
  }

  function makeSortable(headers, view, changed) {
    headers.forEach((header, index) => {
      if ("bbNosort" in header.dataset || !textOf(header)) return;
      const button = make("button", { type: "button", className: "bb-sort" }, ...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const down = view.sort?.index === index && !view.sort.down;
        Object.assign(view, { sort: { index, down }, page: 0 });
        changed();
      });
    });
  }

  function makePager(view, caption, show) {
    const back = make("button", { type: "button", className: "bb-button" }, "Previous");
    const on = make("button", { type: "button", className: "bb-button" }, "Next");
    const where = make("span");
    const element = make("nav", { className: "bb-pager bb-screen-only" }, back, where, on);
    element.setAttribute("aria-label", `Pages of the table: ${caption}`);
    const turn = (by) => () => {
      view.page += by;
      show();
      element.parentElement.querySelector(".bb-filter, .bb-table-scroll")?.scrollIntoView({ block: "nearest" });
    };
    back.addEventListener("click", turn(-1));
    on.addEventListener("click", turn(1));
    const update = (all) => {
      element.hidden = all <= PAGE;
      back.disabled = view.page === 0;
      on.disabled = (view.page + 1) * PAGE >= all;
      const last = Math.min(all, (view.page + 1) * PAGE);
      where.textContent = `${(view.page * PAGE + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${all.toLocaleString("en")}`;
    };
    return { element, update };
  }

  function makeFilter(table, frame, headers, view, count, changed) {
    const search = make("input", { type: "search", autocomplete: "off" });
    const choices = headers
      .map((header, index) => ({ header, index }))
      .filter(({ header }) => "bbFacet" in header.dataset)
      .map(({ header, index }) => {
        const values = JSON.parse(header.dataset.bbFacet).sort(order.compare);
        const choice = make("select", {}, new Option("All", ""), ...values.map((value) => new Option(cut(value), value)));
        return { index, label: textOf(header), choice };
      });
    const bar = make("form", { className: "bb-filter bb-screen-only" }, make("label", {}, table.dataset.bbFilter, search));
    for (const { label, choice } of choices) bar.append(make("label", {}, label, choice));
    bar.append(count);
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", `${table.dataset.bbFilter}: ${table.caption?.textContent ?? ""}`);
    bar.addEventListener("submit", (event) => event.preventDefault());
    bar.addEventListener("input", () => {
      view.words = search.value;
      view.chosen = new Map(choices.filter(({ choice }) => choice.value).map(({ index, choice }) => [index, choice.value]));
      view.page = 0;
      changed();
    });
    frame.before(bar);
    return () => {
      search.value = view.words;
      for (const { index, choice } of choices) {
        const wanted = view.chosen.get(index);
        if (wanted === undefined) continue;
        choice.value = wanted;
        if (choice.value !== wanted) view.chosen.delete(index); // a value that no row has
      }
    };
  }

  const parameterOf = (name) => name.toLowerCase().replace(/\W+/g, "-");

  /* The words are `find` in the address: `q` would open the search of the whole site. */
  function readAddress(view, names) {
    const given = new URLSearchParams(location.search);
    view.words = given.get("find") ?? "";
    view.page = Math.max(0, Number.parseInt(given.get("page") ?? "1", 10) - 1) || 0;
    names.forEach((name, index) => {
      const value = given.get(parameterOf(name));
      if (value) view.chosen.set(index, value);
      const sort = given.get("sort");
      if (sort?.replace(/^-/, "") === parameterOf(name)) view.sort = { index, down: sort.startsWith("-") };
    });
    return [...given].length > 0;
  }

  function writeAddress(view, names) {
    const wanted = new URLSearchParams();
    if (view.words) wanted.set("find", view.words);
    for (const [index, value] of view.chosen) wanted.set(parameterOf(names[index]), value);
    if (view.sort) wanted.set("sort", (view.sort.down ? "-" : "") + parameterOf(names[view.sort.index]));
    if (view.page) wanted.set("page", String(view.page + 1));
    const text = wanted.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  }

  for (const table of document.querySelectorAll("table[data-bb-sort], table[data-bb-filter]")) {
    if (table.tHead && table.tBodies[0]) setUp(table);
  }
})();
