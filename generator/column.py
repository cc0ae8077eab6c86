"""What is kept of each bug for pages of many bugs: they are made from it alone, and known by it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Generic, TypeVar

from generator.codec import Codec
from generator.page_models.entry import Entry
from generator.page_models.learned import Learned
from generator.page_models.measurable import Measurable
from generator.page_models.noted import Noted

Item = TypeVar("Item", Entry, Learned, Measurable, Noted)
ENTRY = Codec(Entry)
LEARNED = Codec(Learned)
MEASURABLE = Codec(Measurable)
NOTED = Codec(Noted)


@dataclass(frozen=True)
class Column(Generic[Item]):
    """One kind of it of all bugs, in their order, read when it is asked for."""

    told: tuple[bytes, ...]
    """Each as JSON."""
    of: Codec[Item]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All of it, to be made into pages."""
        return tuple(map(self.of.read, self.told))

    @cached_property
    def marks(self) -> tuple[bytes, ...]:
        """Of each what differs when it does."""
        return tuple(blake2b(told, digest_size=16).digest() for told in self.told)

    @cached_property
    def mark(self) -> str:
        """What differs when any of them does."""
        return blake2b(b"".join(self.marks), digest_size=16).hexdigest()
