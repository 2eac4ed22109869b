"""One coordinate in one text: every number that it can stand for."""

import math
import re
from typing import NamedTuple

from ntm_geo.coordinates.labels import Label, bare, read_label

Cell = str | float | None
"""What a cell of a table holds."""

_SIGNS = str.maketrans(
    dict.fromkeys("º˚ᵒ∘", "°")
    | dict.fromkeys("′’‘ʹ´`ʼ", "'")
    | dict.fromkeys("″”“„ʺ˝", '"')
    | dict.fromkeys("−–—", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\r\n\t", " ")
)
_SPELLED_SIGNS = (
    (re.compile(r"(?<=\d)d(?=\d{1,2}(?:[.,]\d+)?')"), "°"),  # 14d08'38.1"N, as GDAL writes it
    (re.compile(r"(?<=\d) *(?:do|deg)(?![a-z])"), "°"),
    (re.compile(r"(?<=\d) *(?:phut|min)(?![a-z])"), "'"),
    (re.compile(r"(?<=\d) *(?:giay|sec)(?![a-z])|''"), '"'),
)
_LABELLED = re.compile(r"(?P<before>[a-z .:=]*?) *(?P<number>[-+]?\d[^a-z]*?) *(?P<after>[a-z .]*)")

_DECIMALS = r"(?:[.,](?P<decimals>\d+))?"
_START = r"(?P<sign>[-+]?)(?P<degrees>\d{1,3})"
_MINUTES = r"(?P<minutes>\d{1,2})"
_TO_MINUTES, _TO_SECONDS = r"(?: *° *| +|:|-)", r"(?: *' *| +|:|-)"
_DEGREES = tuple(
    re.compile(_START + rest)
    for rest in (
        rf"{_TO_MINUTES}{_MINUTES}{_TO_SECONDS}(?P<seconds>\d{{1,2}}){_DECIMALS} *[\"']?",
        rf"\.(?P<minutes>\d\d)\.(?P<seconds>\d\d){_DECIMALS}",
        rf"{_TO_MINUTES}{_MINUTES}{_DECIMALS} *'?",
        rf"{_DECIMALS} *°",
    )
)
"""Ways to write degrees: with minutes and seconds, these with points, with minutes, alone."""

_PLAIN = re.compile(rf"(?P<whole>[-+]?\d+){_DECIMALS}")
_GROUPED = re.compile(
    r"(?P<whole>[-+]?\d{1,3}(?P<group>[., '])\d{3}(?:(?P=group)\d{3})*)"
    r"(?:(?!(?P=group))[.,](?P<decimals>\d+))?"
)
_SIXTY = 60


class Number(NamedTuple):
    """One number that a text can stand for.

    Parameters
    ----------
    value
        In degrees, or in metres.
    step
        What one unit of the last written digit is, in the same unit.
    writing
        `degrees`: with minutes or a degree sign, no plane coordinate; `grouped`: with thousands
        separators, no degrees; `plain`: either.
    parts
        How many numbers it is written in: 3 for degrees, minutes and seconds.
    label
        What the words at it say.
    """

    value: float
    step: float
    writing: str
    parts: int
    label: Label


def normalised(text: str) -> str:
    """Return text bare, each sign in one of its shapes, one blank between words."""
    text = " ".join(bare(text.translate(_SIGNS)).split())
    for spelling, sign in _SPELLED_SIGNS:
        text = spelling.sub(sign, text)
    return text


def numbers_of(cell: Cell) -> tuple[Number, ...]:
    """Return every number that a cell, or a normalised part of one, can stand for.

    Examples
    --------
    >>> [(number.value, number.writing) for number in numbers_of("510.836")]
    [(510.836, 'plain'), (510836.0, 'grouped')]
    >>> [(number.value, number.label.axis) for number in numbers_of("14 30 n")]
    [(14.5, 'north')]
    """
    if cell is None or isinstance(cell, bool):
        return ()
    if not isinstance(cell, str):
        # 15 digits are what a spreadsheet keeps: the rest is noise of the binary number.
        text = f"{cell:.15g}" if math.isfinite(cell) else ""
        return tuple(n for n in numbers_of(text) if n.writing == "plain")
    found = _LABELLED.fullmatch(cell)
    label = None if found is None else read_label(found["before"] + " " + found["after"])
    if found is None or label is None:
        return ()
    text = found["number"].strip()
    degrees = next((m for pattern in _DEGREES if (m := pattern.fullmatch(text))), None)
    readings = [] if degrees is None else _read_degrees(degrees, label)
    if plain := _PLAIN.fullmatch(text):
        readings.append(_read_number(plain, "plain", label))
    if grouped := _GROUPED.fullmatch(text):
        readings.append(_read_number(grouped, "grouped", label))
    return tuple(readings)


def _read_degrees(found: re.Match[str], label: Label) -> list[Number]:
    parts = [
        found[name] for name in ("degrees", "minutes", "seconds") if name in found.re.groupindex
    ]
    decimals = found["decimals"] or ""
    numbers = [float(part) for part in parts[:-1]] + [float(f"{parts[-1]}.{decimals or 0}")]
    if any(number >= _SIXTY for number in numbers[1:]):
        return []
    value = sum(number / _SIXTY**place for place, number in enumerate(numbers))
    step = 10.0 ** -len(decimals) / _SIXTY ** (len(parts) - 1)
    value = -value if found["sign"] == "-" else value
    return [Number(value, step, "degrees", len(parts), label)]


def _read_number(found: re.Match[str], writing: str, label: Label) -> Number:
    whole, decimals = re.sub("[., ']", "", found["whole"]), found["decimals"] or ""
    return Number(float(f"{whole}.{decimals or 0}"), 10.0 ** -len(decimals), writing, 1, label)
