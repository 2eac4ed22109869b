"""Which feature is which unit or asset: by its code or its name, never by a guess."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ntm_geo.errors import NameAmbiguousError, NameUnknownError, Problem, Text
from ntm_geo.model import Unit
from ntm_geo.names import Named, fold, resolve

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from pandas import DataFrame

MOST_AREA_ERROR = 0.15
"""Sources measure areas differently by up to so much; another unit differs by more."""


class Sure(StrEnum):
    """How sure a link is."""

    CODE = "code"
    NAME = "name"
    BARE = "bare"
    """By the letters without their tones, where only one unit has them."""
    PLACE = "place"
    """By its place: the unit's centre lies in it, and its area is the unit's."""


@dataclass(frozen=True)
class Link:
    """One feature that was found to be a unit or an asset.

    Parameters
    ----------
    feature
        Its number in the file.
    code
        The unit's code or the asset's id.
    said
        What the file calls it.
    sure
        How it was found.
    """

    feature: int
    code: str
    said: str
    sure: Sure


@dataclass(frozen=True)
class Links:
    """Features and the units that they are.

    Parameters
    ----------
    column
        The column that names them.
    links
        Those that are clear.
    questions
        Those that can be two units, each with both; two features of one unit, too.
    unlinked
        Features that name no unit, with what they are called.
    """

    column: str
    links: tuple[Link, ...]
    questions: tuple[Problem, ...]
    unlinked: tuple[tuple[int, str], ...] = ()


def link_named(
    attributes: "DataFrame", named: Sequence[Named], *, column: str | None = None
) -> Links:
    """Find the units or assets that the rows of a table are.

    Parameters
    ----------
    attributes
        A row a feature, its number in the index.
    named
        Everything that can be meant.
    column
        The column with names or codes; None takes the one in which most cells name one of them.
    """
    chosen = column if column is not None else _name_column(attributes, named)
    if chosen not in attributes.columns:
        return Links(chosen, (), (_no_column(chosen, attributes),))
    links: list[Link] = []
    questions: list[Problem] = []
    unlinked: list[tuple[int, str]] = []
    for feature, value in attributes[chosen].items():
        number, said = int(str(feature)), _shown(value)
        try:
            code = resolve(said, named, column=chosen)
        except NameAmbiguousError as error:
            questions += [problem.at(row=number) for problem in error.problems]
            continue
        except NameUnknownError:
            unlinked.append((number, said))
            continue
        links.append(Link(number, code, said, _sureness(said, code, named)))
    by_code: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_code[link.code].append(link)
    for same in by_code.values():
        if len(same) > 1:
            questions.append(_twice(chosen, same))
    clear = tuple(link for link in links if len(by_code[link.code]) == 1)
    return Links(chosen, clear, tuple(questions), tuple(unlinked))


def link_by_place(
    areas: "GeoSeries", areas_km2: Mapping[int, float], units: Sequence[Unit]
) -> Links:
    """Find the units that areas without names are, by their centres and sizes.

    Parameters
    ----------
    areas
        Polygons by feature, in EPSG:4326.
    areas_km2
        Their geodesic areas.
    units
        All units of the district, with centre and official area.

    Returns
    -------
    links
        A unit whose centre lies in an area of another size is a question; areas in which no centre
        lies are not linked.
    """
    from shapely import Point

    links: list[Link] = []
    questions: list[Problem] = []
    unlinked: list[tuple[int, str]] = []
    for feature, shape in areas.items():
        number = int(str(feature))
        inside = [unit for unit in units if shape.contains(Point(unit.lon, unit.lat))]
        sizes = [unit.area_km2 for unit in inside]
        same_size = len(inside) == 1 and abs(areas_km2[number] / sizes[0] - 1) <= MOST_AREA_ERROR
        if same_size:
            said = f"{areas_km2[number]:.1f} km²"
            links.append(Link(number, inside[0].unit_code, said, Sure.PLACE))
        elif inside:
            questions.append(_other_size(number, areas_km2[number], inside))
        else:
            unlinked.append((number, f"{areas_km2[number]:.3f} km²"))
    return Links("", tuple(links), tuple(questions), tuple(unlinked))


def _other_size(feature: int, area_km2: float, inside: Sequence[Unit]) -> Problem:
    names = ", ".join(f"{unit.name} {unit.area_km2:g} km²" for unit in inside)
    return Problem(
        row=feature,
        what=Text("hình không tên, không khớp một đơn vị", "an unnamed area, of no one unit"),
        found=f"{area_km2:.1f} km²",
        allowed=Text(names, names),
        todo=Text("thêm cột tên hoặc mã, rồi --match", "add a column with names, then --match"),
    )


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _name_column(attributes: "DataFrame", named: Sequence[Named]) -> str:
    """Return the column in which most cells, each once, name a unit; the first of equals."""

    def count(name: str) -> int:
        found = set()
        for value in attributes[name]:
            try:
                found.add(resolve(_shown(value), named))
            except (NameAmbiguousError, NameUnknownError):
                continue
        return len(found)

    counts = {str(name): count(str(name)) for name in attributes.columns}
    return max(counts, key=lambda name: counts[name], default="")


def _sureness(said: str, code: str, named: Sequence[Named]) -> Sure:
    if said == code:
        return Sure.CODE
    spellings = {fold(s) for thing in named if thing.code == code for s in thing.spellings}
    return Sure.NAME if any(fold(said).endswith(s) for s in spellings) else Sure.BARE


def _twice(column: str, same: Sequence[Link]) -> Problem:
    said = ", ".join(f"{link.feature}: {link.said}" for link in same)
    return Problem(
        column=column,
        what=Text("nhiều hình cùng là một thứ", "several features are one thing"),
        found=said,
        allowed=Text(f"một hình cho {same[0].code}", f"one feature for {same[0].code}"),
        todo=Text("gộp các hình, hoặc bỏ hình thừa", "join them, or take the others out"),
    )


def _no_column(column: str, attributes: "DataFrame") -> Problem:
    names = ", ".join(str(name) for name in attributes.columns) or "–"
    return Problem(
        column="--match",
        what=Text("tệp không có cột này", "the file has no such column"),
        found=column,
        allowed=Text(names, names),
        todo=Text("chọn cột mang tên hoặc mã", "choose the column with names or codes"),
    )
