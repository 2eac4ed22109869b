"""Counts of criteria: what the tables list against the counts that they state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, stated
from ntm_geo.audit.words import cite, fill, join, places, sentences, slug, unique
from ntm_geo.encodings import clean
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import State, Statement, Subject, Target
from ntm_geo.model.facts import listed_numbers
from ntm_geo.model.subjects import STATE_COUNTED

_AVERAGE = re.compile(r"bình quân|/\s*xã\b", re.IGNORECASE)
"""Words for what a commune has on average."""
_BY_END = re.compile(r"(?:cuối|hết|đến) năm|l(?:ũy|uỹ) kế", re.IGNORECASE)
_MORE = re.compile(r"\bthêm\b", re.IGNORECASE)
"""Words for all that is met by the end of the year, and for what comes to those that are kept."""


@dataclass(frozen=True)
class _Count:
    """A count of criteria that the plan states, once or several times, and the rows it is of."""

    plan: Plan
    statements: tuple[Statement, ...]

    @property
    def set(self) -> str:
        return self.statements[0].set or self.plan.record.project.main_set

    @property
    def state(self) -> State:
        return STATE_COUNTED[self.statements[0].subject]

    @property
    def span(self) -> Span:
        return stated(self.statements[0])

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that it counts over: those named, its own, or all of the set's."""
        first = self.statements[0]
        is_of_units = self.plan.record.criteria_sets[self.set].level != "district"
        if not first.units and is_of_units and first.unit_code == self.plan.district:
            return self.plan.units_of_set(self.set)
        return self.plan.ordered(first.units or (first.unit_code,))

    @cached_property
    def rows(self) -> tuple[Target, ...]:
        targets = self.plan.record.targets
        return tuple(
            t
            for t in targets
            if (t.set, t.state) == (self.set, self.state) and t.unit_code in self.units
        )

    @property
    def is_average(self) -> bool:
        """Whether it is what a commune has on average: "bình quân 15,2 tiêu chí/xã"."""
        return bool(_AVERAGE.search(clean(self.statements[0].text)))

    @property
    def figure(self) -> float:
        """What the rows make: their number, or how many a unit has on average."""
        if self.is_average and self.units:
            return round(len(self.rows) / len(self.units), 2)
        return len(self.rows)

    @property
    def difference(self) -> float:
        return self.span.difference(self.figure)

    @property
    def is_off(self) -> bool:
        """Whether the rows make another figure; an average may be rounded."""
        if self.is_average:
            return self.span.weigh(self.figure) == Severity.CONTRADICTION
        return not self.span.holds(self.figure) and not self._is_of_both

    @property
    def _is_of_both(self) -> bool:
        """Whether it counts what is kept, too: "by the end of the year 45 criteria are met"."""
        of_units = [t for t in self.plan.record.targets if t.unit_code in self.units]
        both = sum(t.set == self.set for t in of_units)
        texts = [clean(s.text) for s in self.statements]
        is_of_all = all(_BY_END.search(text) and not _MORE.search(text) for text in texts)
        return self.state == State.ACHIEVE and is_of_all and self.span.holds(both)


def _counts(plan: Plan) -> list[_Count]:
    """Gather counts with a figure; the same in an introduction and a total line is one."""
    same: dict[tuple[object, ...], list[Statement]] = {}
    for s in plan.said(*STATE_COUNTED):
        if s.value is not None:
            key = (s.subject, s.set, s.unit_code, plan.ordered(s.units), stated(s))
            same.setdefault(key, []).append(s)
    return [_Count(plan, tuple(statements)) for statements in same.values()]


def _is_cell(count: _Count) -> bool:
    return len(count.units) == 1


def find_cell_counts(plan: Plan) -> Iterator[Finding]:
    """Hold the count written in a cell against the list in the same cell."""
    counts = _counts(plan)
    for count in filter(_is_cell, counts):
        if count.is_off:
            yield _cell_finding(count, counts)


def _cell_finding(count: _Count, counts: list[_Count]) -> Finding:
    (unit,) = count.units
    listed = [str(t.number) for t in count.rows]
    return Finding(
        rule="cell-count",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in count.statements),
        title=fill(
            "{unit}, {state}: ghi {a} tiêu chí, liệt kê {b}",
            "{unit}, {state}: {a} criteria stated, {b} listed",
            unit=count.plan.name(unit), state=LABELS[State, count.state], a=count.span.text,
            b=len(listed),
        ),
        statement_a=cite(*count.statements, figure=count.span.text),
        statement_b=_listed_in(count, listed),
        unit_codes=count.units,
        criterion=count.set,
        difference=count.difference,
        hint=sentences(
            fill(
                "Sửa {a} thành {b}, hoặc sửa danh sách.",
                "Change {a} to {b}, or mend the list.",
                a=count.span.text, b=len(listed),
            ),
            _also_mended(count, [c for c in counts if not _is_cell(c)]),
            _missing_candidates(count, counts),
        ),
        about=slug(count.set, count.state, unit),
        figures=(*count.span.figures, len(listed)),
    )  # fmt: skip


def _listed_in(count: _Count, listed: list[str]) -> Text:
    """Say what is listed: in the cell, where its words hold the list, else in the table."""
    if not listed:
        return Text("Bảng không có số nào ở đó (0).", "The table has no number there (0).")
    if any(map(listed_numbers, count.statements)):
        return fill(
            "Danh sách trong chính ô đó có {n}: {list}.",
            "The list in that very cell holds {n}: {list}.",
            n=len(listed), list=join(listed),
        )  # fmt: skip
    return fill(
        "Bảng có {n} ở đó: {list}.",
        "The table has {n} there: {list}.",
        n=len(listed), list=join(listed),
    )  # fmt: skip


def _also_mended(count: _Count, totals: list[_Count]) -> Text | None:
    """Name the totals that are off by the same: mending the list mends them too."""
    mended = [
        t
        for t in totals
        if (t.set, t.state, t.difference) == (count.set, count.state, count.difference)
        and set(count.units) <= set(t.units)
    ]
    if not mended:
        return None
    return fill(
        "Nếu số {a} đúng và danh sách sai, tổng {total} cũng khớp.",
        "If {a} is right and the list is wrong, the total of {total} agrees too.",
        a=count.span.text, total=join(t.span.text for t in mended),
    )  # fmt: skip


def _missing_candidates(count: _Count, counts: list[_Count]) -> Text | None:
    """Name what the list may lack: criteria that the narrative counts as met in the unit."""
    plan, (unit,) = count.plan, count.units
    if count.difference <= 0 or count.state != State.MAINTAIN:
        return None
    said = {
        s.number: s
        for s in plan.said(Subject.UNITS_MET, Subject.UNITS_MAINTAIN)
        if s.set == count.set and s.number and unit in plan.named_units(s)
    }
    lacking = [n for n in said if plan.state((count.set, n), unit) != State.MAINTAIN]
    if len(lacking) != count.difference:
        return None
    moved = [n for n in lacking if plan.state((count.set, n), unit)]
    return sentences(
        fill(
            "{clauses} coi là đã đạt mà danh sách không có: {criteria}{now}.",
            "{clauses} counts as met what the list lacks: {criteria}{now}.",
            clauses=places(said[n].clause for n in lacking),
            criteria=join(plan.criterion((count.set, n)) for n in lacking),
            now=Text(" (nay ghi là phấn đấu)", " (which it now targets)")
            if moved == lacking
            else "",
        ),
        _broken_by_moving(count, counts, moved) if moved else None,
    )


def _broken_by_moving(count: _Count, counts: list[_Count], moved: list[int]) -> Text | None:
    """Say what agrees now and would no longer, were a targeted criterion kept instead."""
    plan, (unit,) = count.plan, count.units
    fitting = [
        c
        for c in counts
        if (c.set, c.state) == (count.set, State.ACHIEVE) and unit in c.units and not c.is_off
    ]
    answers = [a for n in moved for a in plan.answers((count.set, n), unit)]
    broken = [
        *(_figure_in_place(c.span.text, [s.clause for s in c.statements]) for c in fitting),
        *([_answered_in_place([a.clause for a in answers])] if answers else []),
    ]
    if not broken:
        return None
    return fill(
        "Chuyển sang duy trì thì lại lệch với: {broken}.",
        "Moving it there would break what agrees now: {broken}.",
        broken=join(broken, "; "),
    )


def _figure_in_place(figure: Text, clauses: list[str]) -> Text:
    return fill("{n} ({place})", "{n} ({place})", n=figure, place=places(clauses))


def _answered_in_place(clauses: list[str]) -> Text:
    return fill(
        "phân công chịu trách nhiệm ({place})",
        "an office that answers for it ({place})",
        place=places(clauses),
    )


def find_target_totals(plan: Plan) -> Iterator[Finding]:
    """Hold stated totals of criteria to keep or reach against the tables' rows."""
    counts = _counts(plan)
    cells = [c for c in counts if _is_cell(c) and c.is_off]
    for count in counts:
        if not _is_cell(count) and count.is_off:
            yield _total_finding(count, cells)


def _total_finding(count: _Count, cells: list[_Count]) -> Finding:
    return Finding(
        rule="target-total",
        severity=Severity.CONTRADICTION,
        clauses=unique((*(s.clause for s in count.statements), *(t.clause for t in count.rows))),
        title=fill(
            "Bình quân số tiêu chí {state}: ghi {a}, các dòng được {b}"
            if count.is_average else "Tổng số tiêu chí {state}: ghi {a}, cộng các dòng được {b}",
            "Average of criteria to {state}: {a} stated, the rows make {b}"
            if count.is_average
            else "Total of criteria to {state}: {a} stated, the rows add up to {b}",
            state=LABELS[State, count.state], a=count.span.text, b=count.figure,
        ),
        statement_a=cite(*count.statements, figure=count.span.text),
        statement_b=fill(
            "Danh sách của các dòng {how} được {n}: {parts}.",
            "The lists of the rows {how} {n}: {parts}.",
            how=Text("tính bình quân", "make on average")
            if count.is_average
            else Text("cộng lại", "add up to"),
            n=count.figure, parts=_by_unit(count),
        ),
        unit_codes=count.units,
        criterion=count.set,
        difference=count.difference,
        hint=_total_hint(count, cells),
        about=slug(count.set, count.state, *sorted(count.units)[:3]),
        figures=(*count.span.figures, count.figure),
    )  # fmt: skip


def _by_unit(count: _Count) -> Text:
    each = {unit: sum(t.unit_code == unit for t in count.rows) for unit in count.units}
    return join((f"{count.plan.name(unit)} {n}" for unit, n in each.items()), " + ")


def _total_hint(count: _Count, cells: list[_Count]) -> Text:
    off = [
        c
        for c in cells
        if (c.set, c.state) == (count.set, count.state) and set(c.units) <= set(count.units)
    ]
    if off and sum(c.difference for c in off) == count.difference:
        return fill(
            "Tổng khớp với số ghi ở đầu ô; chỗ lệch là {cells}, ghi và liệt kê khác nhau.",
            "The total agrees with the counts in the cells; what is off is {cells}, where count "
            "and list differ.",
            cells=join(
                fill(
                    "{unit} ({place})",
                    "{unit} ({place})",
                    unit=c.plan.name(c.units[0]),
                    place=places([c.statements[0].clause]),
                )
                for c in off
            ),
        )  # fmt: skip
    return fill(
        "Sửa tổng {a} thành {b}, hoặc kiểm tra danh sách của từng dòng.",
        "Change the total from {a} to {b}, or check the list of each row.",
        a=count.span.text, b=count.figure,
    )  # fmt: skip


RULES = (
    Rule(
        "cell-count",
        Text("Số ghi trong ô và danh sách trong ô", "Count in a cell and list in the cell"),
        Text(
            "Số tiêu chí ghi ở đầu ô phải bằng số tiêu chí liệt kê trong chính ô đó.",
            "The count written in a cell must be the length of the list in the same cell.",
        ),
        find_cell_counts,
        reads=(
            Subject.TARGETS_MAINTAIN,
            Subject.TARGETS_ACHIEVE,
            Subject.UNITS_MET,
            Subject.UNITS_MAINTAIN,
        ),
    ),
    Rule(
        "target-total",
        Text("Tổng số tiêu chí", "Totals of criteria"),
        Text(
            "Tổng số tiêu chí duy trì hoặc phấn đấu phải bằng số dòng của bảng.",
            "A stated total of criteria to keep or to reach must be what the rows add up to.",
        ),
        find_target_totals,
        reads=(Subject.TARGETS_MAINTAIN, Subject.TARGETS_ACHIEVE),
    ),
)
