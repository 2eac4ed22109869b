"""What words want reached or hand out, against the rows by which offices answer for it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.rules.answers import by_offices
from ntm_geo.audit.spans import counted
from ntm_geo.audit.words import cite, fill, gather, join, quote, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.encodings import clean
from ntm_geo.errors import Text
from ntm_geo.model import Assignment, Criterion, State, Statement, Subject
from ntm_geo.names import fold


def find_unanswered_aims(plan: Plan) -> Iterator[Finding]:
    """Hold units in which the narrative wants a criterion reached against the assignments."""
    said: dict[tuple[Key, tuple[str, ...]], list[Statement]] = {}
    for s in plan.said(Subject.UNITS_TARGET):
        key = (s.set or "", s.number)
        if s.set is None or s.number is None:
            continue
        named = tuple(u for u in plan.named_units(s) if plan.state(key, u) != State.MAINTAIN)
        said.setdefault((key, named), []).append(s)
    for (key, named), statements in said.items():
        # Where words give it to an office, the row that is lacking is for another rule.
        alone = tuple(
            unit
            for unit in named
            if not plan.answers(key, unit) and not plan.answered_in_words(key, unit)
        )
        if alone:
            yield _aim_finding(plan, statements, key, named=named, alone=alone)


def _aim_finding(
    plan: Plan,
    statements: Sequence[Statement],
    key: Key,
    *,
    named: tuple[str, ...],
    alone: tuple[str, ...],
) -> Finding:
    rows = [a for unit in named for a in plan.answers(key, unit)]
    n = len(named) - len(alone)
    figure = counted(statements[0])
    return Finding(
        rule="aim-unanswered",
        severity=Severity.GAP,
        clauses=unique((*(s.clause for s in statements), *(a.clause for a in rows))),
        title=fill(
            "{criterion}: lời văn phấn đấu ở {a}, phân công ở {b}",
            "{criterion}: {a} aimed at in words, {b} assigned",
            criterion=plan.heading(key), a=len(named), b=n,
        ),
        statement_a=sentences(
            cite(*statements, figure=figure.text if figure else None),
            fill(
                "Chưa duy trì ở {n} nơi trong số đó.",
                "In {n} of these it is not kept yet.",
                n=len(named),
            ) if figure is None or not figure.holds(len(named)) else None,
        ),
        statement_b=fill(
            "Phân công chịu trách nhiệm ở {n}{by}; thiếu {alone}.",
            "Offices answer in {n}{by}; not in {alone}.",
            n=n, alone=plan.names(alone),
            by=fill(": {o}", ": {o}", o=by_offices(plan, rows)) if rows else "",
        ),
        unit_codes=alone,
        criterion=criterion_key(*key),
        difference=len(alone),
        hint=fill(
            "Thêm {units} vào phân công, hoặc bớt ở lời văn.",
            "Add {units} to the assignment, or take them out of the words.",
            units=plan.names(alone),
        ),
        about=slug(*key),
        figures=(len(named), n),
        key=named,
    )  # fmt: skip


# --- an assignment in words and its rows -------------------------------------------------------


def find_answers_astray(plan: Plan) -> Iterator[Finding]:
    """Hold the units that a sentence makes an office answer for against the assignments' rows.

    A number may be of another set in some of its units; that is for another rule.
    """
    said = gather(
        plan.said(Subject.UNITS_ANSWERED), lambda s: (s.set, s.number, plan.named_units(s))
    )
    for (set_id, number, units), statements in said.items():
        every = [a for a in plan.record.assignments if (a.role, a.number) == ("answers", number)]
        for_all = [a for a in every if (a.set, a.unit_code) == (set_id, plan.district)]
        clauses, named = {s.clause for s in statements}, set(units)
        rows = [a for a in every if a.clause in clauses]
        extra = plan.ordered({a.unit_code for a in rows if a.set == set_id} - named)
        if not rows:  # those of another clause may be meant, or be another office's
            rows = [a for a in every if a.unit_code in named or a in for_all]
        missing = plan.ordered(named - {a.unit_code for a in rows})
        if (missing or extra) and not any(a in rows for a in for_all):
            yield _astray_finding(plan, statements, rows, missing=missing, extra=extra)
        elif not {a.office for a in rows} & (heads := _heads(plan, clauses)) and heads:
            yield _other_office_finding(plan, statements, rows, heads)


def _heads(plan: Plan, clauses: Iterable[str]) -> set[str]:
    """Return the offices whose paragraphs these are."""
    heads: set[str] = set()
    for clause in clauses:
        above = [o for o in plan.record.offices if re.match(rf"{re.escape(o.clause)}\b", clause)]
        nearest = max((len(o.clause) for o in above), default=0)
        heads |= {o.office_id for o in above if len(o.clause) == nearest}
    return heads


def _astray_finding(
    plan: Plan,
    statements: Sequence[Statement],
    rows: Sequence[Assignment],
    *,
    missing: tuple[str, ...],
    extra: tuple[str, ...],
) -> Finding:
    first = statements[0]
    key = (first.set or "", first.number)
    return Finding(
        rule="answer-words",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "{criterion}: câu phân công và các dòng phân công khác nhau",
            "{criterion}: the sentence and the rows of the assignment differ",
            criterion=plan.heading(key),
        ),
        statement_a=cite(*statements),
        statement_b=fill(
            "{offices} có dòng phân công; thiếu: {missing}; thừa: {extra}.",
            "{offices} has the rows; lacking: {missing}; not named: {extra}.",
            offices=by_offices(plan, rows), missing=plan.names(missing), extra=plan.names(extra),
        ) if rows else fill(
            "Bản ghi không có dòng phân công nào cho câu này (0); thiếu: {missing}.",
            "The record has no rows of assignments for it (0); lacking: {missing}.",
            missing=plan.names(missing),
        ),
        unit_codes=plan.ordered((*missing, *extra)),
        criterion=criterion_key(*key),
        difference=len(missing) - len(extra),
        hint=Text(
            "Xem lại câu này trong kế hoạch, rồi sửa bản ghi.",
            "Look the sentence up in the plan and mend the record.",
        ),
        about=slug(*key),
        figures=(len(missing), len(extra)),
        key=plan.named_units(first),
    )  # fmt: skip


def _other_office_finding(
    plan: Plan, statements: Sequence[Statement], rows: Sequence[Assignment], heads: set[str]
) -> Finding:
    first = statements[0]
    key = (first.set or "", first.number)
    own = [o.office_id for o in plan.record.offices if o.office_id in heads]
    return Finding(
        rule="answer-words",
        severity=Severity.NOTE,
        clauses=unique((*(s.clause for s in statements), *(a.clause for a in rows))),
        title=fill(
            "{criterion}: câu phân công ở mục của {own}, dòng phân công ghi cơ quan khác",
            "{criterion}: assigned in the paragraph of {own}, the rows name another office",
            criterion=plan.heading(key), own=join(plan.office(o) for o in own),
        ),
        statement_a=cite(*statements),
        statement_b=fill(
            "Dòng phân công ghi {offices}.",
            "The rows name {offices}.",
            offices=by_offices(plan, rows),
        ),
        unit_codes=plan.named_units(first),
        criterion=criterion_key(*key),
        hint=Text(
            "Xem câu này giao cho cơ quan nào, rồi sửa hoặc thêm dòng trong bản ghi.",
            "See which office it names, and mend the record's rows or add to them.",
        ),
        about=slug(*key, "office"),
        key=(*own, "/", *unique(a.office for a in rows)),
    )  # fmt: skip


# --- the name beside a number ------------------------------------------------------------------


def find_answers_misnamed(plan: Plan) -> Iterator[Finding]:
    """Hold the name that stands beside the number in an assignment against the set's own."""
    said = gather(
        plan.said(Subject.UNITS_ANSWERED), lambda s: ((s.set or "", s.number or 0), fold(s.text))
    )
    for (key, _), statements in said.items():
        own = plan.record.criteria_sets[key[0]].name_of(key[1])
        beside = _beside(clean(statements[0].text), key[1])
        if own is None or not beside or beside.startswith(fold(own.vi)):
            continue
        others = [other for other in _of_level(plan, key[0]) if beside.startswith(other[1])]
        if others:
            yield _misnamed_finding(
                plan, statements, key, own, max(others, key=lambda o: len(o[1]))
            )


def _beside(text: str, number: int) -> str:
    """Return what stands beside a criterion's number, folded: "số 15 – Y tế" has "yte"."""
    found = re.search(rf"số\s*0*{number}\s*(?:[-–—:(]|về)\s*(.*)", text, re.IGNORECASE)
    return fold(found[1]) if found else ""


def _of_level(plan: Plan, set_id: str) -> Iterator[tuple[Key, str]]:
    """Yield the criteria of all sets of a set's level, and their folded names."""
    sets = plan.record.criteria_sets
    for other in sets.values():
        if other.level == sets[set_id].level:
            yield from (((other.id, c.number), fold(c.vi)) for c in other.criterion)


def _misnamed_finding(
    plan: Plan, statements: Sequence[Statement], key: Key, own: Criterion, other: tuple[Key, str]
) -> Finding:
    return Finding(
        rule="answer-named",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "Câu phân công ghi số {n} với tên của tiêu chí khác",
            "An assignment gives number {n} the name of another criterion",
            n=str(key[1]),
        ),
        statement_a=cite(*statements),
        statement_b=fill(
            "Số {n} là {own}; tên đã ghi là của {other}.",
            "Number {n} is {own}; the name given is that of {other}.",
            n=str(key[1]), own=quote(own.vi), other=plan.criterion(other[0]),
        ),
        unit_codes=plan.ordered(unit for s in statements for unit in s.units),
        criterion=criterion_key(*key),
        hint=Text("Xem số hay tên là đúng.", "See whether the number or the name is right."),
        about=slug(*key),
        key=(other[1],),
    )  # fmt: skip


RULES = (
    Rule(
        "aim-unanswered",
        Text("Lời văn phấn đấu, không ai chịu trách nhiệm", "Aimed at in words, not assigned"),
        Text(
            "Đơn vị mà lời văn phấn đấu đạt phải có trong phân công.",
            "Units that are to reach a criterion in words must be in the assignments.",
        ),
        find_unanswered_aims,
        reads=(Subject.UNITS_TARGET, Subject.UNITS_ANSWERED),
    ),
    Rule(
        "answer-words",
        Text("Câu phân công và dòng phân công", "Assignments in words and in rows"),
        Text(
            "Đơn vị mà câu phân công kể tên phải có dòng phân công đúng cơ quan, và ngược lại.",
            "Units that a sentence names for an office have its rows, and no others have.",
        ),
        find_answers_astray,
        reads=(Subject.UNITS_ANSWERED,),
    ),
    Rule(
        "answer-named",
        Text("Số và tên trong câu phân công", "Number and name in an assignment"),
        Text(
            "Tên đứng cạnh số trong câu phân công phải là tên của tiêu chí mang số đó.",
            "The name beside a number in an assignment's sentence is that criterion's.",
        ),
        find_answers_misnamed,
        reads=(Subject.UNITS_ANSWERED,),
    ),
)
