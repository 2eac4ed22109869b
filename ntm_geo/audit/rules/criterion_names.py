"""Names that the plan gives to numbers of criteria, against the names of the sets."""

import difflib
from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, quote, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Criterion, Statement, Subject
from ntm_geo.model.facts import printed_numbers
from ntm_geo.names import fold

_NEAR = 0.8
"""Share of a criterion's name that a misspelt one still has."""


def find_criterion_names(plan: Plan) -> Iterator[Finding]:
    """Hold the name that the plan gives a criterion against the set's own."""
    called: dict[tuple[str, int], list[Statement]] = {}
    untabled: dict[tuple[str, int], list[Statement]] = {}
    for s in plan.said(Subject.CRITERION_NAMED):
        definition = plan.record.criteria_sets.get(s.set or "")
        named = definition.name_of(s.number) if definition and s.number else None
        if definition is None or named is None:
            continue
        is_named = fold(named.vi) in fold(s.text)
        printed = printed_numbers(s.text)
        if is_named and printed and named.number not in printed:
            named = definition.name_of(printed[0]) or named
            is_named = False
        if not is_named:
            called.setdefault((definition.id, named.number), []).append(s)
        elif plan.units_of_set(definition.id) and not _is_tabled(plan, (definition.id, s.number)):
            untabled.setdefault((definition.id, named.number), []).append(s)
    for (set_id, number), statements in called.items():
        definition = plan.record.criteria_sets[set_id]
        texts = [fold(s.text) for s in statements]
        others = [c for c in definition.criterion if any(fold(c.vi) in text for text in texts)]
        named = definition.name_of(number)
        if named is not None:
            other_sets = () if others else _of_other_sets(plan, set_id, texts)
            yield _criterion_finding(plan, statements, named, others, other_sets)
    for key, statements in untabled.items():
        yield _untabled_finding(plan, key, statements)


def _of_other_sets(plan: Plan, set_id: str, texts: Sequence[str]) -> tuple[Key, ...]:
    """Return the criteria of other sets of the level that are called as the words say."""
    sets = plan.record.criteria_sets
    return tuple(
        (other.id, criterion.number)
        for other in sets.values()
        for criterion in other.criterion
        if other.id != set_id
        and other.level == sets[set_id].level
        and any(fold(criterion.vi) in text for text in texts)
    )


def _is_tabled(plan: Plan, key: Key) -> bool:
    return any((t.set, t.number) == key for t in plan.record.targets)


def _untabled_finding(plan: Plan, key: Key, statements: Sequence[Statement]) -> Finding:
    return Finding(
        rule="criterion-name",
        severity=Severity.NOTE,
        clauses=unique(s.clause for s in statements),
        title=fill(
            "{criterion}: có nêu tên, không có trong bảng nào",
            "{criterion}: named, and in no table",
            criterion=plan.heading(key),
        ),
        statement_a=cite(*statements),
        statement_b=Text(
            "Không bảng nào duy trì hay phấn đấu tiêu chí này (0).",
            "No table keeps or targets it (0).",
        ),
        criterion=criterion_key(*key),
        hint=Text(
            "Xem có phải tiêu chí này, hoặc thêm vào bảng.",
            "Check whether this criterion is meant, or add it to the tables.",
        ),
        about=slug(*key, "table"),
        figures=(0,),
    )  # fmt: skip


def _criterion_finding(
    plan: Plan,
    statements: Sequence[Statement],
    named: Criterion,
    others: list[Criterion],
    other_sets: Sequence[Key],
) -> Finding:
    set_id = statements[0].set or ""
    is_slip = not others and all(_shared(named.vi, s.text) >= _NEAR for s in statements)
    # Where no number is printed, it is the record that reads the criterion out of the words.
    is_read = not any(printed_numbers(s.text) for s in statements)
    number = str(named.number)
    return Finding(
        rule="criterion-name",
        severity=Severity.NOTE if is_slip or is_read else Severity.CONTRADICTION,
        clauses=unique(s.clause for s in statements),
        title=_misnamed(number, is_slip=is_slip),
        statement_a=cite(*statements),
        statement_b=sentences(
            fill(
                "Trong bộ tiêu chí, số {n} là {name}.",
                "In the set, number {n} is {name}.",
                n=number, name=quote(named.vi),
            ),
            *(
                fill(
                    "Tên đã ghi là số {n}.", "The name given is number {n}.", n=str(other.number)
                )
                for other in others
            ),
            fill(
                "Tên đã ghi là của {criteria}.",
                "The name given is that of {criteria}.",
                criteria=join(_with_set(plan, key) for key in other_sets),
            ) if other_sets else None,
        ),
        criterion=criterion_key(set_id, named.number),
        hint=fill("Ghi {name}.", "Write {name}.", name=quote(named.vi)),
        about=slug(set_id, named.number),
        figures=(named.number, *(other.number for other in others)),
        key=tuple({fold(s.text) for s in statements}),
    )  # fmt: skip


def _with_set(plan: Plan, key: Key) -> Text:
    """Name a criterion with its set, also where that is the main one."""
    set_name = plan.criterion((key[0], None))
    number = str(key[1])
    return fill("số {n}, bộ {set}", "number {n} of the set {set}", n=number, set=set_name)


def _misnamed(number: str, *, is_slip: bool) -> Text:
    if is_slip:
        return Text(
            f"Tên tiêu chí {number} viết sai chữ", f"The name of criterion {number} is misspelt"
        )
    return Text(
        f"Tên tiêu chí {number} khác tên trong bộ tiêu chí",
        f"Criterion {number} is named otherwise than in its set",
    )


def _shared(name: str, text: str) -> float:
    """Return the share of a name's letters that a text has in the same order."""
    one, two = fold(name), fold(text)
    blocks = difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(one)


RULES = (
    Rule(
        "criterion-name",
        Text("Tên tiêu chí", "Names of criteria"),
        Text(
            "Tên tiêu chí đi với số phải là tên trong bộ tiêu chí, và tiêu chí phải có trong bảng.",
            "The name that goes with a criterion's number must be the set's, and tables have it.",
        ),
        find_criterion_names,
        reads=(Subject.CRITERION_NAMED,),
    ),
)
