"""Which column of a file holds the name, the code and the kind, with the evidence for it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from pandas import isna
from pandas.api.types import is_scalar

from ntm_geo.errors import Text
from ntm_geo.names import bare_key, find_fits, kind_of_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from ntm_geo.linking.asset_names import NameIndex
    from ntm_geo.names import Named

LEAST_SHARE = 0.25
"""A column in which fewer names than this share are found is not the one: of the features, or of
all that can be meant where a file holds more than those, as one of a whole province does."""

LEAST_UNITS_SHARE = 0.5
"""A column says in which unit each thing lies where so many of its cells do."""

MOST_SPELLINGS = 10
"""A column with more different cells than so many times the units is none of units."""

_DISTRICT_HEADERS = ("huyen", "district")
"""How the bare letters of a heading end that stands over districts."""

_LEVEL = re.compile(r"(.*\D)(\d+)")
"""A heading with the level behind it, the finest one highest: NAME_2, NAME_3."""

_NAME_HEADERS = ("ten", "name")
"""How the bare letters of a heading begin or end that stands over names."""


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
        Columns that hold at least half as many, the best first.
    """

    name: str
    share: float
    exact: float
    why: Text
    others: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The columns that features are linked by; None where there is none.

    Parameters
    ----------
    name, code
        Of the feature itself.
    kind
        Whether it is a commune, a ward or a town.
    unit
        The unit that a thing lies in, by name or code.
    """

    name: str | None = None
    code: str | None = None
    kind: str | None = None
    unit: str | None = None


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
        The one with the most names of the kinds that the file says; between equals, of a
        single name, the one of the finest level (NAME_3, not NAME_2), then that with more exact
        spellings, then the first.
        None where no column has them for a quarter of the features, or of what can be meant. A
        column in which one name stands again and again, such as that of the district, counts it
        once.
    """
    why = Text(
        "cột «{name}»: {found}/{total} tên tìm thấy, {exact} viết đúng dấu",
        "column '{name}': {found} of {total} names found, {exact} with their tones",
    )

    def best(pool: Sequence[Named]) -> Column | None:
        def rate(values: list[str]) -> tuple[int, int]:
            fits = [find_fits(value, pool) for value in values]
            return sum(bool(fit.things) for fit in fits), sum(fit.is_exact for fit in fits)

        return _best(frame, rate, why, least=_least(frame, named))

    column = find_kind_column(frame)
    kinds = set() if column is None else {kind_of_word(text_of(v)) for v in frame[column.name]}
    # A file may call a unit's kind otherwise than the record: then all names count.
    return best([thing for thing in named if thing.kind in kinds]) or best(named)


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
        least=_least(frame, named),
    )


def find_unit_column(frame: pd.DataFrame, units: Sequence[Named]) -> Column | None:
    """Find the column that says of most features in which unit they lie.

    Parameters
    ----------
    frame
        A row for each thing.
    units
        All units that can be meant, and the district.

    Returns
    -------
    column
        As for `find_name_column`, but each cell counts, for many things lie in one unit.
    """
    codes = {bare_code(unit.code) for unit in units}
    rated = []
    for name in _text_columns(frame):
        cells = Counter(text for value in frame[name] if (text := text_of(value)))
        if len(cells) > MOST_SPELLINGS * len(units):
            continue
        fits = {text: find_fits(text, units) for text in cells}
        coded = {text for text in cells if bare_code(text) in codes}
        found = sum(cells[text] for text in cells if text in coded or fits[text].things)
        exact = sum(cells[text] for text in cells if text in coded or fits[text].is_exact)
        if found and found >= LEAST_UNITS_SHARE * cells.total():
            rated.append((name, found, exact))
    why = Text(
        "cột «{name}» ghi đơn vị: {found}/{total}",
        "column '{name}' holds the unit: {found}/{total}",
    )
    return _chosen(rated, len(frame), why)


def find_id_column(frame: pd.DataFrame, ids: Collection[str]) -> Column | None:
    """Find the column in which ids of assets stand: one is enough, they look like nothing else."""

    def rate(values: list[str]) -> tuple[int, int]:
        count = len(set(values).intersection(ids))
        return count, count

    why = Text(
        "cột «{name}»: {found}/{total} mã tìm thấy", "column '{name}': {found} of {total} ids found"
    )
    return _best(frame, rate, why, least=1)


def find_asset_name_column(
    frame: pd.DataFrame, index: NameIndex, *, besides: Collection[str] = ()
) -> Column | None:
    """Find the column in which names of assets stand.

    Parameters
    ----------
    frame
        A row for each thing.
    index
        All names that can be meant.
    besides
        Columns that hold something else.

    Returns
    -------
    column
        The one with the most names that are known; where none is, the one whose heading says so:
        what is called something else must not be taken for nameless.
    """

    def rate(values: list[str]) -> tuple[int, int]:
        names = [index.find(value) for value in values]
        return sum(bool(one.ids) for one in names), sum(one.is_exact for one in names)

    others = frame[[name for name in _text_columns(frame) if name not in besides]]
    why = Text(
        "cột «{name}»: {found}/{total} tên tìm thấy, {exact} viết đúng dấu",
        "column '{name}': {found} of {total} names found, {exact} with their tones",
    )
    found = _best(others, rate, why, least=1)
    if found is not None:
        return found
    headed = [name for name in _text_columns(others) if _is_over_names(name)]
    said = Text(
        "cột «{name}»: theo tên cột, không tên nào có trong hồ sơ",
        "column '{name}': by its heading; the record knows none of the names",
    )
    return _chosen([(name, 0, 0) for name in headed], len(frame), said)


def _is_over_names(heading: str) -> bool:
    key = bare_key(heading)
    return key.startswith(_NAME_HEADERS) or key.endswith(_NAME_HEADERS)


def find_kind_column(frame: pd.DataFrame) -> Column | None:
    """Find the column that says of each feature whether it is a commune, a ward or a town.

    One of words for districts alone says of what level the units above are.
    """
    for name in _text_columns(frame):
        kinds = [kind_of_word(text_of(value)) for value in frame[name]]
        if kinds and all(kinds) and set(kinds) != {"district"}:
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


def _least(frame: pd.DataFrame, named: Sequence[Named]) -> float:
    return LEAST_SHARE * min(len(frame), len({thing.code for thing in named}))


def _best(
    frame: pd.DataFrame, rate: Callable[[list[str]], tuple[int, int]], why: Text, *, least: float
) -> Column | None:
    rated = []
    different = {}
    for name in _text_columns(frame):
        values = list(dict.fromkeys(filter(None, map(text_of, frame[name]))))
        found, exact = rate(values)
        if found and found >= least:
            rated.append((name, found, exact))
            different[name] = len(values)
    return _chosen(rated, len(frame), why, different)


def _chosen(
    rated: Iterable[tuple[str, int, int]],
    total: int,
    why: Text,
    different: Mapping[str, int] = MappingProxyType({}),
) -> Column | None:
    """Choose a column; `different` says how many different cells those have that count them."""
    rated = list(rated)

    def rank(row: tuple[str, int, int]) -> tuple[int, bool, int]:
        name, found, exact = row
        # A unit's name stands once in its column, as that of the district it lies in does.
        rivals = [one[0] for one in rated if found == one[1] == 1]
        return -found, _is_coarser(name, rivals), -exact

    best = sorted(rated, key=rank)
    if not best:
        return None
    name, found, exact = best[0]
    others = tuple(row[0] for row in best[1:] if 2 * row[1] >= found)
    # A heading may hold braces: it is put in last.
    said = Text(
        *(
            text.replace("{found}", str(found))
            .replace("{total}", str(different.get(name, total)))
            .replace("{exact}", str(exact))
            .replace("{name}", name)
            for text in why
        )
    )
    return Column(name, found / max(total, 1), exact / max(total, 1), said, others)


def _is_coarser(heading: str, rivals: Sequence[str]) -> bool:
    """Tell whether a column is that of districts, or of a higher level than one of its rivals."""
    if rivals and bare_key(heading).endswith(_DISTRICT_HEADERS):
        return True
    level = _LEVEL.fullmatch(heading)
    others = [other for rival in rivals if (other := _LEVEL.fullmatch(rival))]
    return level is not None and any(
        other[1] == level[1] and int(other[2]) > int(level[2]) for other in others
    )
