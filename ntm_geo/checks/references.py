"""Codes that one table uses of another."""

from collections.abc import Callable, Iterator

from ntm_geo.errors import Problem, Text
from ntm_geo.schemas import TABLES, Record

_REFERENCES = {
    ("neighbours", "unit_code"): "units",
    ("neighbours", "neighbour_code"): "units",
    ("targets", "unit_code"): "places",
    ("targets", "asset_id"): "assets",
    ("assets", "unit_code"): "places",
    ("works", "unit_code"): "places",
    ("works", "asset_id"): "assets",
    ("works", "office"): "offices",
    ("works", "funding"): "budget",
    ("measures", "unit_code"): "places",
    ("measures", "office"): "offices",
    ("measures", "funding"): "budget",
    ("budget", "parent"): "budget",
    ("assignments", "office"): "offices",
    ("assignments", "unit_code"): "places",
    ("statements", "unit_code"): "places",
    ("statements", "units"): "places",
    ("photos", "work_id"): "works",
    ("progress", "work_id"): "works",
}
"""Which column names a row of which table; "places" are the units and the district itself."""


_MOST_EXAMPLES = 6


def check_references(record: Record) -> Iterator[Problem]:
    """Find codes that the table they speak of does not have."""
    keys = {sheet.table.name: sheet.keys for sheet in record.sheets()}
    keys["places"] = keys["units"] | {record.project.district.code}
    unread = {sheet.table.name for sheet in record.sheets() if not sheet.is_read}
    if "units" in unread:
        unread.add("places")
    for sheet in (*record.sheets(), *(report.sheet for report in record.reports)):
        name = sheet.table.name
        columns = [
            (c, target)
            for (table, c), target in _REFERENCES.items()
            if table == name and target not in unread
        ]
        for row, problem in sheet.located():
            for column, target in columns:
                value = getattr(row, column)
                for code in value if isinstance(value, tuple) else (value,):
                    if code is not None and code not in keys[target]:
                        yield unknown_reference(problem, column, code, target, keys[target])


def unknown_reference(
    problem: Callable[..., Problem], column: str, code: str, target: str, keys: set[str]
) -> Problem:
    """Return the problem of a code that a table does not have; the nearest ones are listed.

    `target` names the table, or several with bars between.
    """
    known = {table.name: table.file for table in TABLES}
    files = [known.get(name, "gis/units.csv") for name in target.split("|")]
    file = Text(" hoặc ".join(files), " or ".join(files))
    near = sorted(keys, key=lambda key: (-_common_prefix(key, code), key))[:_MOST_EXAMPLES]
    shown = ", ".join(near) + (", …" if len(keys) > len(near) else "")
    shown = shown or "–"  # the table has no rows
    return problem(
        column,
        Text(f"mã không có trong {file.vi}", f"a code that {file.en} does not have"),
        found=code,
        allowed=Text(shown, shown),
        todo=Text(f"sửa mã, hoặc thêm dòng vào {file.vi}", f"mend it, or add a row to {file.en}"),
    )


def _common_prefix(left: str, right: str) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))
