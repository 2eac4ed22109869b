"""A pair of coordinates in one cell or two: what is meant, or why it cannot be said."""

import itertools
import math
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ntm_geo.coordinates.columns import label_of_header
from ntm_geo.coordinates.labels import Kind, Label, merge
from ntm_geo.coordinates.numbers import Cell, Number, normalised, numbers_of
from ntm_geo.errors import Problem, Text

EAST_DEGREES, NORTH_DEGREES = (102.0, 118.0), (6.0, 24.0)
"""Longitudes and latitudes of Vietnam with its islands [degree]."""

EAST_M, NORTH_M = (100_000.0, 900_000.0), (660_000.0, 2_660_000.0)
"""Eastings of a zone 3° or 6° wide with a false easting of 500 km, and northings of the latitudes
above [m]."""

LONGEST_CELL = 120
"""Letters; no pair is as long."""

_METRES_PER_DEGREE = 111_320.0
_SPLIT = re.compile(r" - |[ ,;|/&]|(?<=[a-z])(?=[\d-])|(?<=[\d'\"°])(?=[a-z])")

Order = Literal["xy", "yx"]


class Pair(NamedTuple):
    """A point as it was typed.

    Parameters
    ----------
    kind
        `geographic`: degrees; `plane`: metres of a projection that the text does not name.
    x
        Longitude [degree] or easting [m].
    y
        Latitude [degree] or northing [m].
    precision_m
        What one unit of the last written digit is on the ground, the coarser of the two [m].
    order
        `xy` where x was written first.
    why
        How it is known which of the two is which.
    """

    kind: Kind
    x: float
    y: float
    precision_m: float
    order: Order
    why: Text


class Ambiguous(NamedTuple):
    """A text that can be read in several ways, and the question for people."""

    readings: tuple[Pair, ...]
    problem: Problem


def parse_pair(
    first: Cell, second: Cell = None, *, names: tuple[str, str] = ("", "")
) -> Pair | Ambiguous | Problem:
    r"""Read a pair of coordinates; say what is wrong instead of guessing.

    Every way to cut, order and read the text is tried, and those stay that make a point of
    Vietnam. X can be the northing, as Vietnamese surveyors write it, or the easting.

    Parameters
    ----------
    first, second
        Two cells, or one that holds both coordinates: decimal degrees, degrees with minutes (and
        seconds), or metres, with decimal point or comma, with or without thousands separators.
    names
        The headers of the two columns; they count like labels in the cells.

    Returns
    -------
    result
        The pair; all of its readings where more than one is possible; or the problem, its place
        left open for the caller to fill in.

    Examples
    --------
    >>> pair = parse_pair("14°30'00.0\"N, 108°15'00.0\"E")
    >>> pair.kind, pair.x, pair.y, pair.order, round(pair.precision_m, 1)
    ('geographic', 108.25, 14.5, 'yx', 3.1)
    >>> pair = parse_pair("1.605.000,5", "527.000,25", names=("X (m)", "Y (m)"))
    >>> pair.kind, pair.x, pair.y, pair.precision_m
    ('plane', 527000.25, 1605000.5, 0.1)
    """
    shown = _shown(first, second)
    if not shown or len(shown) > LONGEST_CELL:
        return _problem(_WHAT_EMPTY if not shown else _WHAT_UNREADABLE, shown)
    texts = list(_numbers(first, second, names))
    read = {(p.kind, p.x, p.y): p for pair in texts for p in _readings(*pair, labels=True)}
    if len(read) == 1:
        return next(iter(read.values()))
    if read:
        return Ambiguous(tuple(read.values()), _ambiguous(shown, tuple(read.values())))
    if any(list(_readings(*pair, labels=False)) for pair in texts):
        return _problem(_WHAT_CONTRADICTED, shown, _TODO_LABELS)
    return _problem(_WHAT_OUTSIDE if texts else _WHAT_UNREADABLE, shown)


def _shown(first: Cell, second: Cell) -> str:
    cells = (str(cell).strip() for cell in (first, second) if cell is not None)
    return " | ".join(cell for cell in cells if cell)


def _numbers(first: Cell, second: Cell, names: tuple[str, str]) -> Iterator[tuple[Number, Number]]:
    """Yield every two numbers that one cell or two can stand for, with all their labels."""
    if second is not None and str(second).strip():
        cells = [normalised(c) if isinstance(c, str) else c for c in (first, second)]
        headers = [label_of_header(name) or Label() for name in names]
        for numbers in itertools.product(*(numbers_of(cell) for cell in cells)):
            labels = [merge(n.label, h) for n, h in zip(numbers, headers, strict=True)]
            if labels[0] is not None and labels[1] is not None:
                yield numbers[0]._replace(label=labels[0]), numbers[1]._replace(label=labels[1])
        return
    text = re.sub(r"[()\[\]{}]", " ", normalised(str(first)))
    for cut in _SPLIT.finditer(text):
        left, right = text[: cut.start()].rstrip(" ,;|/&"), text[cut.end() :].lstrip(" ,;|/&")
        for numbers in itertools.product(numbers_of(left), numbers_of(right)):
            # "105 10 20" is no 105° and 10°20': blanks count only where both sides have as many.
            if numbers[0].parts == numbers[1].parts or ("°" in left and "°" in right):
                yield numbers


def _readings(left: Number, right: Number, *, labels: bool) -> Iterator[Pair]:
    """Yield the points of Vietnam that two numbers can be, with or against their labels."""
    orders: tuple[tuple[Order, Number, Number], ...] = (("xy", left, right), ("yx", right, left))
    for order, x, y in orders:
        if labels and (x.label.axis == "north" or y.label.axis == "east"):
            continue
        for kind in _KINDS:
            if labels and not {x.label.kind, y.label.kind} <= {None, kind}:
                continue
            if _fits(kind, x, y):
                yield Pair(
                    kind, x.value, y.value, _precision_m(kind, x, y), order, _why(kind, x, y)
                )


_KINDS: tuple[Kind, ...] = ("geographic", "plane")


def _fits(kind: Kind, x: Number, y: Number) -> bool:
    if kind == "geographic":
        east, north, other = EAST_DEGREES, NORTH_DEGREES, "grouped"
    else:
        east, north, other = EAST_M, NORTH_M, "degrees"
    if other in (x.writing, y.writing):
        return False
    return east[0] <= x.value <= east[1] and north[0] <= y.value <= north[1]


def _precision_m(kind: Kind, x: Number, y: Number) -> float:
    if kind == "plane":
        return max(x.step, y.step)
    return _METRES_PER_DEGREE * max(x.step * math.cos(math.radians(y.value)), y.step)


def _why(kind: Kind, x: Number, y: Number) -> Text:
    if x.label.axis == "east" or y.label.axis == "north":
        return Text("theo nhãn ghi ở tọa độ", "by the labels of the coordinates")
    if y.label.axis == "x" or x.label.axis == "y":
        return Text(
            "X là tọa độ Bắc, Y là tọa độ Đông, theo cách ghi của ngành trắc địa Việt Nam",
            "X is the north and Y the east, as Vietnamese surveyors write them",
        )
    if kind == "geographic":
        return Text(
            "ở Việt Nam, kinh độ lớn hơn 102 và vĩ độ nhỏ hơn 24",
            "in Vietnam longitudes are above 102 and latitudes below 24",
        )
    return Text(
        "chỉ cách đọc này cho một điểm ở Việt Nam", "only this reading makes a point of Vietnam"
    )


_WHAT_EMPTY = Text("không có tọa độ", "there are no coordinates")
_WHAT_UNREADABLE = Text("không đọc được cặp tọa độ", "this cannot be read as a pair of coordinates")
_WHAT_OUTSIDE = Text("điểm nằm ngoài Việt Nam", "the point is not in Vietnam")
_WHAT_CONTRADICTED = Text(
    "nhãn (hoặc tên cột) trái với con số: hai tọa độ có thể đã đổi chỗ",
    "the labels (or headers) contradict the numbers: the two may have changed places",
)
_ALLOWED = Text(
    "kinh độ 102-118 và vĩ độ 6-24 (14.5 108.25; 14°30'00\" 108°15'00\"), hoặc tọa độ VN-2000 "
    "bằng mét (527000.25 1605000.5); phút và giây nhỏ hơn 60",
    "a longitude of 102 to 118 and a latitude of 6 to 24 (14.5 108.25; 14°30'00\" 108°15'00\"), "
    "or VN-2000 in metres (527000.25 1605000.5); minutes and seconds below 60",
)
_TODO = Text("sửa lại ô này", "correct the cell")
_TODO_LABELS = Text(
    "đổi lại tên hai cột, hoặc hai con số", "swap the two headers or the two numbers"
)


def _problem(what: Text, found: str, todo: Text = _TODO) -> Problem:
    return Problem(what=what, found=found, allowed=_ALLOWED, todo=todo)


def _ambiguous(found: str, readings: tuple[Pair, ...]) -> Problem:
    ways = " / ".join(f"x = {pair.x:.10g}, y = {pair.y:.10g}" for pair in readings)
    return Problem(
        what=Text(
            "cặp tọa độ có thể hiểu theo nhiều cách", "the coordinates can be read in several ways"
        ),
        found=found,
        allowed=Text(f"một trong các cách: {ways}", f"one of: {ways}"),
        todo=Text(
            "ghi rõ «E» và «N» (hoặc «B» và «Đ») ở hai tọa độ",
            "write E and N at the two coordinates",
        ),
    )
