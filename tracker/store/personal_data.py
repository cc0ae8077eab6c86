"""Finds numbers of payment cards, bank accounts and social security in pasted text.

Only numbers whose check digits are right, or whose name stands beside them: the records of an
incident need trace ids, times, order numbers, e-mail and network addresses.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tracker.model.private_text import CARD, CARD_CODE, IBAN, SSN
from tracker.store.secret_patterns import Span

# The expressions begin with a look at one character, which is what makes them quick.

# First digits and lengths, by the lists of the networks (ISO/IEC 7812). Lengths that no network
# gives out today are left out: 13 digits are times and article numbers far more often.
_CARD: Final = re.compile(
    r"4\d{15}"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[689]\d)\d{11}"  # Diners Club
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|62\d{14,17}"  # UnionPay
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{12,15}"  # Maestro
)
# Whole numbers in one piece or in the groups printed on cards, never a part of a longer number.
_MAYBE_CARD: Final = re.compile(
    r"(?=[2-6])(?<![\w.])(?<!\d-)[2-6](?:"
    r"\d{13,18}"
    r"|\d{3}(?P<gap>[ \xa0-])\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{1,3})?"
    r"|\d{3}(?P<wide>[ \xa0-])\d{6}(?P=wide)\d{4,5}"
    r")(?![\w-]|\.\d)"
)
_OTHER_NUMBER: Final = re.compile(
    r"(?:correlation|event|invoice|message|offset|order|request|sequence|shipment|snowflake|span"
    r"|trace|tracking|transaction)[ _-]?(?:id|key|no\.?|nr\.?|number)?[\"'`]?\s?[:=#]?\s?[\"'`#]?$",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 40

_MAYBE_IBAN: Final = re.compile(
    r"(?=[A-Z])(?<!\w)[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}|(?:(?P<gap>[ \xa0-])[A-Z0-9]{4}"
    r"(?:(?P=gap)[A-Z0-9]{4}){1,6}(?:(?P=gap)[A-Z0-9]{1,3})?))(?!\w)"
)
_MAYBE_SSN: Final = re.compile(
    r"(?=[Ss])"
    r"\b(?:ssn|social[ _-]?security)(?:[ _-]?(?:no\.?|nr\.?|number))?[\"'`]?\s?(?:is|[:=#])?\s?"
    r"[\"'`]?(?P<number>\d{3}[ -]?\d\d[ -]?\d{4})(?!\w|-\d)",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"(?=[Cc])"
    r"(?<![A-Za-z0-9])(?:cvv2?|cvc2?|card[ _-]?(?:security|verification)[ _-]?(?:code|value))"
    r"[\"'`]?\s?(?:is|[:=])\s?[\"'`]?(?P<number>\d{3,4})(?![\w-]|\.\d)",
    re.IGNORECASE,
)


def find_personal_data(text: str) -> Iterator[Span]:
    """Find what may not be kept about a person; spans may overlap."""
    for found in _MAYBE_CARD.finditer(text):
        length = _length(found[0], found["gap"] or found["wide"], _is_card)
        if length and not _is_named_otherwise(text, found.start()):
            yield Span(start=found.start(), end=found.start() + length, kind=CARD)
    for found in _MAYBE_IBAN.finditer(text):
        if length := _length(found[0], found["gap"], _is_iban):
            yield Span(start=found.start(), end=found.start() + length, kind=IBAN)
    for found in _MAYBE_SSN.finditer(text):
        if _is_ssn(found["number"]):
            yield Span(start=found.start("number"), end=found.end("number"), kind=SSN)
    for found in _CODE.finditer(text):
        yield Span(start=found.start("number"), end=found.end("number"), kind=CARD_CODE)


def _length(text: str, gap: str | None, judgement: Callable[[str], bool]) -> int:
    """The characters of the longest number; what follows its groups may look like one more."""
    while text and not judgement(text):
        text = text.rpartition(gap)[0] if gap else ""
    return len(text)


def _is_card(text: str) -> bool:
    from stdnum import luhn  # noqa: PLC0415 - only a text with such a number waits for it

    number = re.sub(r"\D", "", text)
    return bool(_CARD.fullmatch(number)) and luhn.is_valid(number)


def _is_named_otherwise(text: str, start: int) -> bool:
    """Whether its name says that it is no card, as in `order_id=…`."""
    return bool(_OTHER_NUMBER.search(text[max(0, start - _LONGEST_NAME) : start]))


def _is_iban(text: str) -> bool:
    from stdnum import iban  # noqa: PLC0415 - as above

    return iban.is_valid(text.replace("\xa0", " "), check_country=False)


def _is_ssn(text: str) -> bool:
    from stdnum.us import ssn  # noqa: PLC0415 - as above

    return ssn.is_valid(re.sub(r"\D", "", text))
