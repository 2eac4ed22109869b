"""The page's data as JSON that may stand inside a script element; `static/data.js` unpacks it.

The one place that knows how it is packed: objects by field; a table (a tuple of objects) by
columns, in which what stands often may stand once (`of`, and `at` which of them, or in how many
`rows` where all are alike); geometry as steps of 1e-5 degree from place to place. What comes out
of the decoder is what `plain` gives.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ntm_geo.maps.page_data import PageData

DEGREE_STEPS = 100_000
"""Steps of a degree: coordinates on the page are good to about a metre."""

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
            return {"$shape": value["type"], "steps": _steps(value["coordinates"])}
        return {key: _packed(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        if value and is_dataclass(value[0]):
            return {"$table": _table(value)}
        return [_packed(part) for part in value]
    return value


def _table(rows: Sequence[Any]) -> dict[str, Any]:
    return {
        _name(field.name): _column([_packed(getattr(row, field.name)) for row in rows])
        for field in fields(rows[0])
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


def _steps(coordinates: Any) -> list[Any]:  # noqa: ANN401 (nested coordinates)
    """Return chains of places as [x, y, step x, step y, …], nested as they were."""
    if isinstance(coordinates[0], float | int):
        coordinates = [coordinates]
    if not isinstance(coordinates[0][0], float | int):
        return [_steps(part) for part in coordinates]
    grid = [(round(x * DEGREE_STEPS), round(y * DEGREE_STEPS)) for x, y in coordinates]
    before = [(0, 0), *grid[:-1]]
    return [step for (x, y), (u, v) in zip(grid, before, strict=True) for step in (x - u, y - v)]
