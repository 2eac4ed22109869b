"""Columns of a table that hold coordinates, by their headers."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ntm_geo.coordinates.labels import Axis, Kind, Label, merge, read_label
from ntm_geo.errors import Text
from ntm_geo.names import search_key

_NOISE = {
    "toa", "do", "toado", "td", "coord", "coords", "coordinate", "gps", "wgs", "wgs84", "84", "utm",
    "m", "met", "vn", "vn2000", "2000", "diem", "point", "tam", "centroid", "cua",
}  # fmt: skip
_PLACES = {
    "dau", "cuoi", "giua", "start", "end", "begin", "from", "to", "tu", "den", "1", "2", "3", "4",
}  # fmt: skip
"""Words that tell two points of one row apart, such as the two ends of a road."""

_GLUED = re.compile(r"^(?:toado|td|coord)?(x|y|kinhdo|vido|lat|lon|long|e|n)(\d?)$")
_WHOLE = {
    "toa do", "toado", "coordinates", "coordinate", "coords", "gps", "toa do gps", "toa do diem",
    "toa do vn2000", "toa do vn 2000", "lat lon", "lat long", "latlon", "latlong", "lon lat", "x y",
    "xy", "toa do x y", "kinh do vi do", "vi do kinh do", "kinh vi do",
}  # fmt: skip


class Columns(NamedTuple):
    """One or two columns that hold a pair of coordinates.

    Parameters
    ----------
    first, second
        The headers as they stand, in the table's order; `second` is None where one cell holds
        both coordinates. Give both to `parse_pair` as `names`.
    kind
        What the headers say of the coordinates; None where they leave it open, as X and Y do.
    place
        Which point of the row it is, as the headers say ("dau", "cuoi"); mostly empty.
    why
        What was recognised.
    """

    first: str
    second: str | None
    kind: Kind | None
    place: str
    why: Text


def label_of_header(name: str) -> Label | None:
    """Return what the header of a column says of a coordinate in it; None where it says nothing.

    Examples
    --------
    >>> label_of_header("Kinh độ (E)"), label_of_header("toado_x").axis, label_of_header("Tên")
    (Label(axis='east', kind='geographic'), 'x', None)
    """
    found = _read(name)
    return None if found is None else found[0]


def _read(name: str) -> tuple[Label, str] | None:
    """Return what a header says of the axis, and of which point of the row."""
    places: list[str] = []
    label: Label | None = Label()
    for word in search_key(name).replace("kinh do", "kinhdo").replace("vi do", "vido").split():
        if word in _PLACES:
            places.append(word)
        elif word not in _NOISE:
            glued = _GLUED.match(word)
            said = read_label(glued[1] if glued else word)
            label = None if label is None or said is None else merge(label, said)
            places += [glued[2]] if glued and glued[2] else []
    if label is None or label.axis is None:
        return None
    return label, " ".join(places)


_OTHER: dict[Axis, Axis] = {"east": "north", "north": "east", "x": "y", "y": "x"}


def find_coordinate_columns(names: Sequence[str]) -> tuple[Columns, ...]:
    """Find the columns of a table that hold coordinates.

    Parameters
    ----------
    names
        All headers, in the table's order.

    Returns
    -------
    columns
        Every pair of columns, and every single column, that a header calls coordinates: degrees
        first, for they need no projection, then two columns, then one that holds both. More than
        one, and which of them counts is the caller's to ask; none, and the table has no
        coordinates that its headers tell of.

    Examples
    --------
    >>> [(c.first, c.second, c.kind) for c in find_coordinate_columns(["Tên", "Vĩ độ", "Kinh độ"])]
    [('Vĩ độ', 'Kinh độ', 'geographic')]
    """
    read = {name: found for name in names if (found := _read(name)) is not None}
    pairs = [
        _pair(first, second, read)
        for place, first in enumerate(read)
        for second in list(read)[place + 1 :]
        if _belong(read[first], read[second])
    ]
    single = [
        Columns(name, None, None, "", _WHY_ONE.format(name=name))
        for name in names
        if search_key(name) in _WHOLE
    ]
    return (*sorted(pairs, key=lambda pair: pair.kind != "geographic"), *single)


def _belong(first: tuple[Label, str], second: tuple[Label, str]) -> bool:
    (left, place), (right, place_2) = first, second
    if left.axis is None or right.axis != _OTHER[left.axis] or place != place_2:
        return False
    return None in (left.kind, right.kind) or left.kind == right.kind


def _pair(first: str, second: str, read: dict[str, tuple[Label, str]]) -> Columns:
    (left, place), (right, _) = read[first], read[second]
    why = _WHY_TWO.format(first=first, second=second)
    return Columns(first, second, left.kind or right.kind, place, why)


_WHY_TWO = Text("tên cột «{first}» và «{second}»", "the headers '{first}' and '{second}'")
_WHY_ONE = Text("tên cột «{name}»", "the header '{name}'")
