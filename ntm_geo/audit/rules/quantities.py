"""Quantities: lengths, houses, households and works against the rows they are the sums of."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_geo.audit.figures import is_one_digit_off, total
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan, WorkOrMeasure, named_rows, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, add, stated
from ntm_geo.audit.words import cite, fill, gather, join, places, sentences, slug, unique
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
    def span(self) -> Span:
        return stated(self.statements[0])

    @property
    def added(self) -> float:
        return _sum_of(self.rows)

    @property
    def is_told_apart(self) -> bool:
        """Whether a fact says which works or rows it counts."""
        return bool({Fact.KIND, Fact.ROW} & facts_of(self.statements[0]).keys())

    @property
    def is_footnoted(self) -> bool:
        """Whether its rows, of one kind of work, stand below its own clause: in its footnote."""
        above = [f"{s.clause} " for s in self.statements]
        return len(self.kinds) == 1 and any(
            all(row.clause.startswith(clause) for row in self.rows) for clause in above
        )

    @property
    def kinds(self) -> list[list[WorkOrMeasure]]:
        """The rows by what is done: to harden and to keep up are two things."""
        kinds = gather(self.rows, lambda row: row.kind if isinstance(row, Work) else None)
        return list(kinds.values())

    def fits(self, rows: Iterable[WorkOrMeasure]) -> bool:
        """Whether rows make what it states, rounding aside."""
        return self.span.weigh(_sum_of(rows)) != Severity.CONTRADICTION


def _sum_of(rows: Iterable[WorkOrMeasure]) -> float:
    return total(row.quantity or 0 for row in rows)


def _rows_of(plan: Plan, statement: Statement) -> tuple[WorkOrMeasure, ...]:
    """Return the rows that a statement sums: of the units that it names, else of its own unit.

    A figure for the district is of all rows where they make it or the district has none of its
    own, else of the district's. Facts of the statement may name the class of assets, the kind of
    work, or the rows themselves.
    """
    measure = _SUMMED[statement.subject] or statement.measure
    facts = facts_of(statement)
    of_class, of_kind = facts.get(Fact.CLASS), facts.get(Fact.KIND)
    every: tuple[WorkOrMeasure, ...] = (*plan.record.works, *plan.record.measures)
    fitting = tuple(
        row
        for row in named_rows(statement, every)
        if (row.set, row.number, row.measure) == (statement.set, statement.number, measure)
        and row.quantity is not None
        and of_class in (None, plan.class_of(row))
        and of_kind in (None, row.kind if isinstance(row, Work) else None)
    )
    units = statement.units or (statement.unit_code,)
    own = tuple(row for row in fitting if row.unit_code in units)
    is_of_all = not statement.units and statement.unit_code == plan.district
    is_whole = is_of_all and (not own or stated(statement).holds(_sum_of(fitting)))
    return fitting if is_whole else own


def _sums(plan: Plan) -> list[_Sum]:
    """Pair each figure with its rows; the same figure for the same rows in several clauses is one.

    What rows there are not, the statement itself tells: its facts, its units.
    """
    same: dict[tuple[object, ...], _Sum] = {}
    for s in plan.said(*_SUMMED):
        if s.value and s.units_role not in ("not_met", "met"):
            rows = _rows_of(plan, s)
            key = (s.subject, stated(s), tuple(map(row_id, rows)) or _unlisted_key(s))
            before = same[key].statements if key in same else ()
            same[key] = _Sum((*before, s), rows)
    return list(same.values())


def _unlisted_key(s: Statement) -> tuple[object, ...]:
    return (_about(s), s.units, s.unit_code)


def find_quantity_totals(plan: Plan) -> Iterator[Finding]:
    """Hold lengths, houses, households and numbers of works against the sum of their rows."""
    listed = (s for s in _sums(plan) if s.rows)
    for sums in gather(
        listed, lambda s: (s.statements[0].subject, tuple(map(row_id, s.rows)))
    ).values():
        explained = _explained(sums)
        for s in sums:
            if s not in explained and s.span.weigh(s.added) is not None:
                is_sure = s.is_told_apart or s.is_footnoted or _is_one_thing(sums)
                yield _sum_finding(plan, s, is_sure=is_sure)


def _is_one_thing(sums: Sequence[_Sum]) -> bool:
    """Whether words and rows know one thing only: one figure, one kind of work."""
    return len(sums) == 1 and len(sums[0].kinds) == 1


def _explained(sums: Sequence[_Sum]) -> list[_Sum]:
    """Return the figures that are those of one kind of work, or that make up all rows together."""
    of_a_kind = [s for s in sums if not s.is_told_apart and _is_of_a_kind(s)]
    rest = [s for s in sums if s not in of_a_kind and not s.fits(s.rows)]
    if len(rest) > 1:
        together = functools.reduce(add, (s.span for s in rest))
        if together.holds(rest[0].added):
            return [*of_a_kind, *rest]
    return of_a_kind


def _is_of_a_kind(s: _Sum) -> bool:
    """Whether it is nearer to the rows of one kind of work than to all of them."""
    is_exact = any(s.span.holds(_sum_of(kind)) for kind in s.kinds)
    return is_exact or (not s.fits(s.rows) and any(map(s.fits, s.kinds)))


def find_unlisted_totals(plan: Plan) -> Iterator[Finding]:
    """Look for lengths, houses, households and numbers of works of which no row says where."""
    for s in _sums(plan):
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
            what=_WORDS[first.subject], a=s.span.text,
        ),
        statement_a=cite(*s.statements, figure=s.span.text),
        statement_b=Text(
            "Không việc, không chỉ tiêu nào ghi khối lượng này (0).",
            "No work and no measure carries such a quantity (0).",
        ),
        unit_codes=plan.ordered(first.units or {first.unit_code} - {plan.district}),
        criterion=criterion_key(first.set, first.number),
        difference=s.span.low,
        hint=Text(
            "Ghi làm ở đâu, mỗi nơi bao nhiêu.", "Say where it is done, and how much in each place."
        ),
        about=_about(first),
        figures=s.span.figures,
    )  # fmt: skip


def _about(s: Statement) -> str:
    facts = facts_of(s)
    return slug(
        s.subject, s.set, s.number, facts.get(Fact.CLASS) or _measure(s), facts.get(Fact.KIND)
    )


def _measure(s: Statement) -> str | None:
    """Return what a statement counts, where its subject does not say it."""
    return s.measure if _SUMMED.get(s.subject) is None else None


def _sum_finding(plan: Plan, s: _Sum, *, is_sure: bool) -> Finding:
    first = s.statements[0]
    is_rounded = s.fits(s.rows)
    return Finding(
        rule="quantity-total",
        severity=Severity.CONTRADICTION if is_sure and not is_rounded else Severity.NOTE,
        clauses=unique((*(t.clause for t in s.statements), *(row.clause for row in s.rows))),
        title=fill(
            "{what}: ghi {a}, cộng chi tiết được {b}{why}",
            "{what}: {a} stated, the details add up to {b}{why}",
            what=_WORDS[first.subject], a=s.span.text, b=s.added,
            why=Text(" (làm tròn)", " (rounded)") if is_rounded and s.span.is_plain else "",
        ),
        statement_a=cite(*s.statements, figure=s.span.text),
        statement_b=fill(
            "Chi tiết cộng lại được {sum}: {parts}.",
            "The details add up to {sum}: {parts}.",
            sum=s.added, parts=_addends(plan, s.rows),
        ),
        unit_codes=plan.ordered(row.unit_code for row in s.rows),
        criterion=criterion_key(first.set, first.number),
        work_ids=tuple(row.work_id for row in s.rows if isinstance(row, Work)),
        difference=s.span.difference(s.added),
        hint=_rounding_hint(s) if is_rounded else sentences(
            None if is_sure else Text(
                "Có thể là hai việc khác nhau: khi đó ghi kind= hoặc row= vào note của lời văn.",
                "These may be two things: then the statement's note should say kind= or row=.",
            ),
            _sum_hint(plan, s),
        ),
        about=_about(first),
        figures=(*s.span.figures, s.added),
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
        "{why}; ghi {b} thì khớp hẳn.",
        "{why}; writing {b} would agree in full.",
        why=Text("Chỉ là làm tròn", "Only rounding")
        if s.span.is_plain
        else Text("Sát mức đã ghi", "Just at the figure stated"),
        b=s.added,
    )


def _sum_hint(plan: Plan, s: _Sum) -> Text:
    """Say that the total may be wrong, and which single row one digit of which would mend it."""
    gap = s.span.difference(s.added)
    slips = [r for r in s.rows if is_one_digit_off(r.quantity or 0, total([r.quantity or 0, gap]))]
    either = fill(
        "Sửa {a} thành {b}, hoặc sửa chi tiết.",
        "Change {a} to {b}, or mend the details.",
        a=s.span.text, b=s.added,
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
