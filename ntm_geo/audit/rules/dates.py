"""Due dates and stages that the plan gives one thing in more than one way."""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan, WorkOrMeasure, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, join, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Fact, Stage, State, Statement, Subject, Work
from ntm_geo.model.facts import facts_of

_STAGES = {
    Stage.PREPARATION: Text("lập", "prepared"),
    Stage.APPRAISAL: Text("trình thẩm định", "submitted for appraisal"),
    Stage.APPROVAL: Text("phê duyệt", "approved"),
    Stage.PUBLICATION: Text("công bố", "published"),
}
"""How far a document is to get, from the first stage to the last."""
_Due = tuple[str, str, date]
"""A work or measure that is due: its name, clause and day."""


def _said_dues(plan: Plan) -> dict[Key, list[Statement]]:
    """Gather the due years that words give each criterion."""
    said = (s for s in plan.said(Subject.DUE_DATE) if s.value is not None and s.set is not None)
    return gather(said, lambda s: (s.set or "", s.number))


def find_due_dates(plan: Plan) -> Iterator[Finding]:
    """Look for two due years for one thing: in words, in the table's year, or of the rows."""
    said = _said_dues(plan)
    for key, statements in said.items():
        by_year = gather(statements, _year_of)
        for one, two in itertools.combinations(sorted(by_year), 2):
            yield from _two_years(plan, key, by_year[one], by_year[two])
        for year in sorted(by_year):
            yield from _after_the_table(plan, key, by_year[year], statements)
            yield from _before_the_rows(plan, key, by_year[year], statements)
    for key, units in plan.aims.items():
        if key not in said:
            yield from _after_the_plan(plan, key, units)


def _year_of(s: Statement) -> int:
    return int(s.value or 0)


def _shown(year: int) -> str:
    """Write a year, which takes no sign for thousands."""
    return str(year)


def _two_years(
    plan: Plan, key: Key, earlier: Sequence[Statement], later: Sequence[Statement]
) -> Iterator[Finding]:
    """Hold two years against each other, where both are of all units or of units that overlap."""
    pairs = [
        (one, two)
        for one in earlier
        for two in later
        if set(one.units) & set(two.units) or not (one.units or two.units)
    ]
    if pairs:
        first = list({one.statement_id: one for one, _ in pairs}.values())
        other = list({two.statement_id: two for _, two in pairs}.values())
        units = {unit for one, two in pairs for unit in set(one.units) & set(two.units)}
        yield _due_finding(
            plan,
            key,
            first,
            cite(*other, figure=_shown(_year_of(other[0]))),
            clauses=[s.clause for s in other],
            years=(_year_of(first[0]), _year_of(other[0])),
            units=units,
        )


def _after_the_table(
    plan: Plan, key: Key, said: Sequence[Statement], every: Sequence[Statement]
) -> Iterator[Finding]:
    """Hold a year after the plan's own against the units that the table targets this year.

    A year that is said of no units may be that of the whole programme, so it is only a note; units
    that have a year of their own do not count for it.
    """
    plan_year = plan.record.project.plan_year
    named = {unit for s in said for unit in s.units}
    others = {unit for s in every if s not in said for unit in s.units}
    aimed = set(plan.with_state(key, State.ACHIEVE)) if key[1] is not None else set()
    late = aimed & named if named else aimed - others
    has_own_year = any(_year_of(s) <= plan_year for s in every if not s.units)
    if _year_of(said[0]) <= plan_year or not late or (not named and has_own_year):
        return
    yield _due_finding(
        plan,
        key,
        said,
        fill(
            "Bảng phấn đấu đạt ngay năm {year} ở {units}.",
            "The table targets it for {year} in {units}.",
            year=_shown(plan_year), units=plan.few(late),
        ),
        clauses=plan.clauses(key, plan.ordered(late)),
        years=(_year_of(said[0]), plan_year),
        units=late,
        severity=Severity.CONTRADICTION if named else Severity.NOTE,
        kind="table",
    )  # fmt: skip


def _before_the_rows(
    plan: Plan, key: Key, said: Sequence[Statement], every: Sequence[Statement]
) -> Iterator[Finding]:
    """Hold a year against works and measures for the same units that are due after it."""
    named = {unit for s in said for unit in s.units}
    others = {unit for s in every if s not in said for unit in s.units}
    rows: tuple[WorkOrMeasure, ...] = (*plan.works(key), *plan.measures(key))
    late = [
        row
        for row in rows
        if key[1] is not None
        and row.due is not None
        and row.due.year > _year_of(said[0])
        and (row.unit_code in named if named else row.unit_code not in others)
    ]
    dues = [(row.name, row.clause, row.due) for row in late if row.due is not None]
    if dues:
        yield _due_finding(
            plan,
            key,
            said,
            _rows_say(dues),
            clauses=[clause for _, clause, _ in dues],
            years=(_year_of(said[0]), max(due.year for _, _, due in dues)),
            units={row.unit_code for row in late} - {plan.district},
            kind="rows",
            rows=tuple(row_id(row) for row in late),
        )


def _after_the_plan(plan: Plan, key: Key, units: tuple[str, ...]) -> Iterator[Finding]:
    """Hold what the table targets for the plan's year against rows for it that are due later.

    Where words give the criterion a due year, that is held against both.
    """
    plan_year = plan.record.project.plan_year
    reach = {code for unit in units for code in plan.reach(key, unit)}
    rows: tuple[WorkOrMeasure, ...] = (*plan.works(key), *plan.measures(key))
    late = [row for row in rows if row.due and row.due.year > plan_year and row.unit_code in reach]
    if late:
        of = [unit for unit in units if any(r.unit_code in plan.reach(key, unit) for r in late)]
        year = max(row.due.year for row in late if row.due)
        yield Finding(
            rule="due-date",
            severity=Severity.NOTE,
            clauses=unique((*plan.aim_clauses(key, of), *(row.clause for row in late))),
            title=fill(
                "{criterion}: bảng đặt năm {a}, việc có hạn năm {b}",
                "{criterion}: the table targets it for {a}, its works are due in {b}",
                criterion=plan.heading(key), a=_shown(plan_year), b=_shown(year),
            ),
            statement_a=fill(
                "Bảng phấn đấu đạt ngay năm {year} ở {units}.",
                "The table targets it for {year} in {units}.",
                year=_shown(plan_year), units=plan.few(of),
            ),
            statement_b=_rows_say([(r.name, r.clause, r.due) for r in late if r.due]),
            unit_codes=plan.ordered(of),
            criterion=criterion_key(*key),
            work_ids=tuple(row.work_id for row in late if isinstance(row, Work)),
            difference=plan_year - year,
            hint=Text(
                "Kiểm tra có đạt được trước khi việc này xong không.",
                "Check whether it can be reached before this is done.",
            ),
            about=slug(*key, "plan"),
            figures=(plan_year, year),
            key=tuple(row_id(row) for row in late),
        )  # fmt: skip


def _rows_say(rows: Sequence[_Due]) -> Text:
    name, clause, due = max(rows, key=lambda row: row[2])
    return fill(
        "{clause}: {name}, hạn {day}{more}.",
        "{clause}: {name}, due {day}{more}.",
        clause=places([clause]), name=name,
        day=Text(format_day(due, "vi"), format_day(due, "en")),
        more=fill(
            " (trong {n} dòng)", " (of {n} rows)", n=len(rows)
        ) if len(rows) > 1 else "",
    )  # fmt: skip


def _due_finding(  # noqa: PLR0913 (both sides of two years)
    plan: Plan,
    key: Key,
    said: Sequence[Statement],
    other: Text,
    *,
    clauses: Sequence[str],
    years: tuple[int, int],
    units: Collection[str],
    severity: Severity = Severity.CONTRADICTION,
    kind: str = "words",
    rows: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        rule="due-date",
        severity=severity,
        clauses=unique((*(s.clause for s in said), *clauses)),
        title=fill(
            "{criterion}: hai thời hạn, {a} và {b}",
            "{criterion}: two due dates, {a} and {b}",
            criterion=plan.heading(key), a=_shown(years[0]), b=_shown(years[1]),
        ),
        statement_a=cite(*said, figure=_shown(years[0])),
        statement_b=other,
        unit_codes=plan.ordered(units),
        criterion=criterion_key(*key),
        difference=years[0] - years[1],
        hint=Text("Chọn một thời hạn.", "Settle on one due date."),
        about=slug(*key, kind),
        figures=years,
        key=rows,
    )  # fmt: skip


def find_past_dues(plan: Plan) -> Iterator[Finding]:
    """Look for due years that were over before the plan's year began."""
    plan_year = plan.record.project.plan_year
    said = (s for s in plan.said(Subject.DUE_DATE) if s.value and s.value < plan_year)
    for (set_id, number, year), statements in gather(
        said, lambda s: (s.set, s.number, _year_of(s))
    ).items():
        yield Finding(
            rule="due-past",
            severity=Severity.CONTRADICTION,
            clauses=unique(s.clause for s in statements),
            title=fill(
                "Thời hạn {year} đã qua, kế hoạch là của năm {plan}",
                "Due in {year}, which is over: the plan is for {plan}",
                year=_shown(year), plan=_shown(plan_year),
            ),
            statement_a=cite(*statements, figure=_shown(year)),
            statement_b=fill(
                "Kế hoạch năm {year}.", "The plan is for {year}.", year=_shown(plan_year)
            ),
            unit_codes=plan.ordered(unit for s in statements for unit in s.units),
            criterion=criterion_key(set_id, number),
            difference=year - plan_year,
            hint=Text("Xem lại năm; có thể lấy từ kế hoạch cũ.",
                      "Check the year; it may come from a former plan."),
            about=slug(set_id, number),
            figures=(year, plan_year),
        )  # fmt: skip
    yield from _past_rows(plan)


def _past_rows(plan: Plan) -> Iterator[Finding]:
    """Look for works and measures of the plan's year that were due before it."""
    plan_year = plan.record.project.plan_year
    rows: tuple[WorkOrMeasure, ...] = (*plan.record.works, *plan.record.measures)
    past = [(row, row.due) for row in rows if row.due is not None and row.due.year < plan_year]
    for (set_id, number, year), of in gather(
        past, lambda each: (each[0].set, each[0].number, each[1].year)
    ).items():
        yield Finding(
            rule="due-past",
            severity=Severity.CONTRADICTION,
            clauses=unique(row.clause for row, _ in of),
            title=fill(
                "Việc có hạn năm {year} đã qua, kế hoạch là của năm {plan}",
                "Works due in {year}, which is over: the plan is for {plan}",
                year=_shown(year), plan=_shown(plan_year),
            ),
            statement_a=_rows_say([(row.name, row.clause, due) for row, due in of]),
            statement_b=fill(
                "Kế hoạch năm {year}.", "The plan is for {year}.", year=_shown(plan_year)
            ),
            unit_codes=plan.ordered(row.unit_code for row, _ in of),
            criterion=criterion_key(set_id, number),
            work_ids=tuple(row.work_id for row, _ in of if isinstance(row, Work)),
            difference=year - plan_year,
            hint=Text("Xem lại hạn; có thể lấy từ kế hoạch cũ.",
                      "Check the due day; it may come from a former plan."),
            about=slug(set_id, number, "rows"),
            figures=(year, plan_year),
            key=tuple(row_id(row) for row, _ in of),
        )  # fmt: skip


# --- stages ------------------------------------------------------------------------------------


def find_stages(plan: Plan) -> Iterator[Finding]:
    """Look for documents that two places of the plan want brought to two stages."""
    said = gather(plan.said(Subject.STAGE), lambda s: (s.set, s.number, s.unit_code))
    for (set_id, number, unit_code), statements in said.items():
        ranks = gather(statements, _rank)
        if len(ranks) > 1:
            key = (set_id or plan.record.project.main_set, number)
            yield _stage_finding(plan, key, unit_code, ranks)


def _rank(s: Statement) -> int:
    return list(Stage).index(Stage(facts_of(s)[Fact.STAGE]))


def _stage_finding(
    plan: Plan, key: Key, unit_code: str, ranks: Mapping[int, Sequence[Statement]]
) -> Finding:
    stages = list(Stage)
    first, *others = sorted(ranks)
    later = [s for rank in others for s in ranks[rank]]
    return Finding(
        rule="stage",
        severity=Severity.NOTE,
        clauses=unique(s.clause for s in (*ranks[first], *later)),
        title=fill(
            "{criterion}: nơi ghi {a}, nơi ghi {b}",
            "{criterion}: to be {a} in one place, {b} in another",
            criterion=plan.heading(key), a=_STAGES[stages[first]],
            b=join((_STAGES[stages[rank]] for rank in others), "; "),
        ),
        statement_a=cite(*ranks[first]),
        statement_b=cite(*later),
        unit_codes=(unit_code,),
        criterion=criterion_key(*key),
        hint=Text(
            "Ghi một mức phải đạt trong năm, và một tên cho hồ sơ.",
            "Say in one way how far it is to get this year, and what it is called.",
        ),
        about=slug(*key, unit_code),
        figures=(first, *others),
    )  # fmt: skip


RULES = (
    Rule(
        "due-date",
        Text("Thời hạn", "Due dates"),
        Text(
            "Một tiêu chí ở một đơn vị có một thời hạn, khớp với bảng, các việc, năm kế hoạch.",
            "A criterion in a unit has one due date, as the table, works and plan's year have it.",
        ),
        find_due_dates,
        reads=(Subject.DUE_DATE,),
    ),
    Rule(
        "due-past",
        Text("Thời hạn đã qua", "Due dates that are over"),
        Text(
            "Thời hạn trong lời văn, của việc và chỉ tiêu không nằm trước năm của kế hoạch.",
            "No due date, in words or of a work or measure, lies before the plan's year.",
        ),
        find_past_dues,
        reads=(Subject.DUE_DATE,),
    ),
    Rule(
        "stage",
        Text("Mức phải đạt của hồ sơ", "How far a document is to get"),
        Text(
            "Một hồ sơ, đồ án chỉ có một mức phải đạt trong năm.",
            "A document is to get to one stage within the year.",
        ),
        find_stages,
        reads=(Subject.STAGE,),
    ),
)
