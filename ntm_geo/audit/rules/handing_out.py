"""How work is handed out: numbers without a set, fields given twice, works without an office."""

import re
from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.rules.answers import is_joint
from ntm_geo.audit.words import capital, cite, fill, gather, join, places, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Assignment, Measure, State, Statement, Subject
from ntm_geo.model.facts import printed_numbers
from ntm_geo.names import fold


def find_unprinted_sets(plan: Plan) -> Iterator[Finding]:
    """Look for assigned numbers that, in a unit, only fit another set than elsewhere."""
    astray: dict[tuple[str, tuple[str, ...]], list[Statement]] = {}
    for s in plan.said(Subject.UNITS_ANSWERED):
        for other in _sets_of_number(plan, s):
            aimed = plan.with_state((s.set or "", s.number), State.ACHIEVE)
            fits = plan.with_state((other, s.number), State.ACHIEVE)
            if units := plan.ordered((set(s.units) - set(aimed)) & set(fits)):
                astray.setdefault((other, units), []).append(s)
    for (other, units), statements in astray.items():
        by_number = sorted(statements, key=lambda s: s.number or 0)
        yield _unprinted_finding(plan, other, units, by_number)


def _sets_of_number(plan: Plan, s: Statement) -> list[str]:
    """Return the other sets of communes in which there is a criterion of this number."""
    sets = plan.record.criteria_sets.values()
    return [d.id for d in sets if d.id != s.set and d.level == "commune" and s.number in d.numbers]


def _unprinted_finding(
    plan: Plan, other: str, units: tuple[str, ...], statements: list[Statement]
) -> Finding:
    numbers = join(unique(str(s.number) for s in statements))
    keys: list[Key] = [(other, s.number) for s in statements]
    return Finding(
        rule="set-unprinted",
        severity=Severity.NOTE,
        clauses=unique(
            (*(s.clause for s in statements), *(c for k in keys for c in plan.clauses(k, units)))
        ),
        title=fill(
            "Phân công ghi số {numbers} mà không ghi bộ tiêu chí",
            "Assignments give out numbers {numbers} without naming a set",
            numbers=numbers,
        ),
        statement_a=cite(*statements),
        statement_b=fill(
            "Ở {units}, bảng chỉ phấn đấu các số này trong bộ {set}.",
            "In {units}, the tables target these only in the set {set}.",
            units=plan.names(units), set=plan.criterion((other, None)),
        ),
        unit_codes=units,
        criterion=other,
        hint=Text("Ghi rõ bộ tiêu chí.", "Name the set."),
        about=slug(other, *units),
        figures=tuple(dict.fromkeys(s.number or 0 for s in statements)),
    )  # fmt: skip


def find_unprinted_numbers(plan: Plan) -> Iterator[Finding]:
    """Look for assignments that print neither the number nor the name of their criterion."""
    bare = (s for s in plan.said(Subject.UNITS_ANSWERED) if not _is_printed(plan, s))
    said = gather(
        bare, lambda s: (s.set or "", s.number, plan.ordered(s.units), printed_numbers(s.text))
    )
    for (set_id, number, units, printed), statements in said.items():
        key = (set_id, number)
        yield Finding(
            rule="number-unprinted",
            severity=Severity.CONTRADICTION if printed else Severity.NOTE,
            clauses=unique((*(s.clause for s in statements), *plan.clauses(key, units))),
            title=fill(
                "{clause} ghi tiêu chí số {numbers}, bản ghi hiểu là số {n}",
                "{clause} prints number {numbers}, the record takes it for {n}",
                clause=places([statements[0].clause]), numbers=join(map(str, printed)),
                n=str(number),
            ) if printed else fill(
                "{clause} giao một tiêu chí mà không ghi số, không ghi tên",
                "{clause} gives out a criterion without number and name",
                clause=places([statements[0].clause]),
            ),
            statement_a=cite(*statements),
            statement_b=fill(
                "Bản ghi hiểu là {criterion}.",
                "The record takes it for {criterion}.",
                criterion=plan.criterion(key),
            ),
            unit_codes=units,
            criterion=criterion_key(*key),
            hint=Text("Ghi số và tên tiêu chí.", "Print the criterion's number and name."),
            about=slug(*key),
            figures=(number or 0, *printed),
        )  # fmt: skip


def _is_printed(plan: Plan, s: Statement) -> bool:
    definition = plan.record.criteria_sets.get(s.set or "")
    named = definition.name_of(s.number) if definition and s.number else None
    is_named = named is not None and fold(named.vi) in fold(s.text)
    is_there = re.search(rf"(?<!\d){s.number}(?!\d)", s.text) is not None
    return named is None or is_named or is_there


# --- one field, two offices --------------------------------------------------------------------


def find_shared_fields(plan: Plan) -> Iterator[Finding]:
    """Look for fields that two places of the plan give to different offices to guide."""
    fields: dict[tuple[Key, str], list[Assignment]] = {}
    for a in plan.record.assignments:
        if a.role == "guides" and a.topic and a.set:
            fields.setdefault(((a.set, a.number), fold(a.topic)), []).append(a)
    for (key, _), rows in fields.items():
        offices = unique(a.office for a in rows)
        if len(offices) > 1 and not is_joint({a.clause for a in rows}):
            yield _field_finding(plan, key, rows, offices)


def _field_finding(
    plan: Plan, key: Key, rows: list[Assignment], offices: tuple[str, ...]
) -> Finding:
    first = rows[0].office
    rest = [a for a in rows if a.office != first]
    topic = rows[0].topic or ""
    return Finding(
        rule="field-shared",
        severity=Severity.NOTE,
        clauses=unique(a.clause for a in rows),
        title=fill(
            "{topic}: {n} cơ quan cùng hướng dẫn",
            "{topic}: {n} offices guide it",
            topic=capital(Text(topic, topic)), n=len(offices),
        ),
        statement_a=fill(
            "{clauses} giao cho {office}.",
            "{clauses} gives it to {office}.",
            clauses=places(a.clause for a in rows if a.office == first),
            office=plan.office(first),
        ),
        statement_b=fill(
            "{clauses} giao cho {offices}.",
            "{clauses} gives it to {offices}.",
            clauses=places(a.clause for a in rest),
            offices=join(plan.office(o) for o in unique(a.office for a in rest)),
        ),
        criterion=criterion_key(*key),
        hint=Text("Ghi rõ cơ quan nào chủ trì.", "Say which office leads."),
        about=slug(*key, topic),
        figures=(len(offices),),
        key=(fold(topic), *offices),
    )  # fmt: skip


# --- nobody named ------------------------------------------------------------------------------


def find_unassigned_rows(plan: Plan) -> Iterator[Finding]:
    """Look for works, and measures that count something, for which the plan names no office.

    A measure that counts nothing is a goal in general words, which no office carries out.
    """
    everything = (*plan.record.works, *plan.record.measures)
    rows = [r for r in everything if not isinstance(r, Measure) or r.measure]
    alone = [row for row in rows if not row.office]
    general = sum(not row.office for row in everything) - len(alone)
    if alone and len(alone) < len(rows):
        yield Finding(
            rule="row-unassigned",
            severity=Severity.NOTE,
            clauses=unique(row.clause for row in alone),
            title=fill(
                "{n} việc không nêu cơ quan nào làm",
                "No office is named for {n} works and measures",
                n=len(alone),
            ),
            statement_a=fill(
                "Kế hoạch muốn: {names}.",
                "The plan wants: {names}.",
                names=join((row.name for row in alone), "; "),
            ),
            statement_b=sentences(
                fill(
                    "Không cơ quan nào được nêu cho các việc này; {n} việc khác đều có.",
                    "No office is named for these; the other {n} have one.",
                    n=len(rows) - len(alone),
                ),
                fill(
                    "Không kể {n} mục tiêu nói chung, không có con số.",
                    "Goals in general words, without a figure, are left out: {n}.",
                    n=general,
                ) if general else None,
            ),
            unit_codes=plan.ordered({row.unit_code for row in alone} - {plan.district}),
            difference=len(alone),
            hint=Text("Giao cho một cơ quan.", "Give them to an office."),
            about="rows",
            figures=(len(alone),),
            key=tuple(map(row_id, alone)),
        )  # fmt: skip


RULES = (
    Rule(
        "set-unprinted",
        Text("Số tiêu chí không ghi bộ", "A number without its set"),
        Text(
            "Số tiêu chí trong phân công phải thuộc cùng một bộ ở mọi đơn vị được kể.",
            "A number in an assignment must be of one set in all units that it names.",
        ),
        find_unprinted_sets,
        reads=(Subject.UNITS_ANSWERED,),
    ),
    Rule(
        "number-unprinted",
        Text("Phân công không ghi tiêu chí", "An assignment without its criterion"),
        Text(
            "Câu giao chịu trách nhiệm phải ghi số hoặc tên tiêu chí.",
            "A sentence that makes an office answer must print the criterion's number or name.",
        ),
        find_unprinted_numbers,
        reads=(Subject.UNITS_ANSWERED,),
    ),
    Rule(
        "field-shared",
        Text("Một lĩnh vực, hai cơ quan", "One field, two offices"),
        Text(
            "Một lĩnh vực của một tiêu chí do một mục giao cho một cơ quan hướng dẫn.",
            "One field of a criterion is given to one office to guide, in one place.",
        ),
        find_shared_fields,
    ),
    Rule(
        "row-unassigned",
        Text("Việc không nêu cơ quan", "Works without an office"),
        Text(
            "Mỗi việc, mỗi chỉ tiêu đếm được phải có cơ quan thực hiện.",
            "Each work, and each measure that counts something, must have an office.",
        ),
        find_unassigned_rows,
    ),
)
