"""Fill in a modal by the labels that a person sees, as Slack itself would send it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias

Element: TypeAlias = Mapping[str, Any]
Directory: TypeAlias = Mapping[str, str]
Answer: TypeAlias = "str | int | float | date | time | datetime | Sequence[str] | None"
State: TypeAlias = dict[str, dict[str, dict[str, Any]]]


class UnknownAnswerError(Exception):
    """An answer names a field or an option that the form does not have."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Where Slack keeps the value of one type of input, and how an answer becomes that value."""

    key: str
    initial: str
    read: Callable[[Element, Any, Directory], object]
    many: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """One modal as shown; `directory` turns names, addresses and #channels into Slack ids."""

    view: Mapping[str, Any]
    directory: Directory

    @property
    def title(self) -> str:
        """The words at the top of the modal."""
        title: str = self.view["title"]["text"]
        return title

    @property
    def is_step(self) -> bool:
        """Whether another step follows it."""
        return bool(self.view.get("submit", {}).get("text") == "Next")

    @property
    def inputs(self) -> list[Mapping[str, Any]]:
        """The input blocks, from top to bottom."""
        return [block for block in self.view.get("blocks", ()) if block.get("type") == "input"]

    @property
    def labels(self) -> list[str]:
        """The visible labels of the inputs, from top to bottom."""
        return [block["label"]["text"] for block in self.inputs]

    def fill(self, answers: Mapping[str, Answer]) -> State:
        """Slack's `state.values`: what the form starts with, and the answers over it.

        A field is named by its label, block id or action id.

        Raises:
            UnknownAnswerError: the form has no such field, or the field no such option.
        """
        chosen = {self._input(name)["block_id"]: answer for name, answer in answers.items()}
        return {
            block["block_id"]: {
                block["element"]["action_id"]: _value(block, chosen, self.directory)
            }
            for block in self.inputs
        }

    def refusals(self, state: State) -> dict[str, str]:
        """What Slack itself would say under each label instead of sending the form."""
        refusals = {}
        for block in self.inputs:
            value = state[block["block_id"]][block["element"]["action_id"]]
            sentence = _refusal(block, value[SLOTS[block["element"]["type"]].key])
            if sentence is not None:
                refusals[block["label"]["text"]] = sentence
        return refusals

    def by_label(self, errors: Mapping[str, str]) -> dict[str, str]:
        """The bot's errors, which name block ids, under the labels that they are shown at.

        Raises:
            UnknownAnswerError: an error names no input, which Slack shows as a failure of the app.
        """
        return {self._input(block_id)["label"]["text"]: error for block_id, error in errors.items()}

    def _input(self, name: str) -> Mapping[str, Any]:
        found = [
            block
            for block in self.inputs
            if name in {block["label"]["text"], block["block_id"], block["element"]["action_id"]}
        ]
        if len(found) == 1:
            return found[0]
        many = "more than one field" if found else "no field"
        sentence = (
            f"The form {self.title!r} has {many} {name!r}; "
            f"its fields are: {', '.join(self.labels) or 'none'}."
        )
        raise UnknownAnswerError(sentence)


def _value(
    block: Mapping[str, Any], chosen: Mapping[str, Answer], directory: Directory
) -> dict[str, Any]:
    element = block["element"]
    slot = SLOTS[element["type"]]
    nothing: object = [] if slot.many else None
    value: object = element.get(slot.initial, nothing)
    if block["block_id"] in chosen:
        answer = chosen[block["block_id"]]
        value = slot.read(element, answer, directory) if answer else nothing
    return {"type": element["type"], slot.key: value}


def _refusal(block: Mapping[str, Any], value: object) -> str | None:
    element = block["element"]
    if not value:
        return None if block.get("optional") else "Please complete this required field."
    if isinstance(value, str):
        if len(value) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None


def _text(_: Element, answer: object, __: Directory) -> str:
    return str(answer)


def _option(element: Element, answer: str, _: Directory) -> Mapping[str, Any]:
    groups = [element, *element.get("option_groups", ())]
    offered = [option for group in groups for option in group.get("options", ())]
    for option in offered:
        if answer in {option["text"]["text"], option["value"]}:
            found: Mapping[str, Any] = option
            return found
    labels = ", ".join(option["text"]["text"] for option in offered)
    sentence = f"There is no option {answer!r}; the options are: {labels}."
    raise UnknownAnswerError(sentence)


def _id(_: Element, answer: str, directory: Directory) -> str:
    if answer in directory:
        return directory[answer]
    if answer in directory.values():
        return answer
    sentence = f"Nobody and nothing in the workspace is called {answer!r}."
    raise UnknownAnswerError(sentence)


def _list_of(
    read: Callable[[Element, str, Directory], object],
) -> Callable[[Element, Sequence[str], Directory], list[object]]:
    def read_all(element: Element, answers: Sequence[str], directory: Directory) -> list[object]:
        listed = [answers] if isinstance(answers, str) else answers
        return [read(element, answer, directory) for answer in listed]

    return read_all


def _day(_: Element, answer: date | str, __: Directory) -> str:
    return answer if isinstance(answer, str) else answer.strftime("%Y-%m-%d")


def _time_of_day(_: Element, answer: time | str, __: Directory) -> str:
    return answer if isinstance(answer, str) else answer.strftime("%H:%M")


def _moment(_: Element, answer: datetime | int, __: Directory) -> int:
    return answer if isinstance(answer, int) else int(answer.timestamp())


def _rich_text(_: Element, answer: str, __: Directory) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": answer}]}
    return {"type": "rich_text", "elements": [section]}


def _slots() -> dict[str, Slot]:
    text = Slot(key="value", initial="initial_value", read=_text)
    option = Slot(key="selected_option", initial="initial_option", read=_option)
    options = Slot(
        key="selected_options", initial="initial_options", read=_list_of(_option), many=True
    )
    slots = dict.fromkeys(
        ("plain_text_input", "number_input", "email_text_input", "url_text_input"), text
    )
    slots |= dict.fromkeys(("static_select", "radio_buttons"), option)
    slots |= dict.fromkeys(("multi_static_select", "checkboxes"), options)
    for what in ("user", "conversation", "channel"):
        slots[f"{what}s_select"] = Slot(key=f"selected_{what}", initial=f"initial_{what}", read=_id)
        slots[f"multi_{what}s_select"] = Slot(
            key=f"selected_{what}s", initial=f"initial_{what}s", read=_list_of(_id), many=True
        )
    return slots | {
        "datepicker": Slot(key="selected_date", initial="initial_date", read=_day),
        "timepicker": Slot(key="selected_time", initial="initial_time", read=_time_of_day),
        "datetimepicker": Slot(key="selected_date_time", initial="initial_date_time", read=_moment),
        "rich_text_input": Slot(key="rich_text_value", initial="initial_value", read=_rich_text),
    }


# Every input of @slack/types but file_input and the external selects, which nothing here answers.
SLOTS: Mapping[str, Slot] = _slots()
