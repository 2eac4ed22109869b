"""What a file was found to hold of the record, and what somebody has said about it."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ntm_geo.errors import OptionError, Problem, Text, raise_all
from ntm_geo.linking import Alias
from ntm_geo.model import Alongside, Pieces, Position
from ntm_geo.names import Named, resolve
from ntm_geo.workspace.told import MOST_LISTED, Understood

if TYPE_CHECKING:
    from pandas import DataFrame
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.linking import Link


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the user says of a file; what is left out is left to the evidence.

    Parameters
    ----------
    crs
        Its CRS; `:swapped` behind the code swaps the axes.
    encoding
        The encoding of its text.
    match
        The column with names, codes or ids.
    inner
        The layer within the file.
    position
        How the places are known; None takes what a receiver recorded (GPX with the time of each
        point) as surveyed, and everything else as digitised.
    on
        A day on which the boundaries hold.
    links
        The unit or asset that a feature is, by its number: a code, an id or a name.
    left_out
        Features that are nothing of the district, by number.
    accepts_near
        Take also what only lies near to where an asset is drawn.
    learns
        Let the record learn how the file spells names.
    replaces_surveyed
        Take geometry also where something stands whose place is better known.
    pieces
        What to do with a part of a road that is drawn already; None asks.
    alongside
        What lines of one road are that run beside each other; None asks.
    lists_all
        List every feature that is nothing of the district, not the first hundred.
    """

    crs: str | None = None
    encoding: str | None = None
    match: str | None = None
    inner: str | None = None
    position: Position | None = None
    on: date | None = None
    links: Mapping[int, str] = field(default_factory=dict)
    left_out: Sequence[int] = ()
    accepts_near: bool = False
    learns: bool = False
    replaces_surveyed: bool = False
    pieces: Pieces | None = None
    alongside: Alongside | None = None
    lists_all: bool = False

    @property
    def most_listed(self) -> int | None:
        """How many features of a kind are listed; None lists all."""
        return None if self.lists_all else MOST_LISTED

    def told(
        self, features: Sequence[Hashable], named: Sequence[Named]
    ) -> dict[Hashable, str | None]:
        """Return what was said of each feature: a code, or None where it is left out.

        Raises
        ------
        OptionError
            There is no such feature.
        NameUnknownError, NameAmbiguousError
            What a feature is said to be is nothing, or two things.
        """
        known = set(features)
        said = [("--link", number) for number in self.links]
        said += [("--leave-out", number) for number in self.left_out]
        raise_all(
            OptionError,
            [_no_feature(option, n, features) for option, n in said if n not in known],
        )
        answers: dict[Hashable, str | None] = dict.fromkeys(self.left_out)
        for number, text in self.links.items():
            answers[number] = resolve(text, named, column="--link")
        return answers


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What of a file goes into the record, before anything is written.

    Parameters
    ----------
    steps
        What was understood, in order.
    questions
        What has to be answered first; nothing goes in while there is any.
    shapes
        Geometry by code or id, in EPSG:4326.
    valid_from
        The day since which the units hold, where they are not the plan's.
    aliases
        Spellings for the record to learn.
    names
        How units are called, by code.
    features
        The features that each code or id was put together from, by number.
    far
        The units that features should lie in which lie so far off them that the CRS may be wrong.
    """

    steps: Sequence[Understood]
    questions: Sequence[Problem] = ()
    shapes: "Mapping[str, BaseGeometry]" = field(default_factory=dict)
    valid_from: date | None = None
    aliases: Sequence[Alias] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, Sequence[Hashable]] = field(default_factory=dict)
    far: Mapping[Hashable, frozenset[str]] = field(default_factory=dict)


def features_by_code(taken: "Sequence[Link]") -> dict[str, list[Hashable]]:
    """Return the numbers of the features that are linked to each code."""
    features: dict[str, list[Hashable]] = defaultdict(list)
    for link in taken:
        features[link.code or ""].append(link.feature)
    return features


def missing_column(match: str | None, attributes: "DataFrame") -> list[Problem]:
    """Say that the file has no column that --match names, if so; shapes are no names."""
    columns = [str(name) for name in attributes.columns if name != "geometry"]
    if match is None or match in columns:
        return []
    names = ", ".join(columns) or "–"
    return [
        Problem(
            column="--match",
            what=Text("tệp không có cột này", "the file has no such column"),
            found=match,
            allowed=Text(names, names),
            todo=Text("chọn cột mang tên hoặc mã", "choose the column with names or codes"),
        )
    ]


def _no_feature(option: str, number: int, features: Sequence[Hashable]) -> Problem:
    known = f"{features[0]} … {features[-1]}" if features else "–"
    return Problem(
        column=option,
        what=Text(
            "trong huyện không có hình mang số này", "no feature in the district has this number"
        ),
        found=str(number),
        allowed=Text(known, known),
        todo=Text("xem số của hình bằng --dry-run", "see the numbers with --dry-run"),
    )
