"""Reads much of a repository in several processes at once."""

import contextlib
import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from typing import Final, TypeVar

Part = TypeVar("Part")
Row = TypeVar("Row")

MANY: Final = 400
"""Files or commits from which more processes are worth their start."""
CHUNK: Final = 100
_PROCESSES: Final = 2  # the bot shares its machine, and SQLite takes what two can read


def each_read(read: Callable[[Sequence[Part]], list[Row]], parts: Sequence[Part]) -> Iterator[Row]:
    """Yield in order what the function makes of the parts; of many, in other processes.

    It is given them in chunks, and has to be one that a process can be sent.
    """
    chunks = [parts[start : start + CHUNK] for start in range(0, len(parts), CHUNK)]
    done = 0
    if len(parts) >= MANY:
        # A lost process, or a program that cannot be started twice, costs time and nothing else.
        with contextlib.suppress(BrokenProcessPool):
            for rows in _in_processes(read, chunks):
                done += 1
                yield from rows
    yield from chain.from_iterable(map(read, chunks[done:]))


def _in_processes(
    read: Callable[[Sequence[Part]], list[Row]], chunks: list[Sequence[Part]]
) -> Iterator[list[Row]]:
    context = multiprocessing.get_context("spawn")  # a forked bot would carry its threads' locks
    with ProcessPoolExecutor(_PROCESSES, mp_context=context, initializer=gc.disable) as pool:
        yield from pool.map(partial(_freeing, read), chunks)


def _freeing(read: Callable[[Sequence[Part]], list[Row]], chunk: Sequence[Part]) -> list[Row]:
    """Let go of what refers to itself once a chunk, and not every few milliseconds.

    What is left are modules and the rows to be sent, which nothing needs to look through again.
    """
    rows = read(chunk)
    gc.collect()
    gc.freeze()
    return rows
