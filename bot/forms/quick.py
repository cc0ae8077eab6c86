"""An action from typed text alone, for those who do not want a form."""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from bot.forms.catalogue import FORMS
from bot.forms.emptying import typed_empty, with_cleared
from bot.forms.inputs import Input
from bot.forms.kinds import User
from bot.forms.layout import FieldProblemsError, Form
from bot.forms.reading import Entries, completed, nested
from bot.forms.scene import Scene, UnreadableError
from bot.forms.sentences import MISSING, problems_by_input
from bot.typed_pairs import known_keys, mistyped_keys
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.verbs import VERBS

_MENTION = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|[^<>]*)?>")
_PERSON = re.compile(r"<@[^>]+>|\S*@\S+")
_WHOM = {"to": "assignee", "assignee": "assignee", "backup": "backup", "eta": "eta"}
_LEVEL = re.compile(r"(?P<severity>[Pp][0-3])(?!\w)[\s:,;–-]*(?P<reason>.*)", re.DOTALL)


def quick_action(  # noqa: PLR0917 - what was typed, then what it is judged with
    verb: str,
    text: str,
    pairs: Mapping[str, str],
    record: BugRecord | None,
    policy: Policy,
    people: Mapping[str, Person],
) -> Action | None:
    """The action, or ``None`` where a form has to ask; people are written as `<@U123>`."""
    form = FORMS[verb]
    if mistaken(verb, {**pairs, "text": text} if text else pairs):
        return None
    scene = Scene(record=record, policy=policy, people=people)
    typed = typed_by_input(form, text.strip(), pairs)
    words_alone = bool(text.strip()) and not pairs and len(typed or ()) <= 1
    if typed is None or (words_alone and not form.words_suffice) or not (typed or form.bare):
        return None
    emptied = typed_empty(form, typed)
    try:
        entries = {
            field.name: field.kind.typed(_named(typed[field.name], field, people), scene)
            for field in form.all_inputs
            if field.name in typed and field.name not in emptied
        }
        said = {name: entry for name, entry in entries.items() if entry is not None}
        return _action(form, said, scene, emptied)
    except (UnreadableError, FieldProblemsError, ValidationError):
        return None


def mistaken(verb: str, typed: Mapping[str, str]) -> list[str]:
    """Tell of keys among typed values, and in `text`, that no input of a form has."""
    form = FORMS[verb]
    found = [
        told
        for key, said in typed.items()
        for told in mistyped_keys(said, verb, whole=key == "text")
    ]
    for key, said in typed.items():
        if key == "text" or _field(form, key) is not None:
            continue
        names = " or ".join(f"`{name}=`" for name in _places(form, key))
        use = f": use {names}" if names else ""
        found.append(f"“{key}={said}” has no place of its own in this form{use}.")
    return found


def refused_entries(form: Form, scene: Scene) -> dict[str, str]:
    """What the rules have against typed entries that can be read each by itself, by input.

    What is merely missing is no news in a form that asks for it.
    """
    entries = {
        field.name: entry
        for field in form.all_inputs
        if (entry := _readable(field, scene)) is not None
    }
    if not entries:
        return {}
    try:
        data = form.finish(nested(form, completed(form, entries, scene)), scene)
        VERBS[form.verb].model_validate(data)
    except FieldProblemsError as error:
        return _news(error.problems, entries, scene)
    except ValidationError as error:
        return _news(problems_by_input(error, form), entries, scene)
    return {}


def _readable(field: Input, scene: Scene) -> object | None:
    typed = scene.prefill.get(field.name)
    try:
        entry = field.kind.typed(typed, scene) if typed else None
    except UnreadableError:  # which the form tells as well
        return None
    return None if isinstance(field.kind, User) and not isinstance(entry, Person) else entry


def _news(problems: Mapping[str, str], entries: Entries, scene: Scene) -> dict[str, str]:
    return {
        name: told
        for name, told in problems.items()
        if name in entries or (name not in scene.prefill and MISSING not in told)
    }


def _places(form: Form, key: str) -> list[str]:
    """The inputs that hold what a key means: parts of it, or rows that it is a column of."""
    known, column = known_keys(form.verb), key.rpartition(".")[2]
    return [
        each.name
        for each in form.all_inputs
        if each.name.startswith(f"{key}.") or f"{each.name}.{column}" in known
    ]


def typed_by_input(form: Form, text: str, pairs: Mapping[str, str]) -> dict[str, str] | None:
    """Typed text and pairs under the names of inputs; ``None`` when one has no input."""
    typed: dict[str, str] = {}
    for key, value in pairs.items():
        field = _field(form, key)
        if field is None:
            return None
        typed[field.name] = value
    if not text:
        return typed
    shorthands = {"assign": _assignment, "triage": _judgement, "take-role": _role}
    shorthand = shorthands.get(form.verb)
    if shorthand is not None and (said := shorthand(text)):
        return {**said, **typed}
    return {form.main: text, **typed} if form.main else None


def _assignment(text: str) -> dict[str, str]:
    """`@ana backup @bo eta 2h`, in any order; a second person is the backup. Empty when unclear."""
    said: dict[str, str] = {}
    place = "assignee"
    for word in text.replace(",", " ").split():
        named = _WHOM.get(word.lower().rstrip(":"))
        if named is not None:
            place = named
        elif place == "eta" and _PERSON.fullmatch(word) is None:
            said["eta"] = f"{said.get('eta', '')} {word}".strip()
        elif _PERSON.fullmatch(word) is None:
            return {}
        elif (whom := "backup" if place == "backup" else "assignee") not in said:
            said[whom], place = word, "assignee"
        elif "backup" not in said:
            said["backup"] = word
        else:
            return {}
    return said


def _judgement(text: str) -> dict[str, str]:
    """`P0 payments fail too`: the severity, and why."""
    found = _LEVEL.fullmatch(text)
    said = found.groupdict() if found else {}
    return {name: value.strip() for name, value in said.items() if value}


def _role(text: str) -> dict[str, str]:
    """`scribe @ana` or `scribe to @ana`: the role and who takes it; empty where nobody is named."""
    found = _PERSON.search(text)
    if found is None:
        return {}
    words = [*text[: found.start()].split(), *text[found.end() :].split()]
    role = " ".join(word for word in words if word.lower() != "to")
    return {"role": role, "person": found[0]} if role else {"person": found[0]}


def _field(form: Form, key: str) -> Input | None:
    """The input of that name, or the only one whose last part is that."""
    wanted = key.strip().lower().replace("-", "_")
    exact = [field for field in form.all_inputs if field.name == wanted]
    parts = [field for field in form.all_inputs if field.name.rpartition(".")[2] == wanted]
    found = exact or parts
    return found[0] if len(found) == 1 else None


def _named(text: str, field: Input, people: Mapping[str, Person]) -> str:
    """The text with people by name, except where a person is what is asked for."""
    if isinstance(field.kind, User):
        return text
    return _MENTION.sub(
        lambda found: f"@{people[found['id']].name}" if found["id"] in people else found[0], text
    )


def _action(form: Form, entries: Entries, scene: Scene, emptied: frozenset[str]) -> Action | None:
    known = form.start(scene.record) if scene.record else {}
    for field in form.all_inputs:
        missing = field.name not in entries and known.get(field.name) in (None, ())
        if missing and field.required(scene):
            return None
    data = with_cleared(form, emptied, nested(form, completed(form, entries, scene)))
    return VERBS[form.verb].model_validate(form.finish(data, scene))
