"""Looks for garbage seldom: a build keeps nearly all that it loads and makes to its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MANY_OBJECTS: Final = 200_000
"""New objects after which garbage is looked for; Python takes 700."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Until the block ends."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def no_collections() -> Iterator[None]:
    """Until the block ends: to look through ten thousand records takes as long as to read them."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def collect_rarely() -> None:
    """Until the process ends."""
    gc.set_threshold(_MANY_OBJECTS, *gc.get_threshold()[1:])
