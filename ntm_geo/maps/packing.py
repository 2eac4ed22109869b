"""The page's data as JSON that may stand inside a script element; `static/data.js` unpacks it.

The one place that knows how it is packed: objects by field; a table (a tuple of objects) by
columns, in which what stands often may stand once (`of`, and `at` which of them, or in how many
`rows` where all are alike); geometry as steps of 1e-5 degree from position to position, each in as
few characters as it needs, and of areas that share borders by `arcs`. What comes out of the decoder
is what `plain` gives.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ntm_geo.maps.arcs import Arcs, Positions
from ntm_geo.maps.page_data import PageData

DEGREE_STEPS = 100_000
"""Steps of a degree: coordinates on the page are good to about a metre."""

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Digits of a step: the first 32 end it, the others say that more follow; JSON escapes none."""
_DIGIT_BITS = 5

_IN_SCRIPT = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def pack(data: PageData) -> str:
    """Return the data as JSON in which no sign can end the script element or open a comment.

    Parameters
    ----------
    data
        What the page shows.
    """
    packed = json.dumps(_packed(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return packed.translate(_IN_SCRIPT)


def plain(value: Any) -> Any:  # noqa: ANN401 (any part of the data)
    """Return the data as plain lists and mappings: what the page's decoder makes of `pack`."""
    if is_dataclass(value):
        return {_name(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def _name(field: str) -> str:
    return field.rstrip("_")  # class_ is no word of Python's


def _packed(value: Any) -> Any:  # noqa: ANN401 (any part of the data)
    if is_dataclass(value):
        return {_name(field.name): _packed(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        if "coordinates" in value:
            return {f"${value['type']}": _nested(value["coordinates"], _steps)}
        return {key: _packed(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        if value and is_dataclass(value[0]):
            return {"$table": _table(value)}
        return [_packed(part) for part in value]
    return value


def _table(rows: Sequence[Any]) -> dict[str, Any]:
    columns = {field.name: [getattr(row, field.name) for row in rows] for field in fields(rows[0])}
    return {
        _name(name): _areas(column) if _are_areas(column) else _column(list(map(_packed, column)))
        for name, column in columns.items()
    }


def _column(values: list[Any]) -> Any:  # noqa: ANN401 (a list, or a pool with places in it)
    """Return the shorter of the values themselves and a pool of the different ones."""
    keys = [json.dumps(value, ensure_ascii=False) for value in values]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    if len(places) == 1 and len(values) > 1:
        return {"of": values[:1], "rows": len(values)}
    at = [places[key] for key in keys]
    pooled = sum(map(len, places)) + sum(len(str(place)) for place in at) + 16
    if pooled >= sum(map(len, keys)):
        return values
    return {"of": [json.loads(key) for key in places], "at": at}


def _are_areas(column: Sequence[Any]) -> bool:
    return all(
        isinstance(value, Mapping) and value.get("type") in ("Polygon", "MultiPolygon")
        for value in column
    )


def _areas(shapes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return areas as numbers of arcs, and the arcs."""
    rings: list[Positions] = []
    for shape in shapes:
        _nested(shape["coordinates"], lambda ring: rings.append(_on_grid(ring)))
    arcs = Arcs(rings)
    refer = [
        {f"${s['type']}": _nested(s["coordinates"], lambda ring: arcs.references(_on_grid(ring)))}
        for s in shapes
    ]
    return {"areas": refer, "arcs": list(map(_digits_of, arcs.found))}


def _nested(coordinates: Any, made: Callable[[Any], Any]) -> Any:  # noqa: ANN401 (coordinates)
    """Return what is made of each array of positions, nested as before; a point is one of one."""
    if isinstance(coordinates[0], float | int):
        return made([coordinates])
    if isinstance(coordinates[0][0], float | int):
        return made(coordinates)
    return [_nested(part, made) for part in coordinates]


def _on_grid(positions: Sequence[Sequence[float]]) -> Positions:
    return tuple((round(x * DEGREE_STEPS), round(y * DEGREE_STEPS)) for x, y in positions)


def _steps(positions: Sequence[Sequence[float]]) -> str:
    return _digits_of(_on_grid(positions))


def _digits_of(positions: Positions) -> str:
    """Return positions as text: step x, step y, and so on."""
    before = ((0, 0), *positions[:-1])
    return "".join(
        _digits(x - u) + _digits(y - v) for (x, y), (u, v) in zip(positions, before, strict=True)
    )


def _digits(step: int) -> str:
    """Return a step as digits of 5 bits, the lowest first; its sign is the lowest bit of all."""
    rest = 2 * step if step >= 0 else -2 * step - 1
    more = 1 << _DIGIT_BITS
    digits = []
    while rest >= more:
        digits.append(_SIGNS[more + rest % more])
        rest >>= _DIGIT_BITS
    return "".join(digits) + _SIGNS[rest]
