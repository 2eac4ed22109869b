"""Words that stand at a coordinate, in its cell or in the header, and what they say of it."""

import re
import unicodedata
from typing import Literal, NamedTuple

Axis = Literal["east", "north", "x", "y"]
"""X and Y say nothing of a direction: X is the east in a GIS and the north with surveyors."""

Kind = Literal["geographic", "plane"]


class Label(NamedTuple):
    """What the words at a coordinate say; None where they leave it open."""

    axis: Axis | None = None
    kind: Kind | None = None


# N is "north" here and never "nam" (south): no place of Vietnam has a southern latitude, so that
# the letter cannot be meant so. S, T and W, and the words nam and tây, are no known words for the
# same reason: they end in a problem.
_WORDS: dict[str, Label] = {
    **dict.fromkeys(("n", "b", "bac", "north"), Label("north")),
    **dict.fromkeys(("e", "d", "dong", "east"), Label("east")),
    **dict.fromkeys(("vi", "vido", "vd", "lat", "latitude"), Label("north", "geographic")),
    **dict.fromkeys(
        ("kinh", "kinhdo", "kd", "lon", "long", "lng", "longitude"), Label("east", "geographic")
    ),
    **dict.fromkeys(("northing", "northings"), Label("north", "plane")),
    **dict.fromkeys(("easting", "eastings"), Label("east", "plane")),
    "x": Label("x"),
    "y": Label("y"),
    **dict.fromkeys(("toa", "do", "toado", "m", "point"), Label()),
}


def bare(text: str) -> str:
    """Return text small and without diacritics, its signs kept.

    Examples
    --------
    >>> bare("Vĩ độ: 14° B")
    'vi do: 14° b'
    """
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def read_label(words: str) -> Label | None:
    """Return what bare words say of a coordinate.

    Returns
    -------
    label
        None where a word is unknown, or where two of them contradict each other.

    Examples
    --------
    >>> read_label("vi do bac"), read_label("toa do x"), read_label("vi do dong")
    (Label(axis='north', kind='geographic'), Label(axis='x', kind=None), None)
    """
    label: Label | None = Label()
    for word in re.findall("[a-z]+", words):
        label = None if label is None or word not in _WORDS else merge(label, _WORDS[word])
    return label


def merge(left: Label, right: Label) -> Label | None:
    """Return what two labels say together; None where they contradict each other."""
    x_or_y = {"x", "y"}
    axes = {axis for axis in (left.axis, right.axis) if axis is not None}
    if len(axes - x_or_y) > 1 or len(axes & x_or_y) > 1:
        return None
    if left.kind is not None and right.kind not in (None, left.kind):
        return None
    # A direction says more than X or Y.
    axis = next(iter(axes - x_or_y), next(iter(axes), None))
    return Label(axis, left.kind or right.kind)
