"""Rows of a table with typed coordinates, as points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.coordinates import Ambiguous, Kind, Pair, find_coordinate_columns, parse_pair
from ntm_geo.errors import Problem, Text

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from pandas import DataFrame

Cell = str | int | float


@dataclass(frozen=True)
class Points:
    """Points of a table.

    Parameters
    ----------
    geometry
        A point a row that has one, by the row's line; in no CRS yet.
    attributes
        All rows, by line.
    kind
        Whether these are degrees or metres; None where there is no point.
    why
        How the columns were recognised.
    odd
        Rows whose coordinates cannot be read: line and reason.
    questions
        What has to be answered first.
    """

    geometry: "GeoSeries"
    attributes: "DataFrame"
    kind: Kind | None
    why: Text
    odd: tuple[Problem, ...]
    questions: tuple[Problem, ...]


def read_points(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], lines: Sequence[int]
) -> Points:
    """Read the coordinates of a table.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        Cells, as long as the header each.
    lines
        The line of each row, as a spreadsheet numbers it.
    """
    import geopandas as gpd
    import pandas as pd

    attributes = pd.DataFrame([list(row) for row in rows], columns=list(header), dtype=object)
    attributes.index = pd.Index(lines, name="feature")
    found = find_coordinate_columns(header)
    if len(found) != 1:
        nothing = gpd.GeoSeries([], index=pd.Index([], name="feature"))
        return Points(nothing, attributes, None, Text("", ""), (), (_columns(header, len(found)),))
    (columns,) = found
    names = (columns.first, columns.second or "")
    pairs: dict[int, Pair] = {}
    odd: list[Problem] = []
    questions: list[Problem] = []
    for line, row in attributes.iterrows():
        second = row[columns.second] if columns.second is not None else None
        read = parse_pair(row[columns.first], second, names=names)
        number = int(str(line))
        if isinstance(read, Pair):
            pairs[number] = read
        elif isinstance(read, Ambiguous):
            questions.append(read.problem.at(row=number))
        else:
            odd.append(read.at(row=number))
    kinds = sorted({pair.kind for pair in pairs.values()})
    if len(kinds) > 1:
        questions.append(_mixed(kinds))
    geometry = gpd.GeoSeries(
        gpd.points_from_xy([p.x for p in pairs.values()], [p.y for p in pairs.values()]),
        index=pd.Index(list(pairs), name="feature"),
    )
    kind = kinds[0] if kinds else None
    return Points(geometry, attributes, kind, columns.why, tuple(odd), tuple(questions))


def _columns(header: Sequence[str], count: int) -> Problem:
    names = ", ".join(header) or "–"
    what = (
        Text("không thấy cột tọa độ", "no columns with coordinates")
        if not count
        else Text("nhiều cặp cột tọa độ", "several pairs of columns with coordinates")
    )
    return Problem(
        what=what,
        found=names,
        allowed=Text(
            "một cặp cột: kinh độ và vĩ độ, X và Y, E và N",
            "one pair of columns: longitude and latitude, X and Y, E and N",
        ),
        todo=Text("đặt tên cột như thế, bỏ cặp thừa", "name them so, take other pairs out"),
    )


def _mixed(kinds: Sequence[str]) -> Problem:
    return Problem(
        what=Text("bảng lẫn độ và mét", "the table mixes degrees and metres"),
        found=", ".join(kinds),
        allowed=Text("một loại tọa độ trong một bảng", "one kind of coordinates in a table"),
        todo=Text("tách thành hai bảng", "make two tables of it"),
    )
