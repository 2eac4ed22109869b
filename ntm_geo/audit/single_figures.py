"""Figures that stand for themselves: a rate, an income, a number of classes, said twice."""

from collections.abc import Iterator, Mapping, Sequence

from ntm_geo.audit.figures import total, weigh
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, join, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Measure, Statement, Subject

_WORDS = {
    Subject.RATE_PERCENT: Text("Tỷ lệ, %", "A rate, %"),
    Subject.INCOME_MVND: Text("Thu nhập, triệu đồng", "Income, million VND"),
    Subject.CLASSES: Text("Số lớp", "Classes"),
    Subject.LEARNERS: Text("Số học viên", "Learners"),
    Subject.PRODUCTS: Text("Số sản phẩm", "Products"),
    Subject.MODELS: Text("Số mô hình", "Models"),
}
"""Subjects that one row carries as a whole, and what people call them."""
_IN_ROWS = {"models_per_commune": "models"}
"""What the rows of single units count where words say how many each unit has."""
_Range = tuple[float, float | None]
"""A figure, and where it is a range its upper end."""


def find_single_figures(plan: Plan) -> Iterator[Finding]:
    """Hold a figure said in words against the rows that set it as a target."""
    for said, rows in _figures(plan):
        targets = {(m.quantity or 0, m.quantity_max) for m in rows}
        free = [m for m in rows if (m.quantity or 0, m.quantity_max) not in said]
        for figure, statements in said.items():
            if rows and figure not in targets:
                yield _figure_finding(plan, figure, statements, free or rows)


def find_figures_in_words(plan: Plan) -> Iterator[Finding]:
    """Hold figures of one thing that no row carries against each other."""
    for said, rows in _figures(plan):
        if not rows and len(said) > 1:
            yield _words_finding(plan, said)


def _figures(plan: Plan) -> Iterator[tuple[dict[_Range, list[Statement]], list[Measure]]]:
    """Yield what is said of each thing, by figure, and the rows of the same thing."""
    things = gather(
        (s for s in plan.said(*_WORDS) if s.value is not None),
        lambda s: (s.subject, s.set, s.number, s.measure, frozenset(s.units), s.unit_code),
    )
    for (_, set_id, number, measure, units, unit_code), statements in things.items():
        rows = [
            m
            for m in plan.record.measures
            if (m.set, m.number, m.measure)
            == (set_id, number, _IN_ROWS.get(measure or "", measure))
            and m.quantity is not None
            and (m.unit_code in (units or {unit_code}) or unit_code == plan.district)
        ]
        said = gather(statements, lambda s: (s.value or 0, s.value_max))
        # Of no criterion, two figures may well be two things.
        if rows or number is not None:
            yield said, rows


def _shown(figure: _Range) -> Text:
    low, high = figure
    return fill("{a}", "{a}", a=low) if high is None else fill("{a}–{b}", "{a}–{b}", a=low, b=high)


def _weigh_ranges(one: _Range, two: _Range) -> Severity:
    """Weigh two figures: a single one within the other's range is a note, as rounding is."""
    (low, high), (other_low, other_high) = sorted((one, two), key=lambda each: each[1] is None)
    if high is not None and other_high is None:
        return Severity.NOTE if low <= other_low <= high else Severity.CONTRADICTION
    if high != other_high:
        return Severity.CONTRADICTION
    return weigh(one[0], two[0])


def _figure_finding(
    plan: Plan, figure: _Range, statements: Sequence[Statement], rows: Sequence[Measure]
) -> Finding:
    s = statements[0]
    targets = sorted({(m.quantity or 0, m.quantity_max) for m in rows}, key=str)
    return Finding(
        rule="single-figure",
        severity=min((_weigh_ranges(figure, target) for target in targets), key=_lightest),
        clauses=unique((*(t.clause for t in statements), *(m.clause for m in rows))),
        title=fill(
            "{what}: hai con số, {a} và {b}",
            "{what}: two figures, {a} and {b}",
            what=_WORDS[s.subject], a=_shown(figure), b=join(_shown(t) for t in targets),
        ),
        statement_a=cite(*statements, figure=_shown(figure)),
        statement_b=join(
            fill(
                "{clause} ghi {figure}: {name}.",
                "{clause} states {figure}: {name}.",
                clause=places([m.clause]), name=m.name,
                figure=_shown((m.quantity or 0, m.quantity_max)),
            )
            for m in rows
        ),
        unit_codes=plan.ordered(m.unit_code for m in rows),
        criterion=criterion_key(s.set, s.number),
        difference=_difference(figure, targets),
        hint=_settle(),
        about=slug(s.subject, s.set, s.number, s.measure),
        figures=tuple(n for each in (figure, *targets) for n in each if n is not None),
        key=tuple(m.measure_id for m in rows),
    )  # fmt: skip


def _lightest(severity: Severity) -> int:
    return -list(Severity).index(severity)


def _difference(figure: _Range, others: Sequence[_Range]) -> float | None:
    """Return the difference of two figures; ranges have none."""
    if len(others) != 1 or figure[1] is not None or others[0][1] is not None:
        return None
    return total([figure[0], -others[0][0]])


def _settle() -> Text:
    return Text("Chọn một trong hai con số.", "Settle on one of the two figures.")


def _words_finding(plan: Plan, said: Mapping[_Range, Sequence[Statement]]) -> Finding:
    (one, first), *others = sorted(said.items(), key=lambda item: str(item[0]))
    s = first[0]
    return Finding(
        rule="figure-words",
        severity=min((_weigh_ranges(one, other) for other, _ in others), key=_heaviest),
        clauses=unique(t.clause for statements in said.values() for t in statements),
        title=fill(
            "{what}: lời văn ghi {a} và {b}",
            "{what}: the words say {a} and {b}",
            what=_WORDS[s.subject], a=_shown(one), b=join(_shown(other) for other, _ in others),
        ),
        statement_a=cite(*first, figure=_shown(one)),
        statement_b=join(
            (cite(*statements, figure=_shown(other)) for other, statements in others), " "
        ),
        unit_codes=plan.ordered(s.units or {s.unit_code} - {plan.district}),
        criterion=criterion_key(s.set, s.number),
        difference=_difference(one, [other for other, _ in others]),
        hint=_settle(),
        about=slug(s.subject, s.set, s.number, s.measure),
        figures=tuple(n for each in sorted(said, key=str) for n in each if n is not None),
    )  # fmt: skip


def _heaviest(severity: Severity) -> int:
    return list(Severity).index(severity)


RULES = (
    Rule(
        "single-figure",
        Text("Một chỉ tiêu, một con số", "One target, one figure"),
        Text(
            "Tỷ lệ, số lớp, số sản phẩm nói ở hai nơi phải là một con số.",
            "A rate, a number of classes or products said in two places must be one figure.",
        ),
        find_single_figures,
        reads=(*_WORDS,),
    ),
    Rule(
        "figure-words",
        Text("Hai con số trong lời văn", "Two figures in words"),
        Text(
            "Con số mà không dòng nào ghi phải như nhau ở mọi chỗ của lời văn.",
            "A figure that no row carries must be the same wherever the words state it.",
        ),
        find_figures_in_words,
        reads=(*_WORDS,),
    ),
)
