"""Reads much of a repository in several processes at once."""

import contextlib
import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final, Self, TypeVar

Part = TypeVar("Part")
Row = TypeVar("Row")

MANY: Final = 400
"""Files or commits from which more processes are worth their start."""
CHUNK: Final = 100
_PROCESSES: Final = 2  # the bot shares its machine, and SQLite takes what two can read


@dataclass(kw_only=True)
class Readers:
    """The processes that read; they are started when there is much to read, and end at the exit.

    What is asked for first is read first: whoever asks for two things has both read in one go.
    """

    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each_read(
        self, read: Callable[[Sequence[Part]], list[Row]], parts: Sequence[Part]
    ) -> Iterator[Row]:
        """Let the function read the parts, from now on, and give in order what it makes of them.

        It is given them in chunks, and has to be one that a process can be sent.
        """
        chunks = [parts[start : start + CHUNK] for start in range(0, len(parts), CHUNK)]
        ahead = self._started(read, chunks) if len(parts) >= MANY else iter(())
        return chain.from_iterable(_each_chunk(read, chunks, ahead))

    def _started(
        self, read: Callable[[Sequence[Part]], list[Row]], chunks: list[Sequence[Part]]
    ) -> Iterator[list[Row]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # a fork would carry our threads' locks
            self._pool = ProcessPoolExecutor(_PROCESSES, mp_context=context, initializer=gc.disable)
        try:
            return self._pool.map(partial(_freeing, read), chunks)
        except BrokenProcessPool:
            return iter(())


def _each_chunk(
    read: Callable[[Sequence[Part]], list[Row]],
    chunks: list[Sequence[Part]],
    ahead: Iterator[list[Row]],
) -> Iterator[list[Row]]:
    done = 0
    # A lost process, or a program that cannot be started twice, costs time and nothing else.
    with contextlib.suppress(BrokenProcessPool):
        for rows in ahead:
            done += 1
            yield rows
    yield from map(read, chunks[done:])


def _freeing(read: Callable[[Sequence[Part]], list[Row]], chunk: Sequence[Part]) -> list[Row]:
    """Let go of what refers to itself once a chunk, and not every few milliseconds.

    What is left are modules and the rows to be sent, which nothing needs to look through again.
    """
    rows = read(chunk)
    gc.collect()
    gc.freeze()
    return rows
