"""Place, direction and time out of the tags of a photograph (Exif 2.32, CIPA DC-008)."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ntm_geo.errors import Problem, RecordError, Text

EXIF, GPS = 0x8769, 0x8825
"""The two groups of tags that are looked at."""

_LAT_REF, _LAT, _LON_REF, _LON = 1, 2, 3, 4
_UTC_TIME, _DATUM, _UTC_DAY = 7, 18, 29
_DIRECTION_REF, _DIRECTION = 16, 17
_TAKEN, _OFFSET = 36867, 36881

_SIXTY = 60.0
_PARTS = 3
_MOST_LON, _MOST_LAT, _CIRCLE = 180.0, 90.0, 360.0
_DIGITS = 7
_WGS84 = re.compile(r"(wgs[-_ ]?84)?")
_CLOCK = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"[+-]\d\d:\d\d")


def position_of(gps: Mapping[int, Any], file: str) -> tuple[float, float] | None:
    """Return longitude and latitude, WGS 84 [degree]; None where the camera wrote no place.

    Raises
    ------
    RecordError
        The place cannot be: no figures, off the globe, 0, 0, or in another datum.
    """
    if _LAT not in gps and _LON not in gps:
        return None
    datum = _text(gps.get(_DATUM))
    if not _WGS84.fullmatch(datum.lower()):
        raise _impossible(file, Text("vị trí ở hệ khác WGS 84", "a place not in WGS 84"), datum)
    lat = _degrees(gps.get(_LAT), _text(gps.get(_LAT_REF)), "N", "S")
    lon = _degrees(gps.get(_LON), _text(gps.get(_LON_REF)), "E", "W")
    found = f"{lat}, {lon}"
    if not (abs(lat) <= _MOST_LAT and abs(lon) <= _MOST_LON):  # NaN is neither
        raise _impossible(file, Text("vị trí không thể có", "a place that cannot be"), found)
    if lat == 0 and lon == 0:
        what = Text("vị trí 0, 0: máy chưa bắt được GPS", "a place of 0, 0: the GPS had no fix")
        raise _impossible(file, what, found)
    return round(lon, _DIGITS), round(lat, _DIGITS)


def direction_of(gps: Mapping[int, Any]) -> float | None:
    """Return where the camera looked, from true north [degree]; None where it does not say."""
    direction = _number(gps.get(_DIRECTION))
    is_true = _text(gps.get(_DIRECTION_REF)).upper() != "M"
    return round(direction, 1) % _CIRCLE if is_true and 0 <= direction <= _CIRCLE else None


def time_of(exif: Mapping[int, Any], gps: Mapping[int, Any]) -> datetime | None:
    """Return when the shutter went: by the camera's clock, else by the satellites' (UTC).

    What is no time of the calendar, such as a clock that was never set, is none.
    """
    by_clock = _moment(_text(exif.get(_TAKEN)), _text(exif.get(_OFFSET)))
    if by_clock is not None:
        return by_clock
    hours = [_number(part) for part in _sequence(gps.get(_UTC_TIME))]
    if len(hours) != _PARTS or not all(map(math.isfinite, hours)):
        return None
    clock = ":".join(f"{int(part):02}" for part in hours)
    found = _moment(f"{_text(gps.get(_UTC_DAY))} {clock}", "")
    return found.replace(tzinfo=UTC) if found else None


def _moment(text: str, zone: str) -> datetime | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = found.groups()
    offset = zone if _ZONE.fullmatch(zone) else ""
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}{offset}")
    except ValueError:
        return None


def _degrees(value: Any, ref: str, plus: str, minus: str) -> float:  # noqa: ANN401 (a tag)
    """Return degrees with their sign; NaN where degrees, minutes and seconds are none."""
    parts = [_number(part) for part in _sequence(value)]
    sign = {plus: 1.0, "": 1.0, minus: -1.0}.get(ref.upper(), math.nan)
    parts += [0.0] * (_PARTS - len(parts)) if parts else []
    if len(parts) != _PARTS or not all(part >= 0 for part in parts):
        return math.nan
    degree, minute, second = parts
    if minute > _SIXTY or second > _SIXTY:  # 60 comes of rounding
        return math.nan
    return sign * (degree + minute / _SIXTY + second / _SIXTY**2)


def _sequence(value: Any) -> list[Any]:  # noqa: ANN401 (a tag)
    return list(value) if isinstance(value, tuple | list) else [] if value is None else [value]


def _number(value: Any) -> float:  # noqa: ANN401 (a tag: a fraction, or whatever stands there)
    try:
        return float(value)
    except (TypeError, ValueError, ArithmeticError):
        return math.nan


def _text(value: Any) -> str:  # noqa: ANN401 (a tag)
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value
    return text.strip("\0 ") if isinstance(text, str) else ""


def _impossible(file: str, what: Text, found: str) -> RecordError:
    return RecordError(
        Problem(
            file=file,
            what=what,
            found=found,
            allowed=Text("kinh độ, vĩ độ WGS 84 trong huyện", "a place in the district, in WGS 84"),
            todo=Text("chụp lại khi máy đã bắt được GPS", "take it again when the GPS has a fix"),
        )
    )
