"""What a build keeps for later ones, as JSON: a site has tens of thousands of such texts.

A build wrote them itself, so they are read by msgspec: it takes half as long as pydantic, and needs
no time to get ready for a type.
"""

from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec
from pydantic import BaseModel

Value = TypeVar("Value")
CodecError: Final = msgspec.MsgspecError
"""A text is none of those that are kept."""


class Codec(Generic[Value]):
    """Writes and reads the values of one type: dataclasses, and parts of records within them."""

    def __init__(self, kind: type[Value]) -> None:
        self._decoder = msgspec.json.Decoder(kind, dec_hook=_other)

    def write(self, value: Value) -> bytes:
        """As JSON."""
        return _ENCODER.encode(value)

    def read(self, data: bytes) -> Value:
        """From JSON; raises CodecError when it is something else."""
        return self._decoder.decode(data)


def json_text(value: object) -> str:
    """Plain values as JSON without spaces, as files of the site have them."""
    return _ENCODER.encode(value).decode()


def _told(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))


def _other(kind: type[Any], told: object) -> object:
    if issubclass(kind, BaseModel):
        return kind.model_validate(told)
    return kind(told)


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_told)
