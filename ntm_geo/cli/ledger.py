"""The length ledger as a table for people, as CSV and as JSON."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ntm_geo.cli.options import chosen_language
from ntm_geo.cli.output import csv_text, json_text, table_text
from ntm_geo.errors import Text

if TYPE_CHECKING:
    from ntm_geo.ledger import Ledger

Record = Mapping[str, Any]
"""A row as plain values: what is missing is None."""


class By(StrEnum):
    """What a row of the ledger is."""

    UNIT = "unit"
    WORK = "work"


_HEADINGS = {
    "unit": Text("Đơn vị", "Unit"),
    "plan_unit": Text("Đơn vị của kế hoạch", "Unit of the plan"),
    "name": Text("Việc", "Work"),
    "class": Text("Loại đường", "Class"),
    "status": Text("Tình trạng", "Status"),
    "promised": Text("Kế hoạch (km)", "Promised [km]"),
    "stated": Text("Ghi trong văn bản (km)", "Stated [km]"),
    "mapped": Text("Trên bản đồ (km)", "Mapped [km]"),
    "difference": Text("Lệch", "Off by"),
    "outside": Text("Ngoài đơn vị", "Outside its unit"),
    "accepted": Text("Đã làm theo báo cáo (km)", "Done as reported [km]"),
    "flags": Text("Lưu ý", "Flags"),
    "clause": Text("Mục kế hoạch", "Clause"),
}
_OF_WORKS = ("name", "status", "difference", "outside")
"""Columns that only the table of works has."""

_NOT_REPORTED = Text("chưa báo cáo", "not reported")
_REPORTED_PART = Text("{n}/{of} việc có báo cáo", "{n} of {of} works reported")
_ACCEPTED_FROM = {"accepted_km_from": "unit_reports"}
"""Stands with the figures that programs read: so far nothing else can be where they come from."""

_SUM = Text("Cộng", "Total")
_CANCELLED = Text("hủy {km}", "{km} cancelled")
_PART = Text("{n}/{of} tuyến", "{n} of {of} roads")
_CANNOT_TELL = Text("không rõ: sơ họa", "cannot be told: sketch")
_ALSO_STATED = Text(
    "Văn bản còn ghi: {figure} km, «{text}» ({clause})",
    "Also stated: {figure} km, '{text}' ({clause})",
)
_COUNT = Text(
    "{n} dòng, không kể dòng cộng. Số đã làm là theo báo cáo của đơn vị, không phải nghiệm thu.",
    "{n} rows beside the totals. What is done is what units report, no acceptance of works.",
)


# --- for people --------------------------------------------------------------------------------


def ledger_text(ledger: "Ledger", by: By, *, to_file: bool) -> str:
    """Return the rows, the totals under them, and what is stated of none of these."""
    lang = chosen_language()
    rows, totals, statements = _records(ledger, by)
    columns = [c for c in _HEADINGS if by == By.WORK or c not in _OF_WORKS]
    if not any("plan_unit_name" in row for row in rows):
        columns.remove("plan_unit")
    shown = [
        *(_work_cells(row) if by == By.WORK else _sum_cells(row, statements) for row in rows),
        *(_sum_cells(row, statements) for row in totals),
    ]
    headings = [_HEADINGS[column].say(lang) for column in columns]
    lines = [[cells.get(column) or "" for column in columns] for cells in shown]
    placed = {key for row in (*rows, *totals) for key in _ids(row)}
    also = "".join(f"{_also_stated(one)}\n" for key, one in statements.items() if key not in placed)
    count = _COUNT.format(n=len(rows)).say(lang)
    return f"{table_text(headings, lines, to_file=to_file)}{also}{count}\n"


def _work_cells(row: Record) -> dict[str, str]:
    from ntm_geo.labels import word_of

    lang = chosen_language()
    status = row["status"]
    return {
        "unit": row["unit_name"],
        "plan_unit": row.get("plan_unit_name", ""),
        "name": row["name"],
        "class": word_of("class", row["class"], lang),
        "status": word_of("status", status, lang) if status else "–",
        "promised": _km(row["promised_km"]),
        "mapped": _mapped_line(row),
        "difference": _percent(row["difference_share"], sign=True),
        "outside": _outside(row),
        "accepted": _accepted_of_work(row),
        "flags": "; ".join(_flag_words()[flag].say(lang) for flag in _parts(row["flags"])),
        "clause": _clauses(row["clause"]),
    }


def _sum_cells(row: Record, statements: Mapping[str, Record]) -> dict[str, str]:
    from ntm_geo.labels import word_of

    lang = chosen_language()
    road_class = word_of("class", row["class"], lang) if row["class"] else ""
    promised = _km(row["promised_km"])
    if row["cancelled_km"]:
        promised += f" ({_CANCELLED.format(km=_km(row['cancelled_km'])).say(lang)})"
    stated = [statements[key] for key in _ids(row)]
    return {
        "unit": row["unit_name"] or _SUM.say(lang),
        "class": road_class,
        "promised": promised,
        "stated": "; ".join(f"{_figure(one)} ({_clauses(one['clause'])})" for one in stated),
        "mapped": _mapped_sum(row),
        "accepted": _accepted_sum(row),
        "flags": _flag_counts(row),
        "clause": _clauses(row["clause"]),
    }


def _km(value: float | None) -> str:
    from ntm_geo.labels import format_number

    return "–" if value is None else format_number(value, chosen_language())


def _percent(share: float | None, *, sign: bool = False) -> str:
    if share is None:
        return "–"
    percent = round(share * 100, 1)
    return f"{'+' if sign and percent > 0 else ''}{_km(percent)} %"


def _mapped_line(row: Record) -> str:
    """Write a length with how it is known; a sketch has none."""
    from ntm_geo.ledger import LINES, Line

    word = LINES[Line(row["line"])].say(chosen_language())
    return word if row["mapped_km"] is None else f"{_km(row['mapped_km'])} ({word})"


def _mapped_sum(row: Record) -> str:
    """Write a sum with how many roads it is of; where all are sketches, say so."""
    from ntm_geo.ledger import LINES, Line

    lang, mapped, of = chosen_language(), row["roads_mapped"], row["roads"]
    if not mapped:
        return LINES[Line.SKETCH].say(lang) if row["roads_sketched"] else "–"
    part = "" if mapped == of else f" ({_PART.format(n=mapped, of=of).say(lang)})"
    return f"{_km(row['mapped_km'])}{part}"


def _accepted_of_work(row: Record) -> str:
    if row["work_id"] is not None and row["reported"] is None:
        return _NOT_REPORTED.say(chosen_language())
    return _km(row["accepted_km"])


def _accepted_sum(row: Record) -> str:
    """Write a sum with how many works it is of: nothing reported is not 0 km done."""
    lang, reported, of = chosen_language(), row["works_reported"], row["works"]
    if not reported:
        return _NOT_REPORTED.say(lang) if of else "–"
    part = "" if reported == of else f" ({_REPORTED_PART.format(n=reported, of=of).say(lang)})"
    return f"{_km(row['accepted_km'])}{part}"


def _outside(row: Record) -> str:
    from ntm_geo.ledger import Line

    if row["outside_share"] is None and row["line"] not in (Line.NONE, Line.SHARED):
        return _CANNOT_TELL.say(chosen_language())
    return _percent(row["outside_share"])


def _flag_words() -> Mapping[str, Text]:
    from ntm_geo.ledger import FLAGS

    return {flag.value: words for flag, words in FLAGS.items()}


def _flag_counts(row: Record) -> str:
    """Count the flags, and tell how long the lines are that no length is promised of."""
    from ntm_geo.ledger import Flag

    length = {Flag.NO_PROMISE.value: f" ({_km(row['unpromised_km'])} km)"}
    return "; ".join(
        f"{words.say(chosen_language())}: {row[flag]}{length.get(flag, '')}"
        for flag, words in _flag_words().items()
        if row[flag]
    )


def _figure(statement: Record) -> str:
    """Write a stated length as the language does, with what binds it."""
    signs = {">=": "≥ ", ">": "> "}
    ends = (statement["stated_km"], statement["stated_max_km"])
    length = "–".join(_km(end) for end in ends if end is not None)
    return signs.get(statement["comparator"], "") + length


def _also_stated(statement: Record) -> str:
    clause = _clauses(statement["clause"])
    words = {"figure": _figure(statement), "text": statement["text"], "clause": clause}
    return _ALSO_STATED.format(**words).say(chosen_language())


def _clauses(clauses: str | None) -> str:
    from ntm_geo.labels import format_clause

    return "; ".join(format_clause(clause, chosen_language()) for clause in _parts(clauses))


# --- for programs ------------------------------------------------------------------------------


def ledger_csv(ledger: "Ledger", by: By) -> str:
    """Return a line a row, then the totals, told apart by `level`."""
    rows, totals, _ = _records(ledger, by)
    columns = [
        *dict.fromkeys(key for row in (*rows[:1], totals[0]) for key in row),
        *_ACCEPTED_FROM,
    ]
    empty = dict.fromkeys(columns) | _ACCEPTED_FROM
    return csv_text(columns, ({**empty, **row} for row in (*rows, *totals)))


def ledger_json(ledger: "Ledger", by: By, *, days: Mapping[str, date | None]) -> str:
    """Return an object: days, the rows, the totals, all that is stated, and what is left out.

    A day that is None is not told. Each row of sums holds under "stated" what the plan states for
    just that row.
    """
    rows, totals, statements = _records(ledger, by)
    return json_text(
        {
            **{name: day.isoformat() for name, day in days.items() if day is not None},
            "by": by.value,
            **_ACCEPTED_FROM,
            "rows": [_with_stated(row, statements) for row in rows],
            "totals": [_with_stated(row, statements) for row in totals],
            "statements": list(statements.values()),
            "left_out": ledger.left_out,
        }
    )


def _with_stated(row: Record, statements: Mapping[str, Record]) -> Record:
    if "statement_ids" not in row:
        return row
    own = ("stated_km", "stated_clause", "statement_ids")
    plain = {key: value for key, value in row.items() if key not in own}
    return {**plain, "stated": [statements[key] for key in _ids(row)]}


# --- rows as plain values ----------------------------------------------------------------------


def _records(ledger: "Ledger", by: By) -> tuple[list[Record], list[Record], dict[str, Record]]:
    """Return rows, totals, and statements by id."""
    from ntm_geo.frames import plain_records

    if by == By.WORK:
        rows = [{"level": By.WORK.value, **row} for row in plain_records(ledger.works)]
    else:
        rows = plain_records(ledger.units)
    said = {row["statement_id"]: row for row in plain_records(ledger.statements)}
    return list(rows), list(plain_records(ledger.totals)), dict(said)


def _ids(row: Record) -> list[str]:
    return _parts(row.get("statement_ids"))


def _parts(cell: str | None) -> list[str]:
    return cell.split("|") if cell else []
