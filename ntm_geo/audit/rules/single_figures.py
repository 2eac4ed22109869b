"""Figures that stand for themselves: a rate, an income, a number of classes, said twice."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_geo.audit.figures import total
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan, named_rows
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, add, asked, stated
from ntm_geo.audit.words import cite, fill, gather, join, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Fact, Measure, Statement, Subject
from ntm_geo.model.facts import facts_of
from ntm_geo.names import search_key

_WORDS = {
    Subject.RATE_PERCENT: Text("Tỷ lệ, %", "A rate, %"),
    Subject.INCOME_MVND: Text("Thu nhập, triệu đồng", "Income, million VND"),
    Subject.CLASSES: Text("Số lớp", "Classes"),
    Subject.LEARNERS: Text("Số học viên", "Learners"),
    Subject.PRODUCTS: Text("Số sản phẩm", "Products"),
    Subject.MODELS: Text("Số mô hình", "Models"),
    Subject.TEAMS: Text("Số tổ, đội", "Teams"),
    Subject.LEVEL: Text("Mức độ phải đạt", "A grade to be reached"),
}
"""Subjects that one row carries as a whole, and what people call them."""
_IN_ROWS = {"models_per_commune": "models"}
"""What the rows of single units count where words say how many each unit has."""
_NOT_ADDED = (Subject.RATE_PERCENT, Subject.INCOME_MVND, Subject.LEVEL)
"""Subjects whose figures never make up another one together."""


@dataclass(frozen=True)
class _Thing:
    """Figures in words that may be of one thing, and the rows that may carry it."""

    said: Mapping[Span, Sequence[Statement]]
    rows: Sequence[Measure]

    @property
    def first(self) -> Statement:
        return next(iter(self.said.values()))[0]

    @cached_property
    def spans(self) -> list[Span]:
        """The figures of the rows, each once."""
        return sorted(set(map(asked, self.rows)))

    @property
    def free(self) -> list[Measure]:
        """The rows that no words state."""
        return [m for m in self.rows if not any(asked(m).is_same(span) for span in self.said)]

    @cached_property
    def apart(self) -> list[Span]:
        """The figures that no row carries, by itself or together with others."""
        apart = [span for span in self.said if not any(span.is_same(row) for row in self.spans)]
        is_added = self.first.subject not in _NOT_ADDED and self.first.measure not in _IN_ROWS
        if not is_added or not apart or not self.free:
            return apart
        together = functools.reduce(add, apart)
        carried = functools.reduce(add, map(asked, self.free))
        is_split = len(apart) > 1 or len(self.free) > 1
        return [] if is_split and together.is_same(carried) else apart

    @property
    def is_sure(self) -> bool:
        """Whether words and rows are of one thing: a fact says so, or what the words call it."""
        if Fact.ROW in facts_of(self.first):
            return True
        return len(self.said) == len(self.spans) == 1 and any(
            _calls(statement.text, row.name)
            for statements in self.said.values()
            for statement in statements
            for row in self.rows
        )


def _calls(text: str, name: str) -> bool:
    """Whether words call a thing by its name: most words of the name stand in them."""
    words, own = set(search_key(text).split()), search_key(name).split()
    return sum(word in words for word in own) * 2 >= len(own)


def find_single_figures(plan: Plan) -> Iterator[Finding]:
    """Hold a figure said in words against the rows that set it as a target."""
    for thing in _things(plan):
        if thing.rows:
            for span in thing.apart:
                yield _figure_finding(plan, span, thing)


def find_figures_in_words(plan: Plan) -> Iterator[Finding]:
    """Hold figures of one thing that no row carries against each other."""
    for thing in _things(plan):
        if not thing.rows and len(thing.said) > 1:
            yield _words_finding(plan, thing)


def _things(plan: Plan) -> Iterator[_Thing]:
    """Yield what is said of each thing, by figure, and the rows of the same thing."""
    things = gather(
        (s for s in plan.said(*_WORDS) if s.value is not None),
        lambda s: (
            (s.subject, s.set, s.number, s.measure),
            facts_of(s).get(Fact.ROW), frozenset(s.units), s.unit_code,
        ),
    )  # fmt: skip
    for ((_, set_id, number, measure), _, units, unit_code), statements in things.items():
        rows = [
            m
            for m in named_rows(statements[0], plan.record.measures)
            if (m.set, m.number, m.measure)
            == (set_id, number, _IN_ROWS.get(measure or "", measure))
            and m.quantity is not None
            and (m.unit_code in (units or {unit_code}) or unit_code == plan.district)
        ]
        # Of no criterion, two figures may well be two things.
        if rows or number is not None:
            yield _Thing(gather(statements, stated), rows)


def _figure_finding(plan: Plan, span: Span, thing: _Thing) -> Finding:
    statements, rows = thing.said[span], thing.free or thing.rows
    s = statements[0]
    targets = sorted(set(map(asked, rows)))
    severity = min((span.weigh_span(target) for target in targets), key=_lightest)
    return Finding(
        rule="single-figure",
        severity=severity if thing.is_sure else Severity.NOTE,
        clauses=unique((*(t.clause for t in statements), *(m.clause for m in rows))),
        title=fill(
            "{what}: hai con số, {a} và {b}",
            "{what}: two figures, {a} and {b}",
            what=_WORDS[s.subject], a=span.text, b=join(t.text for t in targets),
        ),
        statement_a=cite(*statements, figure=span.text),
        statement_b=join(
            (
                fill(
                    "{clause} ghi {figure}: {name}.",
                    "{clause} states {figure}: {name}.",
                    clause=places([m.clause]), name=m.name, figure=asked(m).text,
                )
                for m in rows
            ),
            " ",
        ),
        unit_codes=plan.ordered(m.unit_code for m in rows),
        criterion=criterion_key(s.set, s.number),
        difference=_difference(span, targets),
        hint=_settle() if thing.is_sure else Text(
            "Nếu là một chỉ tiêu thì chọn một con số; nếu là hai thì ghi row= vào note của lời "
            "văn.",
            "If they are of one thing, settle on one figure; if of two, the statement's note "
            "should say row=.",
        ),
        about=slug(s.subject, s.set, s.number, s.measure),
        figures=tuple(n for each in (span, *targets) for n in each.figures),
        key=tuple(m.measure_id for m in rows),
    )  # fmt: skip


def _lightest(severity: Severity) -> int:
    return -list(Severity).index(severity)


def _difference(span: Span, others: Sequence[Span]) -> float | None:
    """Return the difference of two figures; ranges have none."""
    if len(others) != 1 or not span.is_plain or not others[0].is_plain:
        return None
    return total([span.low, -others[0].low])


def _settle() -> Text:
    return Text("Chọn một trong hai con số.", "Settle on one of the two figures.")


def _words_finding(plan: Plan, thing: _Thing) -> Finding:
    (one, first), *others = sorted(thing.said.items())
    s = first[0]
    # Without a row nothing says that it is one thing, save the same words with other figures.
    is_sure = len({_wording(t) for statements in thing.said.values() for t in statements}) == 1
    return Finding(
        rule="figure-words",
        severity=min((one.weigh_span(other) for other, _ in others), key=_heaviest)
        if is_sure
        else Severity.NOTE,
        clauses=unique(t.clause for statements in thing.said.values() for t in statements),
        title=fill(
            "{what}: lời văn ghi {a} và {b}",
            "{what}: the words say {a} and {b}",
            what=_WORDS[s.subject], a=one.text, b=join(other.text for other, _ in others),
        ),
        statement_a=cite(*first, figure=one.text),
        statement_b=join(
            (cite(*statements, figure=other.text) for other, statements in others), " "
        ),
        unit_codes=plan.ordered(s.units or {s.unit_code} - {plan.district}),
        criterion=criterion_key(s.set, s.number),
        difference=_difference(one, [other for other, _ in others]),
        hint=_settle() if is_sure else Text(
            "Nếu là một chỉ tiêu thì chọn một con số; nếu là hai thì thêm dòng cho mỗi chỉ tiêu.",
            "If they are of one thing, settle on one figure; if of two, give each a row.",
        ),
        about=slug(s.subject, s.set, s.number, s.measure),
        figures=tuple(n for span in sorted(thing.said) for n in span.figures),
    )  # fmt: skip


def _wording(s: Statement) -> str:
    """Return the words around a statement's figures."""
    return search_key("".join(" " if c.isdecimal() or c in ",.–-" else c for c in s.text))


def _heaviest(severity: Severity) -> int:
    return list(Severity).index(severity)


RULES = (
    Rule(
        "single-figure",
        Text("Một chỉ tiêu, một con số", "One target, one figure"),
        Text(
            "Tỷ lệ, mức độ, số lớp, số sản phẩm nói ở hai nơi phải là một con số.",
            "A rate, grade, number of classes or products said in two places must be one figure.",
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
