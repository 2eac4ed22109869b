"""Decisions, due dates and periods that the plan cites in more than one way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, places, quote, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Measure, State, Statement, Work

_FACT = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s*;|$)")


def facts_of(statement: Statement) -> dict[str, str]:
    """Return the facts that a statement's note carries as key=value; a semicolon ends them.

    Examples
    --------
    >>> s = Statement(statement_id="s", subject="decision_citation", unit_code="900", text="QĐ",
    ...               clause="I", note="symbol=7/QĐ date=2022-11-16 issuer=UBND tỉnh; chú thêm")
    >>> facts_of(s)
    {'symbol': '7/QĐ', 'date': '2022-11-16', 'issuer': 'UBND tỉnh'}
    """
    return {key: value.strip() for key, value in _FACT.findall(statement.note or "")}


def _citations(plan: Plan) -> dict[tuple[str, str], list[Statement]]:
    """Citations by number and date: these two name a decision, whatever else is written."""
    found: dict[tuple[str, str], list[Statement]] = {}
    for s in plan.said("decision_citation"):
        facts = facts_of(s)
        if {"symbol", "date"} <= set(facts):
            number = facts["symbol"].partition("/")[0]
            found.setdefault((number, facts["date"]), []).append(s)
    return found


def find_citations(plan: Plan) -> Iterator[Finding]:
    """Look for decisions cited with two symbols, or as two issuers'."""
    for (number, day), statements in _citations(plan).items():
        symbols = unique(facts_of(s)["symbol"] for s in statements)
        issuers = _issuers(facts_of(s).get("issuer", "") for s in statements)
        ways = symbols if len(symbols) > 1 else issuers
        if len(ways) > 1:
            yield _citation_finding(number, day, statements, ways)


def _issuers(names: Iterable[str]) -> tuple[str, ...]:
    """Return the issuers that differ; case is no difference, a longer note after one is none."""
    found: list[str] = []
    for name in names:
        one = name.casefold()
        known = (other.casefold() for other in found)
        if name and not any(one.startswith(two) or two.startswith(one) for two in known):
            found.append(name)
    return tuple(found)


def _citation_finding(
    number: str, day: str, statements: Sequence[Statement], ways: tuple[str, ...]
) -> Finding:
    def of(way: str) -> list[Statement]:
        return [s for s in statements if way in facts_of(s).values()]

    return Finding(
        rule="citation",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "Văn bản số {n}: viện dẫn hai cách",
            "Document number {n}: cited in two ways",
            n=number,
        ),
        statement_a=cite(*of(ways[0])),
        statement_b=cite(*of(ways[1])),
        hint=fill(
            "Cùng số, cùng ngày: chọn một ({ways}) theo bản gốc.",
            "Same number, same day: take one ({ways}) from the original.",
            ways=join(ways),
        ),
        about=slug(number, day, *ways),
        figures=(float(len(ways)),),
    )  # fmt: skip


def find_citation_days(plan: Plan) -> Iterator[Finding]:
    """Look for one symbol with two days of one year, and for decisions later than the plan."""
    days: dict[tuple[str, str], list[Statement]] = {}
    for s in plan.said("decision_citation"):
        facts = facts_of(s)
        if {"symbol", "date"} <= set(facts):
            days.setdefault((facts["symbol"], facts["date"][:4]), []).append(s)
    for (symbol, _), statements in days.items():
        told = unique(facts_of(s)["date"] for s in statements)
        first, last = statements[0], statements[-1]
        if len(told) > 1:
            other = next(s for s in statements if facts_of(s)["date"] == told[1])
            yield _day_finding(symbol, first, cite(other), told)
        elif told[0] > plan.record.project.plan_date.isoformat():
            yield _day_finding(symbol, last, _plan_day(plan), told)


def _plan_day(plan: Plan) -> Text:
    day = plan.record.project.plan_date
    return Text(
        f"Kế hoạch đề ngày {format_day(day, 'vi')}.", f"The plan is of {format_day(day, 'en')}."
    )


def _day_finding(symbol: str, s: Statement, other: Text, told: tuple[str, ...]) -> Finding:
    return Finding(
        rule="citation-day",
        severity=Severity.CONTRADICTION,
        clauses=(s.clause,),
        title=fill(
            "Văn bản {symbol}: ngày không khớp",
            "Document {symbol}: its day does not agree",
            symbol=symbol,
        ),
        statement_a=cite(s),
        statement_b=other,
        hint=Text("Xem ngày trên bản gốc.", "Take the day from the original."),
        about=slug(symbol, *told),
        figures=tuple(float(date.fromisoformat(day).toordinal()) for day in told),
    )  # fmt: skip


# --- due dates and periods ---------------------------------------------------------------------


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
                yield _due_finding(plan, one, cite(two, figure=_year(two)), two.value or 0)
        if late := _late_units(plan, one):
            year = plan.record.project.plan_year
            yield _due_finding(plan, one, _targets_this_year(plan, late), year)
        if rows := _late_rows(plan, one):
            last = max(due.year for _, _, due in rows)
            yield _due_finding(plan, one, _rows_say(rows), last)


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


def _due_finding(plan: Plan, s: Statement, other: Text, year: float) -> Finding:
    stated = s.value or 0
    key = (s.set or plan.record.project.main_set, s.number)
    return Finding(
        rule="due-date",
        severity=Severity.CONTRADICTION,
        clauses=unique((s.clause, *plan.clauses(key, s.units))),
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


RULES = (
    Rule(
        "citation",
        Text("Viện dẫn văn bản", "Cited documents"),
        Text(
            "Cùng số, cùng ngày thì phải cùng ký hiệu và cơ quan ban hành.",
            "One number and day must always go with one symbol and one issuer.",
        ),
        find_citations,
    ),
    Rule(
        "citation-day",
        Text("Ngày của văn bản", "Days of cited documents"),
        Text(
            "Một văn bản chỉ có một ngày, không sau ngày của kế hoạch.",
            "A document has one day, not after the plan's own.",
        ),
        find_citation_days,
    ),
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
)
