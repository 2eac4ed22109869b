"""Due dates, periods and stages that the plan gives one thing in more than one way."""

from collections.abc import Iterator, Sequence
from datetime import date

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, places, quote, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Measure, State, Statement, Work
from ntm_geo.model.facts import facts_of

_STAGES = {
    "preparation": Text("lập", "prepared"),
    "appraisal": Text("trình thẩm định", "submitted for appraisal"),
    "approval": Text("phê duyệt", "approved"),
    "publication": Text("công bố", "published"),
}
"""How far a document is to get, from the first stage to the last."""


def _is_of_same(one: Statement, two: Statement) -> bool:
    """Whether two statements speak of one criterion in units that overlap, or of none."""
    if (one.set, one.number) != (two.set, two.number) or one.set is None:
        return False
    return bool(set(one.units) & set(two.units)) or not (one.units or two.units)


def find_due_dates(plan: Plan) -> Iterator[Finding]:
    """Look for two due years for one thing, in words, in the table's year, or of the rows."""
    said = [s for s in plan.said("due_date") if s.value is not None]
    for place, one in enumerate(said):
        for two in said[place + 1 :]:
            if _is_of_same(one, two) and one.value != two.value:
                yield _due_finding(
                    plan, one, cite(two, figure=_year(two)), two.value or 0, [two.clause]
                )
        if late := _late_units(plan, one):
            year = plan.record.project.plan_year
            clauses = plan.clauses((one.set or "", one.number), late)
            yield _due_finding(plan, one, _targets_this_year(plan, late), year, clauses)
        if rows := _late_rows(plan, one):
            last = max(due.year for _, _, due in rows)
            yield _due_finding(plan, one, _rows_say(rows), last, [c for _, c, _ in rows])


def _year(s: Statement) -> str:
    """Write a year, which takes no sign for thousands."""
    return f"{s.value or 0:.0f}"


def _late_units(plan: Plan, s: Statement) -> tuple[str, ...]:
    is_late = (s.value or 0) > plan.record.project.plan_year and s.number is not None
    aimed = plan.with_state((s.set or "", s.number), State.ACHIEVE)
    return tuple(unit for unit in aimed if unit in s.units) if is_late else ()


def _targets_this_year(plan: Plan, units: tuple[str, ...]) -> Text:
    return fill(
        "Bảng phấn đấu đạt ngay năm {year} ở {units}.",
        "The table targets it for {year} in {units}.",
        year=str(plan.record.project.plan_year), units=plan.names(units),
    )  # fmt: skip


def _late_rows(plan: Plan, s: Statement) -> list[tuple[str, str, date]]:
    """Return works and measures (name, clause, day) due after the year stated for their units."""
    key = (s.set or "", s.number)
    others = {
        unit
        for o in plan.said("due_date")
        if (o.set, o.number) == key and o is not s
        for unit in o.units
    }
    rows: tuple[Work | Measure, ...] = (*plan.works(key), *plan.measures(key))
    return [
        (row.name, row.clause, row.due)
        for row in rows
        if s.number is not None
        and row.due is not None
        and row.due.year > (s.value or 0)
        and (row.unit_code in s.units if s.units else row.unit_code not in others)
    ]


def _rows_say(rows: Sequence[tuple[str, str, date]]) -> Text:
    name, clause, due = rows[0]
    return fill(
        "{clause}: {name}, hạn {day}.",
        "{clause}: {name}, due {day}.",
        clause=places([clause]), name=quote(name),
        day=Text(format_day(due, "vi"), format_day(due, "en")),
    )  # fmt: skip


def _due_finding(
    plan: Plan, s: Statement, other: Text, year: float, clauses: Sequence[str]
) -> Finding:
    stated = s.value or 0
    key = (s.set or plan.record.project.main_set, s.number)
    return Finding(
        rule="due-date",
        severity=Severity.CONTRADICTION,
        clauses=unique((s.clause, *clauses)),
        title=fill(
            "{criterion}: hai thời hạn",
            "{criterion}: two due dates",
            criterion=plan.heading(key),
        ),
        statement_a=cite(s, figure=_year(s)),
        statement_b=other,
        unit_codes=plan.ordered(s.units),
        criterion=criterion_key(*key),
        difference=stated - year,
        hint=Text("Chọn một thời hạn.", "Settle on one due date."),
        about=slug(*key, s.statement_id),
        figures=(stated, year),
    )  # fmt: skip


def find_periods(plan: Plan) -> Iterator[Finding]:
    """Look for criteria of which the plan speaks under two periods."""
    said: dict[tuple[str, int], list[Statement]] = {}
    for s in plan.said("period"):
        if s.set is not None and s.number is not None:
            said.setdefault((s.set, s.number), []).append(s)
    for key, statements in said.items():
        first = statements[0]
        other = next((s for s in statements if _years(s) != _years(first)), None)
        if other is not None:
            yield Finding(
                rule="period",
                severity=Severity.NOTE,
                clauses=unique((first.clause, other.clause)),
                title=fill(
                    "{criterion}: hai giai đoạn",
                    "{criterion}: two periods",
                    criterion=plan.heading(key),
                ),
                statement_a=cite(first),
                statement_b=cite(other),
                criterion=criterion_key(*key),
                hint=Text(
                    "Kiểm tra có phải cùng một việc.", "Check whether one thing is meant."
                ),
                about=slug(*key),
                figures=(*_years(first), *_years(other)),
            )  # fmt: skip


def _years(s: Statement) -> tuple[float, float]:
    return (s.value or 0, s.value_max or s.value or 0)


def find_stages(plan: Plan) -> Iterator[Finding]:
    """Look for documents that two places of the plan want brought to two stages."""
    said: dict[tuple[str | None, int | None, str], list[Statement]] = {}
    for s in plan.said("stage"):
        if facts_of(s).get("stage") in _STAGES:
            said.setdefault((s.set, s.number, s.unit_code), []).append(s)
    for statements in said.values():
        ranked = sorted(statements, key=_rank)
        if _rank(ranked[0]) != _rank(ranked[-1]):
            yield _stage_finding(plan, ranked[0], ranked[-1])


def _rank(s: Statement) -> int:
    return list(_STAGES).index(facts_of(s)["stage"])


def _stage_finding(plan: Plan, first: Statement, last: Statement) -> Finding:
    key = (first.set or plan.record.project.main_set, first.number)
    return Finding(
        rule="stage",
        severity=Severity.NOTE,
        clauses=unique((first.clause, last.clause)),
        title=fill(
            "{criterion}: nơi ghi {a}, nơi ghi {b}",
            "{criterion}: to be {a} in one place, {b} in another",
            criterion=plan.heading(key),
            a=_STAGES[facts_of(first)["stage"]], b=_STAGES[facts_of(last)["stage"]],
        ),
        statement_a=cite(first),
        statement_b=cite(last),
        unit_codes=(first.unit_code,),
        criterion=criterion_key(*key),
        hint=Text(
            "Ghi một mức phải đạt trong năm, và một tên cho hồ sơ.",
            "Say in one way how far it is to get this year, and what it is called.",
        ),
        about=slug(*key, first.unit_code),
        figures=(_rank(first), _rank(last)),
    )  # fmt: skip


RULES = (
    Rule(
        "due-date",
        Text("Thời hạn", "Due dates"),
        Text(
            "Một tiêu chí ở một đơn vị chỉ có một thời hạn, khớp với bảng và các việc.",
            "A criterion in a unit has one due date, which agrees with the table and the works.",
        ),
        find_due_dates,
    ),
    Rule(
        "period",
        Text("Giai đoạn", "Periods"),
        Text(
            "Một tiêu chí được nói đến trong một giai đoạn.",
            "A criterion is spoken of under one period.",
        ),
        find_periods,
    ),
    Rule(
        "stage",
        Text("Mức phải đạt của hồ sơ", "How far a document is to get"),
        Text(
            "Một hồ sơ, đồ án chỉ có một mức phải đạt trong năm.",
            "A document is to get to one stage within the year.",
        ),
        find_stages,
    ),
)
