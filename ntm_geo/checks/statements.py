"""Statements: the cells and facts that their subjects want."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from ntm_geo.checks.references import unknown_reference
from ntm_geo.errors import Problem, Text
from ntm_geo.model import AssetClass, Fact, Stage, Statement, Subject, WorkKind
from ntm_geo.model.cells import day_or_none
from ntm_geo.model.facts import facts_of
from ntm_geo.model.subjects import WANTS
from ntm_geo.schemas import Record, Sheet

_YEARS = range(1900, 2101)


def check_statements(record: Record) -> Iterator[Problem]:
    """Find statements that lack what their subject wants: a rule would pass them by in silence."""
    for row, problem in record.statements.located():
        wants = WANTS[row.subject]
        for cell in wants.cells:
            if all(getattr(row, column) in (None, ()) for column in cell.split("|")):
                yield _lacking(problem, cell, row.subject)
        is_share = "communes" in wants.measures and row.value is not None
        if wants.measures and (row.measure or is_share) and row.measure not in wants.measures:
            yield _other_word(problem, "measure", row, wants.measures)
        if wants.roles and row.units_role and row.units_role not in wants.roles:
            yield _other_word(problem, "units_role", row, wants.roles)
        if wants.measures in (("year",), ("years",)):
            yield from _check_years(row, problem)
        yield from _check_facts(record, row, problem)


def _check_facts(
    record: Record, row: Statement, problem: Callable[..., Problem]
) -> Iterator[Problem]:
    wants, facts = WANTS[row.subject], facts_of(row)
    allowed = (*wants.facts, *wants.may)
    for fact in wants.facts:
        if fact not in facts:
            yield _fact_problem(
                problem,
                Text(f"thiếu {fact}=", f"{fact}= is missing"),
                found=row.note or "",
                allowed=[f"{each}=" for each in allowed],
            )
    for name, value in facts.items():
        if name in allowed:
            yield from _check_fact(record, problem, Fact(name), value)
        else:
            yield _fact_problem(
                problem,
                Text(f"«{row.subject}» không có {name}=", f"'{row.subject}' has no {name}="),
                found=row.note or "",
                allowed=[f"{each}=" for each in allowed],
            )


def _check_years(row: Statement, problem: Callable[..., Problem]) -> Iterator[Problem]:
    """Find years that are no years of the calendar: 2024.5, 203."""
    for column in ("value", "value_max"):
        year = getattr(row, column)
        if year is not None and (year != int(year) or int(year) not in _YEARS):
            yield problem(
                column,
                Text("đây không phải là một năm", "this is no year"),
                found=f"{year:g}",
                allowed=Text(
                    f"số nguyên từ {_YEARS[0]} đến {_YEARS[-1]}",
                    f"a whole number from {_YEARS[0]} to {_YEARS[-1]}",
                ),
                todo=Text("ghi lại năm", "write the year again"),
            )


def _lacking(problem: Callable[..., Problem], cell: str, subject: Subject) -> Problem:
    column, *others = cell.split("|")
    names = Text(" hoặc ".join((column, *others)), " or ".join((column, *others)))
    return problem(
        column,
        Text(f"«{subject}» phải có {names.vi}", f"a statement of '{subject}' must have {names.en}"),
        found="",
        allowed=names,
        todo=Text("ghi vào, hoặc chọn subject khác", "fill it in, or choose another subject"),
    )


def _other_word(
    problem: Callable[..., Problem], column: str, row: Statement, words: Collection[str]
) -> Problem:
    known = ", ".join(words)
    return problem(
        column,
        Text(f"từ này không đi với «{row.subject}»", f"this word does not go with '{row.subject}'"),
        found=getattr(row, column) or "",
        allowed=Text(known, known),
        todo=Text("chọn một từ", "choose one of these"),
    )


def _fact_problem(
    problem: Callable[..., Problem], what: Text, *, found: str, allowed: Collection[str]
) -> Problem:
    shown = ", ".join(allowed) or "–"
    return problem(
        "note",
        what,
        found=found,
        allowed=Text(shown, shown),
        todo=Text(
            "sửa phần trước dấu chấm phẩy của note", "mend what stands before the note's semicolon"
        ),
    )


def _check_fact(
    record: Record, problem: Callable[..., Problem], fact: Fact, value: str
) -> Iterator[Problem]:
    """Find facts that name nothing: days, classes, stages, sources of money, offices."""
    if fact == Fact.DATE and day_or_none(value) is None:
        yield problem(
            "note",
            Text("date= không phải là một ngày có thật", "date= is no day of the calendar"),
            found=value,
            allowed=Text(
                "ngày dạng 2023-12-31 hoặc 31/12/2023", "a day like 2023-12-31 or 31/12/2023"
            ),
            todo=Text("ghi lại ngày", "write the day again"),
        )
    words = {
        Fact.CLASS: [*map(str, AssetClass)],
        Fact.KIND: [*map(str, WorkKind)],
        Fact.STAGE: [*map(str, Stage)],
    }.get(fact)
    if words is not None and value not in words:
        yield _fact_problem(
            problem,
            Text(f"{fact}= không có từ này", f"{fact}= knows no such word"),
            found=value,
            allowed=words,
        )
    if fact == Fact.ROW:
        rows = {*record.works.keys, *record.measures.keys}
        for row_id in value.split("|"):
            if row_id not in rows:
                yield unknown_reference(problem, "note", row_id, "works|measures", rows)
    tables: dict[Fact, Sheet[Any]] = {Fact.SOURCE: record.budget, Fact.OFFICE: record.offices}
    sheet = tables.get(fact)
    if sheet is not None and sheet.is_read and value not in sheet.keys:
        yield unknown_reference(problem, "note", value, sheet.table.name, sheet.keys)
