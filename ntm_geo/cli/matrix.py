"""The responsibility matrix as a table for people, as CSV and as JSON."""

from typing import Any

from ntm_geo.audit import COVERS, Cover, Matrix, MatrixRow
from ntm_geo.changes import Formation, now_text
from ntm_geo.cli.by_day import later_cells
from ntm_geo.cli.options import chosen_language
from ntm_geo.cli.output import csv_text, json_text, table_text
from ntm_geo.errors import Text

_HEADINGS = (
    Text("Tiêu chí", "Criterion"),
    Text("Ở đâu", "Where"),
    Text("Cơ quan chịu trách nhiệm", "Offices that answer"),
    Text("Tình trạng", "State"),
)
_COLUMNS = (
    "criterion", "title", "unit_code", "unit_name", "asset_id", "asset_name", "clause", "cover",
)  # fmt: skip
_COUNT = Text("{n} chỉ tiêu phấn đấu", "{n} targets to reach")
_KEPT = Text(
    "{n} chỉ tiêu duy trì không liệt kê ở đây (có trong csv, json, xlsx)",
    "{n} kept ones are not listed here (they are in csv, json, xlsx)",
)


def matrix_text(matrix: Matrix, formation: Formation | None = None, *, to_file: bool) -> str:
    """Return the matrix by criterion and by who answers, and a line of counts.

    What is only to be kept is counted and left out: nobody is to answer for reaching it.
    """
    lang = chosen_language()
    names = {office.office_id: Text(office.name, office.name_en) for office in matrix.offices}
    groups: dict[tuple[str, Cover, tuple[str, ...]], list[MatrixRow]] = {}
    for row in matrix.rows:
        if row.cover != Cover.KEPT:
            groups.setdefault((row.criterion, row.cover, row.answering), []).append(row)
    lines = [
        [
            rows[0].title.say(lang),
            ", ".join(_place(row, formation) for row in rows),
            "; ".join(names[office].say(lang) for office in offices) or "–",
            COVERS[cover].say(lang),
        ]
        for (_, cover, offices), rows in groups.items()
    ]
    headings = [heading.say(lang) for heading in _HEADINGS]
    return f"{table_text(headings, lines, to_file=to_file)}{_counts(matrix)}\n"


def _place(row: MatrixRow, formation: Formation | None) -> str:
    unit = row.unit_name
    if formation is not None and row.unit_code in formation.plan_units:
        unit = now_text(formation, row.unit_code).say(chosen_language())
    return f"{row.asset_name} ({unit})" if row.asset_name else unit


def _counts(matrix: Matrix) -> str:
    lang = chosen_language()
    many = {cover: sum(row.cover == cover for row in matrix.rows) for cover in Cover}
    kept, untargeted = many.pop(Cover.KEPT), many.pop(Cover.UNTARGETED)
    by_cover = ", ".join(f"{COVERS[cover].say(lang)} {n}" for cover, n in many.items())
    parts = [f"{_COUNT.format(n=sum(many.values())).say(lang)}: {by_cover}"]
    if untargeted:
        parts.append(f"{COVERS[Cover.UNTARGETED].say(lang)} {untargeted}")
    return "; ".join([*parts, _KEPT.format(n=kept).say(lang)])


def matrix_csv(matrix: Matrix, formation: Formation | None = None) -> str:
    """Return the grid: a line a target, a column an office, named by its id.

    The units are the plan's; by those of a later day, what they are in stands in further columns.
    """
    lang = chosen_language()
    offices = [office.office_id for office in matrix.offices]
    return csv_text(
        (*_COLUMNS, *later_cells(formation, ()), *offices),
        (
            {**_target(row), "title": row.title.say(lang)}
            | later_cells(formation, (row.unit_code,))
            | {office: row.part(office).say(lang) for office in offices}
            for row in matrix.rows
        ),
    )


def matrix_json(matrix: Matrix, formation: Formation | None = None) -> str:
    """Return the offices, and the targets with the assignments of each office."""
    return json_text(
        {
            "offices": [
                {"office_id": o.office_id, "name": {"vi": o.name, "en": o.name_en}}
                for o in matrix.offices
            ],
            "rows": [
                {
                    **_target(row),
                    **later_cells(formation, (row.unit_code,)),
                    "title": row.title._asdict(),
                    "answering": row.answering,
                    "parts": {
                        office: [one.model_dump(mode="json", exclude={"office"}) for one in parts]
                        for office, parts in row.parts.items()
                    },
                }
                for row in matrix.rows
            ],
        }
    )


def _target(row: MatrixRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}
