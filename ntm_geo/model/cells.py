"""Cells of the record's tables: figures, days, codes and lists as spreadsheets write them."""

import math
import re
from datetime import date, datetime
from typing import Annotated, LiteralString

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

_PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED_NUMBER = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+([.,]\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOMENT = re.compile(r"(\S+?)[T ](\d{1,2})(:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_number(value: object, info: ValidationInfo) -> object:
    """Read a figure as a spreadsheet here writes it: 0.3 or 0,3, without signs for thousands.

    The validation context says which decimal sign the file uses (`decimal`). A figure such as
    1.234 in a file that writes 0,3 can mean two things, and is refused.

    Raises
    ------
    PydanticCustomError
        It is no finite figure, or it can be read in two ways.
    """
    if not isinstance(value, str):
        return value
    decimal = (info.context or {}).get("decimal", ".")
    other = "," if decimal == "." else "."
    grouped = _GROUPED_NUMBER.fullmatch(value) is not None
    if _PLAIN_NUMBER.fullmatch(value) and not (grouped and other in value):
        number = float(value.replace(",", "."))
        if math.isfinite(number):
            return number
    kind: LiteralString = "grouped_number" if grouped else "no_number"
    raise PydanticCustomError(kind, "not a plain figure")


def parse_count(value: object, info: ValidationInfo) -> object:
    """Read a whole number; a spreadsheet's 16.0 is 16."""
    number = parse_number(value, info)
    if isinstance(number, float):
        if not number.is_integer():
            raise PydanticCustomError("no_whole_number", "not a whole number")
        return int(number)
    return number


def day_or_none(text: str) -> date | None:
    """Return the day that a text is, None where the calendar has no such day.

    Examples
    --------
    >>> day_or_none("31/12/2023"), day_or_none("31/02/2023")
    (datetime.date(2023, 12, 31), None)
    """
    try:
        day = parse_day(text)
    except PydanticCustomError:
        return None
    return day if isinstance(day, date) else None


def parse_day(value: object) -> object:
    """Read a day as 2023-12-31 or, as Excel shows it here, 31/12/2023.

    Raises
    ------
    PydanticCustomError
        It is no day of the calendar.

    Examples
    --------
    >>> parse_day("31/12/2023")
    datetime.date(2023, 12, 31)
    """
    if isinstance(value, date):
        return value
    try:
        if not isinstance(value, str):
            raise PydanticCustomError("no_day", "not a day of the calendar")
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
        if found := _DAY_FIRST.fullmatch(value):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise PydanticCustomError("no_day", "not a day of the calendar")


def parse_moment(value: object) -> object:
    """Read a day with its time, as 2023-12-31T09:30:00, with an offset or without one.

    A spreadsheet may have made 31/12/2023 09:30 of it.

    Raises
    ------
    PydanticCustomError
        It is no day with a time.

    Examples
    --------
    >>> parse_moment("2023-12-31T09:30:00+07:00").isoformat()
    '2023-12-31T09:30:00+07:00'
    >>> parse_moment("31/12/2023 9:30").isoformat()
    '2023-12-31T09:30:00'
    """
    if isinstance(value, datetime):
        return value
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        if found and isinstance(day := parse_day(found[1]), date):
            return datetime.fromisoformat(f"{day.isoformat()}T{found[2]:0>2}{found[3]}")
    except ValueError:
        pass
    raise PydanticCustomError("no_moment", "not a day with a time")


def _split_list(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
SetId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
UnitCode = Annotated[str, Field(pattern=r"^[0-9]{2,8}$")]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Number = Annotated[float, BeforeValidator(parse_number)]
Amount = Annotated[float, BeforeValidator(parse_number), Field(ge=0, le=1e12)]
Count = Annotated[int, BeforeValidator(parse_count), Field(ge=0, le=10**9)]
Ordinal = Annotated[int, BeforeValidator(parse_count), Field(ge=1, le=10**6)]
Day = Annotated[date, BeforeValidator(parse_day)]
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_split_list)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_split_list)]
UnitCodes = Annotated[tuple[UnitCode, ...], BeforeValidator(_split_list)]
Finite = Annotated[float, BeforeValidator(parse_number), Field(allow_inf_nan=False)]
Longitude = Annotated[Finite, Field(ge=-180, le=180)]
Latitude = Annotated[Finite, Field(ge=-90, le=90)]
