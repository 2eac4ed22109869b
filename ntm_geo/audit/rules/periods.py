"""Periods and years of the plan that cannot be, or that one thing is given several of."""

from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Statement, Subject

_Years = tuple[int, int]


def find_periods(plan: Plan) -> Iterator[Finding]:
    """Look for two periods of one criterion, and for periods and years that cannot be."""
    said = gather(
        (s for s in plan.said(Subject.PERIOD) if s.value is not None),
        lambda s: (s.set, s.number, _years(s), s.clause == "title"),
    )
    for (set_id, number, years, is_title), statements in said.items():
        if years[0] > years[1]:
            yield _reversed_finding(statements, years)
        elif is_title and years[0] == years[1] != plan.record.project.plan_year:
            yield _title_finding(plan, statements, years[0])
        elif set_id is not None and number is None:
            yield from _beyond_its_set(plan, set_id, years, statements)
    yield from _several(plan)


def _years(s: Statement) -> _Years:
    return (int(s.value or 0), int(s.value_max or s.value or 0))


def _shown(years: _Years) -> str:
    return "-".join(str(year) for year in dict.fromkeys(years))


def _several(plan: Plan) -> Iterator[Finding]:
    """Look for criteria of which the plan speaks under two periods."""
    of_criteria = (s for s in plan.said(Subject.PERIOD) if s.set and s.number is not None)
    for key, statements in gather(of_criteria, lambda s: (s.set or "", s.number)).items():
        periods = gather(statements, _years)
        if len(periods) > 1:
            first = _years(statements[0])
            others = [s for s in statements if _years(s) != first]
            yield Finding(
                rule="period",
                severity=Severity.NOTE,
                clauses=unique(s.clause for s in (*periods[first], *others)),
                title=fill(
                    "{criterion}: {n} giai đoạn",
                    "{criterion}: {n} periods",
                    criterion=plan.heading(key), n=len(periods),
                ),
                statement_a=cite(*periods[first]),
                statement_b=cite(*others),
                criterion=criterion_key(*key),
                hint=Text(
                    "Kiểm tra có phải cùng một việc.", "Check whether one thing is meant."
                ),
                about=slug(*key),
                figures=tuple(year for years in sorted(periods) for year in years),
            )  # fmt: skip


def _reversed_finding(statements: Sequence[Statement], years: _Years) -> Finding:
    first = statements[0]
    return Finding(
        rule="period",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "Giai đoạn {years}: năm cuối trước năm đầu",
            "The period {years} ends before it begins",
            years=_shown(years),
        ),
        statement_a=cite(*statements, figure=_shown(years)),
        statement_b=fill(
            "Năm cuối {b} trước năm đầu {a}.",
            "Its last year {b} is before its first, {a}.",
            a=str(years[0]), b=str(years[1]),
        ),
        criterion=criterion_key(first.set, first.number),
        difference=years[0] - years[1],
        hint=Text("Sửa một trong hai năm.", "Mend one of the two years."),
        about=slug(first.set, first.number, "reversed"),
        figures=years,
    )  # fmt: skip


def _title_finding(plan: Plan, statements: Sequence[Statement], year: int) -> Finding:
    plan_year = plan.record.project.plan_year
    return Finding(
        rule="period",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "Tiêu đề ghi năm {a}, kế hoạch của năm {b}",
            "The title says {a}, the plan is of {b}",
            a=str(year), b=str(plan_year),
        ),
        statement_a=cite(*statements, figure=str(year)),
        statement_b=fill(
            "Bản ghi (project.toml) là của năm {b}.",
            "The record (project.toml) is of {b}.",
            b=str(plan_year),
        ),
        difference=year - plan_year,
        hint=Text(
            "Sửa năm trong tiêu đề, hoặc plan_year.", "Mend the year in the title, or plan_year."
        ),
        about="title",
        figures=(year, plan_year),
    )  # fmt: skip


def _beyond_its_set(
    plan: Plan, set_id: str, years: _Years, statements: Sequence[Statement]
) -> Iterator[Finding]:
    """Look for periods that begin or end within a set's own, and reach beyond it."""
    definition = plan.record.criteria_sets[set_id]
    last = definition.valid_to.year if definition.valid_to else None
    if last is None or years[0] == years[1]:
        return
    own = (definition.valid_from.year, last)
    is_apart = years[1] < own[0] or years[0] > own[1]
    if not is_apart and (years[0] < own[0] or years[1] > own[1]):
        yield Finding(
            rule="period",
            severity=Severity.NOTE,
            clauses=unique(s.clause for s in statements),
            title=fill(
                "{set}: giai đoạn {a}, bộ tiêu chí áp dụng {b}",
                "{set}: the period {a}, the set is of {b}",
                set=plan.heading((set_id, None)), a=_shown(years), b=_shown(own),
            ),
            statement_a=cite(*statements, figure=_shown(years)),
            statement_b=fill(
                "Bộ tiêu chí trong bản ghi áp dụng giai đoạn {b}.",
                "The set of the record is valid in {b}.",
                b=_shown(own),
            ),
            criterion=set_id,
            hint=Text(
                "Kiểm tra giai đoạn này có phải của bộ tiêu chí không.",
                "Check whether this is the period of the set.",
            ),
            about=slug(set_id, "set"),
            figures=(*years, *own),
        )  # fmt: skip


RULES = (
    Rule(
        "period",
        Text("Giai đoạn", "Periods"),
        Text(
            "Một tiêu chí có một giai đoạn; giai đoạn không ngược, không vượt bộ tiêu chí của nó.",
            "A criterion has one period; none is reversed or reaches beyond that of its set.",
        ),
        find_periods,
        reads=(Subject.PERIOD,),
    ),
)
