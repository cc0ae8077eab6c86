"""Play a scenario as the people in it would, and wait for the bot's word after each step."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from demo.live_time import Played, live_fields
from demo.narrator import Narrator
from demo.stage import Stage
from demo.turn import Result, Turn, TurnFailedError
from tracker import clock
from tracker.operations.scenario import Scenario, Step

WINDOW: Final = "monitoring window"
SPARE: Final = timedelta(seconds=1)  # after the end of the window, which is told in whole seconds


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long one step took, in seconds: to the acknowledgement, and to the answer."""

    verb: str
    acknowledged: float
    done: float


@dataclass(kw_only=True)
class Player:
    """Plays one scenario; `bug` is the number under which the bug was recorded."""

    stage: Stage
    narrator: Narrator
    monitor_for: timedelta
    """The monitoring window of the policy."""
    bug: str = ""
    timings: list[Timing] = field(default_factory=list)
    refusals: int = 0
    past: list[Played] = field(default_factory=list)
    deployed: datetime | None = None

    def play(self, scenario: Scenario) -> None:
        """Play every step; raises TurnFailedError with what the bot said instead of "done"."""
        for step in scenario.steps:
            result = self._step(step)
            if result.refused and WINDOW in result.said:
                self._wait_for_the_window(result)
                self._dismiss(step, result)
                result = self._step(step)
            if result.refused:
                message = f"`{step.action.verb}` by {step.actor.name}: {result.said}"
                raise TurnFailedError(message)
            self._remember(step, result)
            self.narrator.rest()
            self._dismiss(step, result)

    def _step(self, step: Step) -> Result:
        self.stage.bot.check()
        who = step.actor.name
        turn = Turn(
            person=self.stage.person(step.actor.email),
            verb=step.action.verb,
            bug=self.bug,
            fields=self._fields(step),
            read=self.narrator.read,
            tell=lambda what: self.narrator.act(who, what),
        )
        try:
            return turn.play()
        except TimeoutError as error:
            message = f"`{step.action.verb}` by {who}: {error}"
            raise TurnFailedError(message) from error

    def _fields(self, step: Step) -> Mapping[str, Any]:
        given = step.action.model_dump(exclude_unset=True, exclude={"at"})
        return live_fields(given, self.past, Played(told=step.at, live=clock.now()))

    def _remember(self, step: Step, result: Result) -> None:
        self.narrator.answer(result.said.partition("\n")[0], result.seconds)
        now = clock.now()
        self.past.append(Played(told=step.at, live=now))
        self.timings.append(
            Timing(verb=step.action.verb, acknowledged=result.acknowledged, done=result.seconds)
        )
        if not self.bug:
            self.bug = result.said.removeprefix("✅ ").partition(":")[0]
        if step.action.verb.endswith("deploy"):
            self.deployed = now

    def _wait_for_the_window(self, result: Result) -> None:
        """Nobody skips a gate: wait until the time that the policy asks for is over."""
        self.refusals += 1
        self.narrator.refusal(result.said)
        end = (self.deployed or clock.now()) + self.monitor_for + SPARE
        left = (end - clock.now()).total_seconds()
        with self.narrator.waiting(f"The monitoring window is waited out: {left:.0f} s."):
            time.sleep(max(left, 0))

    def _dismiss(self, step: Step, result: Result) -> None:
        """Take away what was said in private, as people do who have read that it is done."""
        self.stage.dismiss(self.stage.person(step.actor.email), result.before)
