"""How the cause was looked for, and what it was."""

from enum import StrEnum

from tracker.model.excerpt import Excerpt
from tracker.model.part import Line, Moment, Part, Prose, Verbatim
from tracker.model.person import Person


class Verdict(StrEnum):
    """What became of a hypothesis."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Reproduction(Part):
    """One attempt to see the bug happen."""

    where: Line
    """The environment it was tried in."""
    steps: tuple[Line, ...] = ()
    """What was done."""
    result: Line
    """What was seen."""
    reproduced: bool
    """Whether the bug showed."""


class Hypothesis(Part):
    """One possible cause."""

    statement: Line
    """The cause it supposes."""
    evidence_for: tuple[Line, ...] = ()
    """What speaks for it."""
    evidence_against: tuple[Line, ...] = ()
    """What speaks against it."""
    verdict: Verdict = Verdict.OPEN
    """What became of it."""


class InvestigationStep(Part):
    """Something that was looked at."""

    title: Line
    """What was looked at."""
    command: Verbatim | None = None
    """The command that was run."""
    findings: Verbatim | None = None
    """What it showed, as it was."""
    analysis: Prose | None = None
    """What follows from it."""


class Diagnosis(Part):
    """The questions that come before any cause: when, since when, where, and what helps."""

    conditions: Line | None = None
    """When does it occur: timing, conditions, inputs?"""
    regression: Line | None = None
    """Is it a regression, and did it work before?"""
    configuration: Line | None = None
    """Is it the configuration or the code?"""
    environments: Line | None = None
    """Is it specific to an environment?"""
    workaround: Line | None = None
    """Is there a workaround until it is fixed?"""


class Investigation(Part):
    """Evidence gathered on the way to the cause."""

    diagnosis: Diagnosis | None = None
    """Answers to the first questions."""
    reproductions: tuple[Reproduction, ...] = ()
    """Attempts to see the bug happen."""
    conclusion: Prose | None = None
    """What the attempts say."""
    known: tuple[Line, ...] = ()
    """What is certain."""
    unknown: tuple[Line, ...] = ()
    """What is still open."""
    hypotheses: tuple[Hypothesis, ...] = ()
    """Possible causes: the first is the primary one, the others are alternatives."""
    steps: tuple[InvestigationStep, ...] = ()
    """What was looked at, in order."""
    code: tuple[Excerpt, ...] = ()
    """Code and configuration that have to do with the bug."""
    fix_plan: tuple[Line, ...] = ()
    """What the fix is going to do, step by step."""
    failing_test: Line | None = None
    """The test that has to fail before the fix."""


class RootCause(Part):
    """Why the bug exists."""

    summary: Line
    """The problem in one sentence."""
    what: Prose
    """What exactly causes it."""
    chain: tuple[Line, ...] = ()
    """How one thing led to another."""
    why_it_happened: tuple[Line, ...] = ()
    """Why it could happen."""
    why_not_caught: tuple[Line, ...] = ()
    """Why no test, review or alert stopped it."""
    contributing_factors: tuple[Line, ...] = ()
    """What made it worse or more likely."""
    identified_at: Moment
    """When the cause was known."""
    identified_by: Person
    """Who found it."""
