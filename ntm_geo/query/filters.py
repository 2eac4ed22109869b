"""Which rows of a frame fit a filter: one boolean a row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from ntm_geo.errors import NameUnknownError, OptionError, Problem, Text
from ntm_geo.model import FINISHED, CriteriaSet, CriterionStatus, Status, WorkKind
from ntm_geo.names import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

SEARCHED = {
    "works": ("name", "asset_name", "unit_name", "clause"),
    "assets": ("name", "unit_name", "asset_clause"),
}
"""Columns that `search` looks into, by what the rows are; no other rows are searched."""

_FINISHED = [status.value for status in FINISHED]


def listed(value: str | Sequence[str]) -> list[str]:
    """Return one word or several as a list."""
    return [value] if isinstance(value, str) else list(value)


def column_of(frame: pd.DataFrame, name: str, option: str) -> pd.Series:
    """Return a column that an option asks for.

    Parameters
    ----------
    frame
        The rows.
    name
        The column.
    option
        The option, for the message.

    Raises
    ------
    OptionError
        The frame has no such column.
    """
    if name not in frame:
        raise OptionError(_no_such_filter(option, frame.columns))
    return frame[name]


def is_unfinished(frame: pd.DataFrame) -> "NDArray[np.bool_]":
    """Tell which rows are neither completed nor cancelled; what has no status is not."""
    status = column_of(frame, "status", "unfinished")
    return (status.notna() & ~status.isin(_FINISHED)).to_numpy()


def is_one_of(
    frame: pd.DataFrame, name: str, value: str | Sequence[str], allowed: Sequence[str]
) -> "NDArray[np.bool_]":
    """Tell which cells are one of the words, all of which must be of a closed list.

    Raises
    ------
    OptionError
        A word is not in the list, or the frame has no such column.
    """
    words = listed(value)
    for word in words:
        if word not in allowed:
            raise OptionError(not_in_list(name, word, allowed))
    return column_of(frame, name, name).isin(words).to_numpy()


def is_of_kind(frame: pd.DataFrame, value: str | Sequence[str]) -> "NDArray[np.bool_]":
    """Tell which works are of one of the kinds.

    Raises
    ------
    OptionError
        A word is no kind of work, or the rows are no works: units have kinds of their own.
    """
    if _rows_are(frame) != "works":
        raise OptionError(_no_such_filter("kind", ["works"]))
    return is_one_of(frame, "kind", value, [kind.value for kind in WorkKind])


def has_status(frame: pd.DataFrame, value: str | Sequence[str]) -> "NDArray[np.bool_]":
    """Tell which rows have one of the statuses: of works, or of criteria.

    Raises
    ------
    OptionError
        A word is no status, or the frame has none.
    """
    words = CriterionStatus if _rows_are(frame) == "criteria" else Status
    return is_one_of(frame, "status", value, [word.value for word in words])


def has_part(
    frame: pd.DataFrame, name: str, wanted: Sequence[str], *, also_set: bool = False
) -> "NDArray[np.bool_]":
    """Tell which cells, lists separated by |, hold one of the words (or a word's set).

    Raises
    ------
    OptionError
        The frame has no such column.
    """

    def fits(cell: str) -> bool:
        parts = cell.split("|")
        return any(p in wanted or (also_set and p.split(":")[0] in wanted) for p in parts)

    return column_of(frame, name, name).fillna("").map(fits).to_numpy(dtype=bool)


def known_criterion(text: str, sets: "Iterable[CriteriaSet]") -> str:
    """Return "set:number" or a set as the record writes it.

    Parameters
    ----------
    text
        What was asked for.
    sets
        The criteria sets of the record.

    Raises
    ------
    NameUnknownError
        There is no such criterion and no such set.
    """
    by_id = {definition.id: definition for definition in sets}
    set_id, _, number = (part.strip() for part in text.casefold().partition(":"))
    if set_id in by_id and not number:
        return set_id
    if set_id in by_id and number.isdecimal() and int(number) in by_id[set_id].numbers:
        return f"{set_id}:{int(number)}"
    known = [f"{s.id}:1 … {s.id}:{len(s.numbers)}" if s.numbers else s.id for s in by_id.values()]
    raise NameUnknownError(not_in_list("criterion", text, known))


def is_found(frame: pd.DataFrame, text: str) -> "NDArray[np.bool_]":
    """Tell which rows hold every word of a text, in the columns that `SEARCHED` names.

    Case, diacritics and punctuation do not count, and part of a word is enough; a text without
    letters and figures finds everything.

    Raises
    ------
    OptionError
        The rows are not searched.
    """
    names = SEARCHED.get(_rows_are(frame))
    if names is None:
        raise OptionError(_no_such_filter("search", SEARCHED))
    words = search_key(text).split()
    cells = zip(*(frame[name].fillna("") for name in names), strict=True)
    keys = (search_key(" ".join(row)) for row in cells)
    return np.fromiter((all(word in key for word in words) for key in keys), bool, len(frame))


def require_places(frame: pd.DataFrame, option: str) -> gpd.GeoDataFrame:
    """Return the frame as one that has places.

    Raises
    ------
    OptionError
        It has no geometry, or nothing says how its places are known.
    """
    if not isinstance(frame, gpd.GeoDataFrame):
        raise OptionError(
            Problem(
                column=f"--{option}",
                what=Text("bảng này không có vị trí", "this table has no places"),
                allowed=Text("works, assets", "works, assets"),
                todo=Text("bỏ tùy chọn không gian", "leave the spatial option out"),
            )
        )
    column_of(frame, "position", option)
    return frame


def not_in_list(option: str, found: str, allowed: Sequence[str]) -> Problem:
    """Return the problem of a word that is not in its list."""
    words = ", ".join(allowed)
    return Problem(
        column=f"--{option}",
        what=Text("từ này không có trong danh sách", "this word is not in the list"),
        found=found,
        allowed=Text(words, words),
        todo=Text("chọn một từ trong danh sách", "choose a word of the list"),
    )


def _rows_are(frame: pd.DataFrame) -> str:
    """Tell works, assets, criteria and units apart by the columns that only they have."""
    own = {"work_id": "works", "asset_clause": "assets", "state": "criteria"}
    return next((rows for column, rows in own.items() if column in frame), "units")


def _no_such_filter(option: str, allowed: "Iterable[str]") -> Problem:
    """Return the problem of a filter that these rows do not know; tell what could be asked."""
    words = ", ".join(allowed)
    return Problem(
        column=f"--{option}",
        what=Text("bảng này không lọc được theo mục đó", "no such filter here"),
        allowed=Text(words, words),
        todo=Text("bỏ tùy chọn này", "leave the option out"),
    )
