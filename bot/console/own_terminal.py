"""A terminal that is closed, and a polite kill, end the console as Ctrl-D does: nothing is lost."""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import click

from bot.console.questions import Terminal

_POLITE: Final = (signal.SIGHUP, signal.SIGTERM)
_BY_SIGNAL: Final = 128  # as shells count: the exit code of a program that a signal ended


@contextmanager
def ends_in_order() -> Iterator[None]:
    """Raise SystemExit at a hang-up or a polite kill, once, so that what is open can be kept.

    For the main thread. A signal that is ignored, as below nohup, stays ignored.
    """
    heard = [number for number in _POLITE if signal.getsignal(number) is not signal.SIG_IGN]

    def end(number: int, _: FrameType | None) -> None:
        for each in heard:  # shells send both, and the second would meet the first one's work
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(_BY_SIGNAL + number)

    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def own_terminal() -> Terminal:
    """The terminal of this process; one that is gone is an input that has ended."""
    return Terminal(say=_say, read=_read)


def _say(text: str) -> None:
    with _gone_is_ended():
        click.echo(text)


def _read(prompt: str) -> str:
    """One line; with editing and history where the input is a terminal."""
    with _gone_is_ended():
        if sys.stdin.isatty():
            return input(prompt)
        click.echo(prompt, nl=False)
        if line := sys.stdin.readline():
            return line.rstrip("\n")
    raise EOFError


@contextmanager
def _gone_is_ended() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise EOFError from error
