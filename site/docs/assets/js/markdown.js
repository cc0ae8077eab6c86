/* The button that copies a page as Markdown, made from what the page shows. */
(() => {
  const button = document.querySelector("[data-bb-copy]");
  const page = button?.closest(".bb-page");
  if (!page || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(markdownOf(page));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied: the browser does not allow it";
    }
    setTimeout(() => (button.textContent = words), 2500);
  });

  const SKIPPED = ".headerlink, .bb-screen-only, .bb-documents, nav, svg, button, .bb-chart__legend, .md-clipboard, .md-code__nav";

  function markdownOf(root) {
    return blocks(root).join("\n\n").replace(/\n{3,}/g, "\n\n").trim() + "\n";
  }

  function blocks(parent) {
    const found = [];
    let line = "";
    const end = () => {
      if (line.trim()) found.push(line.trim());
      line = "";
    };
    for (const node of parent.childNodes) {
      const block = node.nodeType === Node.ELEMENT_NODE && !node.matches(SKIPPED) ? blockOf(node) : null;
      if (block === null) line += inline(node);
      else {
        end();
        found.push(...block.filter(Boolean));
      }
    }
    end();
    return found;
  }

  function blockOf(element) {
    const name = element.tagName;
    if (/^H[1-6]$/.test(name)) return [`${"#".repeat(Number(name[1]))} ${inlineOf(element)}`];
    if (name === "PRE") return [fenced(element.textContent)];
    if (name === "UL" || name === "OL") return [list(element, "")];
    if (name === "DL") return [facts(element)];
    if (name === "TABLE") return [table(element)];
    if (name === "BLOCKQUOTE") return [blocks(element).join("\n\n").replace(/^/gm, "> ")];
    if (name === "HR") return ["---"];
    if (/^(P|SUMMARY|FIGCAPTION)$/.test(name)) return [inlineOf(element)];
    if (/^(ARTICLE|SECTION|DIV|HEADER|FOOTER|FIGURE|DETAILS|LI|DD)$/.test(name)) return blocks(element);
    return null;
  }

  function list(element, indent) {
    return [...element.children]
      .map((item, index) => {
        const mark = element.tagName === "OL" ? `${index + 1}. ` : "- ";
        const box = element.matches(".bb-checklist") ? (item.matches(".bb-checklist__item--done") ? "[x] " : "[ ] ") : "";
        const [first = "", ...rest] = blocks(item);
        const more = rest.map((block) => `\n${block.replace(/^/gm, `${indent}${" ".repeat(mark.length)}`)}`);
        return `${indent}${mark}${box}${first.replace(/^(Not done|Done): /, "")}${more.join("\n")}`;
      })
      .join("\n");
  }

  function facts(element) {
    const rows = element.matches(".bb-facts, .bb-kpis") ? [...element.children] : [element];
    return rows
      .map((row) => {
        const [label, ...values] = [...row.children].map(inlineOf);
        return `- **${label}**: ${values.join(", ")}`;
      })
      .join("\n");
  }

  function table(element) {
    const rows = [...element.rows].map((row) => [...row.cells].map((cell) => inlineOf(cell).replaceAll("|", "\\|")));
    const [head, ...body] = rows;
    return [head, head.map(() => "---"), ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
  }

  function fenced(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}\n${text.replace(/\n$/, "")}\n${fence}`;
  }

  function inlineOf(element) {
    return [...element.childNodes].map(inline).join("").replace(/\s+/g, " ").trim();
  }

  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\s+/g, " ").replace(/([\\`*_[\]<>])/g, "\\$1");
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIPPED)) return "";
    const words = [...node.childNodes].map(inline).join("");
    switch (node.tagName) {
      case "CODE": {
        const text = node.textContent;
        return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
      }
      case "STRONG":
      case "B":
        return `**${words}**`;
      case "EM":
        return `*${words}*`;
      case "S":
        return `~~${words}~~`;
      case "A":
        return node.href ? `[${words}](${node.href})` : words;
      case "IMG":
        return `![${node.alt}](${node.src})`;
      case "BR":
        return "\n";
      default:
        return words;
    }
  }
})();
