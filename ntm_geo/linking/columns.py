"""Which column of a file holds the name, the code and the kind, with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pandas import isna
from pandas.api.types import is_scalar

from ntm_geo.errors import Text
from ntm_geo.names import find_fits, kind_of_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from ntm_geo.names import Named

LEAST_SHARE = 0.5
"""A column in which fewer values than this share are found is not the one."""


@dataclass(frozen=True)
class Column:
    """A column, and why it is the one.

    Parameters
    ----------
    name
        As it stands in the file.
    share
        Share of the features whose value is found, each value counted once.
    exact
        Share of the features whose value is spelled as it is known.
    why
        The evidence.
    others
        Columns that would do as well, the best first.
    """

    name: str
    share: float
    exact: float
    why: Text
    others: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The columns that features are linked by; None where there is none."""

    name: str | None = None
    code: str | None = None
    kind: str | None = None


def find_columns(frame: pd.DataFrame, named: Sequence[Named]) -> Columns:
    """Return the columns that hold the name, the code and the kind, as the evidence has them."""
    found = (
        find_name_column(frame, named),
        find_code_column(frame, named),
        find_kind_column(frame),
    )
    return Columns(*(None if column is None else column.name for column in found))


def find_name_column(frame: pd.DataFrame, named: Sequence[Named]) -> Column | None:
    """Find the column in which most features carry a name of their own that is known.

    Parameters
    ----------
    frame
        A row for each feature.
    named
        Everything that can be meant, also units of other days.

    Returns
    -------
    column
        The one with the most names; between equals the one with more exact spellings, then the
        first. None where no column has them for half of the features. A column in which one name
        stands again and again, such as that of the district, does not count.
    """

    def rate(values: list[str]) -> tuple[int, int]:
        fits = [find_fits(value, named) for value in values]
        return sum(bool(fit.things) for fit in fits), sum(fit.is_exact for fit in fits)

    return _best(
        frame,
        rate,
        Text(
            "cột «{name}»: {found}/{total} tên tìm thấy, {exact} viết đúng dấu",
            "column '{name}': {found} of {total} names found, {exact} with their tones",
        ),
    )


def find_code_column(frame: pd.DataFrame, named: Sequence[Named]) -> Column | None:
    """Find the column in which most features carry a code of their own that is known.

    Parameters
    ----------
    frame
        A row for each feature; codes may be text or figures, with zeros in front or not.
    named
        Everything that can be meant, also units of other days.

    Returns
    -------
    column
        As for `find_name_column`.
    """
    codes = {bare_code(thing.code) for thing in named}

    def rate(values: list[str]) -> tuple[int, int]:
        count = len({bare_code(value) for value in values} & codes)
        return count, count

    return _best(
        frame,
        rate,
        Text(
            "cột «{name}»: {found}/{total} mã tìm thấy",
            "column '{name}': {found} of {total} codes found",
        ),
    )


def find_kind_column(frame: pd.DataFrame) -> Column | None:
    """Find the column that says of each feature whether it is a commune, a ward or a town."""
    for name in _text_columns(frame):
        kinds = [kind_of_word(text_of(value)) for value in frame[name]]
        if kinds and all(kinds):
            why = Text(f"cột «{name}» ghi cấp đơn vị", f"column '{name}' holds the kind of unit")
            return Column(name, 1.0, 1.0, why, ())
    return None


def text_of(value: object) -> str:
    """Return a cell as text; QGIS may hold a code as a number.

    Examples
    --------
    >>> text_of(90001.0), text_of(" Sơn  Hạ "), text_of(float("nan")), text_of(None)
    ('90001', 'Sơn Hạ', '', '')
    """
    if is_scalar(value) and isna(cast("float", value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def bare_code(text: str) -> str:
    """Return a code without the zeros in front, which spreadsheets drop."""
    return text.strip().lstrip("0")


def _text_columns(frame: pd.DataFrame) -> list[str]:
    geometry = {name for name in frame.columns if str(frame[name].dtype) == "geometry"}
    return [str(name) for name in frame.columns if name not in geometry]


def _best(
    frame: pd.DataFrame, rate: Callable[[list[str]], tuple[int, int]], why: Text
) -> Column | None:
    rated = []
    for name in _text_columns(frame):
        values = list(dict.fromkeys(filter(None, map(text_of, frame[name]))))
        found, exact = rate(values)
        if found and found >= LEAST_SHARE * len(frame):
            rated.append((name, found, exact))
    if not rated:
        return None
    rated.sort(key=lambda row: (-row[1], -row[2]))
    name, found, exact = rated[0]
    total = len(frame)
    others = tuple(row[0] for row in rated[1:])
    said = why.format(name=name, found=found, total=total, exact=exact)
    return Column(name, found / total, exact / total, said, others)
