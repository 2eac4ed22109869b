"""Criteria sets and their tables: villages counted, sets counted, criteria that stand twice."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import counted, stated
from ntm_geo.audit.words import cite, fill, gather, join, places, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import State, Statement, Subject, Target
from ntm_geo.model.facts import listed_numbers

_STATE_OF_VILLAGES = {"met": State.MAINTAIN, "target": State.ACHIEVE}


def find_village_totals(plan: Plan) -> Iterator[Finding]:
    """Hold the number of villages, kept or targeted, against the villages listed."""
    said = gather(
        (s for s in plan.said(Subject.VILLAGES) if s.value is not None),
        lambda s: (
            s.set,
            _STATE_OF_VILLAGES.get(s.units_role or ""),
            stated(s),
            _units_told(plan, s),
        ),
    )
    for (set_id, state, span, named), statements in said.items():
        others = [of for (other, role, _, of) in said if (other, role) == (set_id, state)]
        rows = [
            t
            for t in plan.record.targets
            if (t.set, t.state) == (set_id, state) and _is_counted(t.unit_code, named, others)
        ]
        units = plan.ordered(t.unit_code for t in rows)
        if state is None:
            continue
        astray = plan.ordered(named ^ set(units)) if named else ()
        if not span.holds(len(rows)) or astray:
            yield Finding(
                rule="village-total",
                severity=Severity.CONTRADICTION,
                clauses=unique((*(s.clause for s in statements), *(t.clause for t in rows))),
                title=fill(
                    "Làng {state}: ghi {a}, liệt kê {b}{where}",
                    "Villages to {state}: {a} stated, {b} listed{where}",
                    state=LABELS[State, state], a=span.text, b=len(rows),
                    where=Text(", khác xã", ", in other units") if span.holds(len(rows)) else "",
                ),
                statement_a=cite(*statements, figure=span.text),
                statement_b=fill(
                    "Danh sách làng có {n}, ở {units}.",
                    "The list of villages holds {n}, in {units}.",
                    n=len(rows), units=plan.names(units),
                ),
                unit_codes=astray,
                criterion=set_id,
                difference=span.difference(len(rows)),
                hint=fill(
                    "Kiểm tra danh sách làng; xã lệch: {units}.",
                    "Check the list of villages; units that differ: {units}.",
                    units=plan.names(astray),
                ),
                about=slug(set_id, state),
                figures=(*span.figures, len(rows)),
            )  # fmt: skip


def _units_told(plan: Plan, s: Statement) -> frozenset[str]:
    """Return the units whose villages a statement counts; none for all."""
    return frozenset(s.units or {s.unit_code} - {plan.district})


def _is_counted(unit: str, named: frozenset[str], others: list[frozenset[str]]) -> bool:
    """Whether a figure counts a unit's villages: a part of what others count is of its own only.

    What no figure names is missing in all of them.
    """
    is_part = bool(named) and any(not of or of - named for of in others)
    is_of_others = any(unit in of for of in others) or not all(others)
    return unit in named or not (is_part and is_of_others)


def find_set_sizes(plan: Plan) -> Iterator[Finding]:
    """Hold the number of criteria that a set is said to have against the set."""
    said = gather(plan.said(Subject.CRITERIA), lambda s: (s.set, counted(s)))
    for (set_id, span), statements in said.items():
        definition = plan.record.criteria_sets.get(set_id or "")
        size = len(definition.numbers) if definition else 0
        if definition is None or span is None or span.holds(size):
            continue
        yield Finding(
            rule="set-size",
            severity=Severity.CONTRADICTION,
            clauses=unique(s.clause for s in statements),
            title=fill(
                "Bộ tiêu chí {set}: ghi {a}, có {b}",
                "The set {set}: {a} criteria stated, it has {b}",
                set=Text(definition.vi, definition.en), a=span.text, b=size,
            ),
            statement_a=cite(*statements, figure=span.text),
            statement_b=fill(
                "Bộ tiêu chí có {n} ({source}).",
                "The set has {n} ({source}).",
                n=size, source=definition.source,
            ),
            criterion=criterion_key(definition.id, None),
            difference=span.difference(size),
            hint=fill("Sửa {a} thành {b}.", "Change {a} to {b}.", a=span.text, b=size),
            about=slug(set_id),
            figures=(*span.figures, size),
        )  # fmt: skip


# --- twice -------------------------------------------------------------------------------------


def find_double_targets(plan: Plan) -> Iterator[Finding]:
    """Look for criteria that stand twice in a unit's row: in two cells, or twice in one."""
    by_place = gather(plan.record.targets, lambda t: ((t.set, t.number), t.unit_code, t.asset_id))
    for ((set_id, number), unit, asset), rows in by_place.items():
        if len(rows) > 1:
            yield _both_finding(plan, (set_id, number), unit, rows, asset)
    for s in plan.said(Subject.TARGETS_MAINTAIN, Subject.TARGETS_ACHIEVE):
        numbers = listed_numbers(s)
        if twice := sorted({n for n in numbers if numbers.count(n) > 1}):
            yield _repeated_finding(plan, s, twice)


def _both_finding(
    plan: Plan, key: Key, unit: str, rows: list[Target], asset: str | None
) -> Finding:
    one, two = rows[:2]
    return Finding(
        rule="target-twice",
        severity=Severity.CONTRADICTION,
        clauses=unique(t.clause for t in rows),
        title=fill(
            "{criterion}: vừa duy trì vừa phấn đấu ở {unit}",
            "{criterion}: both kept and targeted in {unit}",
            criterion=plan.heading(key), unit=plan.name(unit),
        ),
        statement_a=_row_says(one),
        statement_b=_row_says(two),
        unit_codes=(unit,),
        criterion=criterion_key(*key),
        hint=Text(
            "Đã đạt thì duy trì, chưa đạt thì phấn đấu: bỏ một. Bản đồ coi là chưa đạt.",
            "Met is kept, not met is targeted: take one out. The map takes it as not met.",
        ),
        about=slug(*key, unit, asset),
    )  # fmt: skip


def _row_says(t: Target) -> Text:
    return fill(
        "{clause}: {state}.", "{clause}: to {state}.",
        clause=places([t.clause]), state=LABELS[State, t.state],
    )  # fmt: skip


def _repeated_finding(plan: Plan, s: Statement, twice: list[int]) -> Finding:
    set_id = s.set or plan.record.project.main_set
    return Finding(
        rule="target-twice",
        severity=Severity.CONTRADICTION,
        clauses=(s.clause,),
        title=fill(
            "{unit}: một ô liệt kê hai lần số {numbers}",
            "{unit}: one cell lists number {numbers} twice",
            unit=plan.name(s.unit_code), numbers=join(map(str, twice)),
        ),
        statement_a=cite(s),
        statement_b=fill(
            "Mỗi tiêu chí chỉ tính một lần: còn {n}.",
            "Each criterion counts once: that leaves {n}.",
            n=len(set(listed_numbers(s))),
        ),
        unit_codes=(s.unit_code,),
        criterion=set_id,
        hint=Text(
            "Bỏ số lặp; có thể số khác bị viết nhầm thành số này.",
            "Take it out; it may stand for another number that was mistyped.",
        ),
        about=slug(set_id, s.subject, s.unit_code),
        figures=tuple(twice),
    )  # fmt: skip


RULES = (
    Rule(
        "village-total",
        Text("Số làng", "Number of villages"),
        Text(
            "Số làng nêu bằng lời phải bằng số làng được liệt kê, ở đúng các xã đó.",
            "A stated number of villages must be the number listed, in the same units.",
        ),
        find_village_totals,
        reads=(Subject.VILLAGES,),
    ),
    Rule(
        "set-size",
        Text("Số tiêu chí của bộ", "Size of a criteria set"),
        Text(
            "Số tiêu chí mà kế hoạch nói về một bộ phải bằng số tiêu chí của bộ đó.",
            "The number of criteria that the plan gives a set must be the set's own.",
        ),
        find_set_sizes,
        reads=(Subject.CRITERIA,),
    ),
    Rule(
        "target-twice",
        Text("Một tiêu chí hai lần", "A criterion that stands twice"),
        Text(
            "Trong dòng của một đơn vị, mỗi tiêu chí chỉ đứng một lần.",
            "In a unit's row each criterion stands once.",
        ),
        find_double_targets,
        reads=(Subject.TARGETS_MAINTAIN, Subject.TARGETS_ACHIEVE),
    ),
)
