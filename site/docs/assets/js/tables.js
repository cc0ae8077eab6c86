/* Tables that sort and filter on the page. Without script they are plain tables.
   `data-bb-sort` on a table makes its headers buttons; a cell may carry `data-sort`.
   `data-bb-filter="label"` puts a filter above it; `data-bb-facet` on a header adds a choice. */
(() => {
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const textOf = (cell) => (cell ? cell.textContent.trim() : "");
  const keyOf = (cell) => cell?.dataset.sort ?? textOf(cell);
  const rowsOf = (table) => [...table.tBodies[0].rows];

  function sortBy(table, header, index) {
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = rowsOf(table).map((row) => ({ row, key: keyOf(row.cells[index]) }));
    rows.sort((a, b) => {
      if (!a.key || !b.key) return Number(!a.key) - Number(!b.key); // empty cells stay last
      return down ? order.compare(b.key, a.key) : order.compare(a.key, b.key);
    });
    table.tBodies[0].append(...rows.map(({ row }) => row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((header, index) => {
      if ("bbNosort" in header.dataset || !textOf(header)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "bb-sort";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => sortBy(table, header, index));
    });
  }

  function field(label, control) {
    const wrapper = document.createElement("label");
    wrapper.append(label, control);
    return wrapper;
  }

  function makeChoice(table, index) {
    const choice = document.createElement("select");
    choice.append(new Option("All", ""));
    const values = new Set(rowsOf(table).map((row) => textOf(row.cells[index])));
    values.delete("");
    for (const value of [...values].sort(order.compare)) choice.append(new Option(value, value));
    return choice;
  }

  function makeFilterable(table) {
    const search = document.createElement("input");
    search.type = "search";
    search.autocomplete = "off";
    const choices = [...table.tHead.rows[0].cells]
      .map((header, index) => ({ header, index }))
      .filter(({ header }) => "bbFacet" in header.dataset)
      .map(({ header, index }) => ({
        index,
        label: textOf(header),
        choice: makeChoice(table, index),
      }));
    const count = document.createElement("p");
    count.className = "bb-filter__count";
    count.setAttribute("role", "status");
    const texts = new Map(rowsOf(table).map((row) => [row, row.textContent.toLowerCase()]));

    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, text] of texts) {
        const fits =
          words.every((word) => text.includes(word)) &&
          choices.every(
            ({ index, choice }) => !choice.value || textOf(row.cells[index]) === choice.value,
          );
        row.hidden = !fits;
        shown += Number(fits);
      }
      count.textContent = shown === texts.size ? `${shown} rows` : `${shown} of ${texts.size} rows`;
    };

    const bar = document.createElement("form");
    bar.className = "bb-filter bb-screen-only";
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", table.dataset.bbFilter);
    bar.append(field(table.dataset.bbFilter, search));
    for (const { label, choice } of choices) bar.append(field(label, choice));
    bar.append(count);
    bar.addEventListener("input", apply);
    bar.addEventListener("submit", (event) => event.preventDefault());
    (table.closest(".bb-table-scroll") ?? table).before(bar);
    apply();
  }

  for (const table of document.querySelectorAll("table[data-bb-sort]")) {
    if (table.tHead && table.tBodies[0]) makeSortable(table);
  }
  for (const table of document.querySelectorAll("table[data-bb-filter]")) {
    if (table.tHead && table.tBodies[0]) makeFilterable(table);
  }
})();
