// Runs before the page of the stand-in, which shows no menus of people, no pickers of moments, no
// initial choices and one line of text only, and which sends nothing for an input that nobody
// touched. Here every form is shown with inputs that the page has, and sent as Slack would send it.
(() => {
  const Real = window.WebSocket;
  const BREAK = "In this window, write \\n for a new line.";
  let users = [];
  let original = null; // the form on top, as the bot sent it

  const plain = (text) => ({ type: "plain_text", text });
  const inputs = (view) => (view?.blocks ?? []).filter((block) => block.type === "input");
  const nameOf = (id) => users.find((user) => user.id === id)?.real_name;
  const minute = (epoch) => new Date(epoch * 1000).toISOString().slice(0, 16).replace("T", " ");

  const shownElement = {
    users_select: (element) => ({
      ...element,
      type: "static_select",
      placeholder: plain(nameOf(element.initial_user) ?? "Select"),
      options: users
        .filter((user) => !user.is_bot)
        .map((user) => ({ text: plain(user.real_name), value: user.id })),
    }),
    datetimepicker: (element) => ({
      ...element,
      type: "plain_text_input",
      placeholder: plain("2026-12-31 12:15 (UTC)"),
      initial_value: element.initial_date_time ? minute(element.initial_date_time) : undefined,
    }),
    static_select: (element) => ({
      ...element,
      placeholder: element.initial_option?.text ?? element.placeholder,
    }),
    plain_text_input: (element) => ({
      ...element,
      initial_value: element.initial_value?.replaceAll("\n", "\\n"),
    }),
  };

  const remark = (element) => {
    const chosen = element.initial_options ?? (element.initial_option ? [element.initial_option] : []);
    const boxes = ["checkboxes", "radio_buttons"].includes(element.type);
    if (boxes && chosen.length) return `Chosen now: ${chosen.map((one) => one.text.text).join("; ")}.`;
    return element.multiline ? BREAK : "";
  };

  const shownBlock = (block) => {
    if (block.type !== "input") return block;
    const hint = [block.hint?.text, remark(block.element)].filter(Boolean).join(". ");
    const show = shownElement[block.element.type] ?? ((element) => element);
    return { ...block, element: show(block.element), hint: hint ? plain(hint) : undefined };
  };

  const shownStack = (stack) => {
    original = stack?.at(-1) ?? null;
    return (stack ?? []).map((view) => ({ ...view, blocks: (view.blocks ?? []).map(shownBlock) }));
  };

  const shown = (event) => {
    if (event.t === "init") {
      users = event.state.users;
      event.state.modalStack = shownStack(event.state.modalStack);
    } else if (event.t === "view") {
      event.stack = shownStack(event.stack);
    } else if (event.t === "view_errors") {
      const labels = Object.fromEntries(
        inputs(original).map((block) => [block.block_id, block.label.text]),
      );
      event.errors = Object.fromEntries(
        Object.entries(event.errors ?? {}).map(([id, text]) => [labels[id] ?? id, text]),
      );
      setTimeout(() => document.querySelector(".modal-error")?.scrollIntoView(), 100);
    }
    return event;
  };

  const epochOf = (text) => {
    const epoch = Date.parse(`${text.trim().replace(" ", "T")}Z`) / 1000;
    return Number.isNaN(epoch) ? null : epoch;
  };

  const sentState = {
    users_select: (element, state) => ({
      selected_user: state ? state.selected_option?.value ?? null : element.initial_user ?? null,
    }),
    datetimepicker: (element, state) => ({
      selected_date_time: state ? epochOf(state.value ?? "") : element.initial_date_time ?? null,
    }),
    datepicker: (element, state) => ({
      selected_date: state ? state.selected_date || null : element.initial_date ?? null,
    }),
    static_select: (element, state) => ({
      selected_option: state?.selected_option ?? element.initial_option ?? null,
    }),
    radio_buttons: (element, state) => ({
      selected_option: state?.selected_option ?? element.initial_option ?? null,
    }),
    checkboxes: (element, state) => ({
      selected_options: state?.selected_options ?? element.initial_options ?? [],
    }),
    plain_text_input: (element, state) => ({
      value: (state ? state.value?.replaceAll("\\n", "\n") : element.initial_value) || null,
    }),
  };

  const sent = (message) => {
    if (message.t !== "view_submit" || !original) return message;
    const values = {};
    for (const { block_id: id, element } of inputs(original)) {
      const state = message.values?.[id]?.[element.action_id];
      const send = sentState[element.type] ?? (() => state ?? {});
      values[id] = { [element.action_id]: { type: element.type, ...send(element, state) } };
    }
    return { ...message, values };
  };

  window.WebSocket = class extends Real {
    constructor() {
      super("STAND_IN_SOCKET");
    }
    set onmessage(listen) {
      super.onmessage = (event) => listen({ data: JSON.stringify(shown(JSON.parse(event.data))) });
    }
    send(text) {
      super.send(JSON.stringify(sent(JSON.parse(text))));
    }
  };
})();
