"""Quantities: lengths, houses, households and works against the rows they are the sums of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_geo.audit.figures import is_one_digit_off, total, weigh
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan, WorkOrMeasure, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, places, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Fact, Measure, Statement, Subject, Work
from ntm_geo.model.facts import facts_of

_SUMMED = {
    Subject.LENGTH_KM: "km",
    Subject.HOUSES: "houses",
    Subject.HOUSEHOLDS: "households",
    Subject.WORKS: None,
}
"""Subjects whose rows add up, and the measure of the rows; None: the statement's own."""
_WORDS = {
    Subject.LENGTH_KM: Text("Chiều dài, km", "Length, km"),
    Subject.HOUSES: Text("Số nhà", "Houses"),
    Subject.HOUSEHOLDS: Text("Số hộ", "Households"),
    Subject.WORKS: Text("Số công trình", "Works"),
}


@dataclass(frozen=True)
class _Sum:
    """A stated figure and the rows that it is the sum of."""

    statements: tuple[Statement, ...]
    rows: tuple[WorkOrMeasure, ...]

    @property
    def stated(self) -> float:
        return self.statements[0].value or 0

    @property
    def added(self) -> float:
        return total([row.quantity or 0 for row in self.rows])


def _rows_of(plan: Plan, statement: Statement) -> tuple[WorkOrMeasure, ...]:
    """Return the rows that a statement sums: of the units that it names, else of its own unit.

    A figure for the district is of the district's own rows where there are any, else of all. A
    figure for one class of assets, which the statement's facts name, is of the works on these.
    """
    measure = _SUMMED[statement.subject] or statement.measure
    of_class = facts_of(statement).get(Fact.CLASS)
    every: tuple[WorkOrMeasure, ...] = (*plan.record.works, *plan.record.measures)
    fitting = tuple(
        row
        for row in every
        if (row.set, row.number, row.measure) == (statement.set, statement.number, measure)
        and row.quantity is not None
        and of_class in (None, plan.class_of(row))
    )
    units = statement.units or (statement.unit_code,)
    own = tuple(row for row in fitting if row.unit_code in units)
    is_of_all = not statement.units and statement.unit_code == plan.district
    return own or (fitting if is_of_all else ())


def _sums(plan: Plan) -> Iterator[_Sum]:
    """Pair each figure with its rows."""
    for s in plan.said(*_SUMMED):
        if s.value and s.units_role not in ("not_met", "met"):
            yield _Sum((s,), _rows_of(plan, s))


def _merged(sums: Iterator[_Sum]) -> list[_Sum]:
    """Make one of the same figure for the same rows, stated in several clauses."""
    same: dict[tuple[object, ...], _Sum] = {}
    for s in sums:
        first = s.statements[0]
        rows = tuple(map(row_id, s.rows)) or (_about(first), first.units, first.unit_code)
        key = (first.subject, s.stated, rows)
        before = same[key].statements if key in same else ()
        same[key] = _Sum((*before, *s.statements), s.rows)
    return list(same.values())


def find_quantity_totals(plan: Plan) -> Iterator[Finding]:
    """Hold lengths, houses, households and numbers of works against the sum of their rows."""
    for s in _merged(_sums(plan)):
        if s.rows and s.added != s.stated:
            yield _sum_finding(plan, s)


def find_unlisted_totals(plan: Plan) -> Iterator[Finding]:
    """Look for lengths, houses, households and numbers of works of which no row says where."""
    for s in _merged(_sums(plan)):
        if not s.rows:
            yield _unlisted_finding(plan, s)


def _unlisted_finding(plan: Plan, s: _Sum) -> Finding:
    first = s.statements[0]
    return Finding(
        rule="quantity-unlisted",
        severity=Severity.GAP,
        clauses=unique(t.clause for t in s.statements),
        title=fill(
            "{what}: ghi {a}, không có dòng chi tiết nào",
            "{what}: {a} stated, no row says where",
            what=_WORDS[first.subject], a=s.stated,
        ),
        statement_a=cite(*s.statements, figure=s.stated),
        statement_b=Text(
            "Không việc, không chỉ tiêu nào ghi khối lượng này (0).",
            "No work and no measure carries such a quantity (0).",
        ),
        unit_codes=plan.ordered(first.units or {first.unit_code} - {plan.district}),
        criterion=criterion_key(first.set, first.number),
        difference=s.stated,
        hint=Text(
            "Ghi làm ở đâu, mỗi nơi bao nhiêu.", "Say where it is done, and how much in each place."
        ),
        about=_about(first),
        figures=(s.stated,),
    )  # fmt: skip


def _about(s: Statement) -> str:
    return slug(s.subject, s.set, s.number, facts_of(s).get(Fact.CLASS) or _measure(s))


def _measure(s: Statement) -> str | None:
    """Return what a statement counts, where its subject does not say it."""
    return s.measure if _SUMMED.get(s.subject) is None else None


def _sum_finding(plan: Plan, s: _Sum) -> Finding:
    first = s.statements[0]
    severity = weigh(s.stated, s.added)
    is_note = severity == Severity.NOTE
    return Finding(
        rule="quantity-total",
        severity=severity,
        clauses=unique((*(t.clause for t in s.statements), *(row.clause for row in s.rows))),
        title=fill(
            "{what}: ghi {a}, cộng chi tiết được {b}{why}",
            "{what}: {a} stated, the details add up to {b}{why}",
            what=_WORDS[first.subject],
            a=s.stated, b=s.added,
            why=Text(" (làm tròn)", " (rounded)") if is_note else Text("", ""),
        ),
        statement_a=cite(*s.statements, figure=s.stated),
        statement_b=fill(
            "Chi tiết cộng lại được {sum}: {parts}.",
            "The details add up to {sum}: {parts}.",
            sum=s.added, parts=_addends(plan, s.rows),
        ),
        unit_codes=plan.ordered(row.unit_code for row in s.rows),
        criterion=criterion_key(first.set, first.number),
        work_ids=tuple(row.work_id for row in s.rows if isinstance(row, Work)),
        difference=total([s.stated, -s.added]),
        hint=_rounding_hint(s) if is_note else _sum_hint(plan, s),
        about=_about(first),
        figures=(s.stated, s.added),
        key=tuple(row_id(row) for row in s.rows if isinstance(row, Measure)),
    )  # fmt: skip


def _addends(plan: Plan, rows: Sequence[WorkOrMeasure]) -> Text:
    """Write a sum out: by clause where it goes over several, else by row."""
    clauses = unique(row.clause for row in rows)
    if len(clauses) > 1:
        by_clause = {c: [row.quantity or 0 for row in rows if row.clause == c] for c in clauses}
        addends = (
            fill("{n} ({c})", "{n} ({c})", n=total(n), c=places([c])) for c, n in by_clause.items()
        )
        return join(addends, " + ")
    return join(
        (
            fill("{unit} {n}", "{unit} {n}", unit=plan.name(row.unit_code), n=row.quantity or 0)
            for row in rows
        ),
        " + ",
    )


def _rounding_hint(s: _Sum) -> Text:
    return fill(
        "Chỉ là làm tròn; ghi {b} thì khớp hẳn.",
        "Only rounding; writing {b} would agree in full.",
        b=s.added,
    )


def _sum_hint(plan: Plan, s: _Sum) -> Text:
    """Say that the total may be wrong, and which single row one digit of which would mend it."""
    gap = total([s.stated, -s.added])
    slips = [r for r in s.rows if is_one_digit_off(r.quantity or 0, total([r.quantity or 0, gap]))]
    either = fill(
        "Sửa {a} thành {b}, hoặc sửa chi tiết.",
        "Change {a} to {b}, or mend the details.",
        a=s.stated, b=s.added,
    )  # fmt: skip
    if len(slips) != 1:
        return either
    (slip,) = slips
    return sentences(
        either,
        fill(
            "Chỉ đổi một chữ số thì khớp: {unit} {old} thành {new}.",
            "One digit would make it agree: {unit} from {old} to {new}.",
            unit=plan.name(slip.unit_code), old=slip.quantity or 0,
            new=total([slip.quantity or 0, gap]),
        ),
    )  # fmt: skip


RULES = (
    Rule(
        "quantity-total",
        Text("Tổng khối lượng", "Totals of quantities"),
        Text(
            "Chiều dài, số nhà, số hộ, số công trình phải bằng tổng các dòng chi tiết.",
            "Lengths, houses, households and works must be what their detailed rows add up to.",
        ),
        find_quantity_totals,
        reads=(*_SUMMED,),
    ),
    Rule(
        "quantity-unlisted",
        Text("Khối lượng không có chi tiết", "Quantities without rows"),
        Text(
            "Chiều dài, số nhà, số hộ, số công trình phải có dòng chi tiết.",
            "Lengths, houses, households and works must have rows that say where.",
        ),
        find_unlisted_totals,
        reads=(*_SUMMED,),
    ),
)
