// What the window of the stand-in shows otherwise than Slack, put right before a picture is taken:
// blocks of code with their fences, texts of several lines in one, choices that were made before,
// and the time of the day.
() => {
  const BREAK = "In this window, write \\n for a new line.";
  const CHOSEN = /\s*Chosen now: ([^.]+)\.$/;
  const HIGHEST = 134; // pixels: six lines
  const texts = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);

  for (const element of document.querySelectorAll(".msg *, .modal *")) {
    const said = element.textContent.trim();
    if (/^\d{1,2}:\d\d [AP]M$/.test(said) && texts(element).length) {
      texts(element)[0].nodeValue = "2:36 PM";
    }
    if (/^```[^]*```$/.test(said) && texts(element).length) {
      for (const node of texts(element)) {
        node.nodeValue = node.nodeValue.replace(/^\s*```|```\s*$/g, "");
      }
      element.classList.add("code-block");
    }
    for (const node of texts(element).filter((each) => CHOSEN.test(each.nodeValue))) {
      const choices = "input[type=radio], input[type=checkbox]";
      let block = element;
      while (block && !block.querySelector(choices)) block = block.parentElement;
      const chosen = CHOSEN.exec(node.nodeValue)[1].split("; ");
      const found = [...(block?.querySelectorAll(choices) ?? [])].filter((each) =>
        chosen.includes(each.parentElement.textContent.trim()),
      );
      if (found.length !== chosen.length) continue;
      for (const each of found) each.checked = true;
      node.nodeValue = node.nodeValue.replace(CHOSEN, "");
    }
    for (const node of texts(element).filter((each) => each.nodeValue.includes(BREAK))) {
      node.nodeValue = node.nodeValue.replace(BREAK, "").trim();
      let block = element;
      while (block && !block.querySelector("input:not([hidden])")) block = block.parentElement;
      const line = block?.querySelector("input:not([hidden])");
      if (!line) continue;
      const area = document.createElement("textarea");
      area.value = line.value.replaceAll("\\n", "\n");
      area.rows = 2;
      area.placeholder = line.placeholder;
      line.hidden = true;
      line.after(area);
      area.style.height = `${Math.min(area.scrollHeight + 2, HIGHEST)}px`;
    }
  }
}
