"""Who answers: the tables' targets against the offices' assignments, in both directions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, join, places, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Assignment, State, Statement, Subject


def by_offices(plan: Plan, assignments: Sequence[Assignment]) -> Text:
    """Name offices with the clauses that name them."""
    offices = unique(a.office for a in assignments)
    clauses = places(a.clause for a in assignments)
    names = join(plan.office(o) for o in offices)
    return fill("{offices} ({clauses})", "{offices} ({clauses})", offices=names, clauses=clauses)


# --- a target without an office ----------------------------------------------------------------


@dataclass(frozen=True)
class Unanswered:
    """A criterion's targets for which no row makes an office answer.

    Parameters
    ----------
    key
        The criterion.
    units
        Where the tables target it.
    alone
        The units among these that neither rows nor words give to an office.
    alike
        Assignments of the same number, in all of `alone`, of which the plan prints no set.
    words
        The sentences that give units to an office which no row does, by unit.
    """

    key: Key
    units: tuple[str, ...]
    alone: tuple[str, ...]
    alike: tuple[Assignment, ...]
    words: Mapping[str, Sequence[Statement]]

    @property
    def unclear(self) -> tuple[str, ...]:
        """The units of which it is open whether an office answers."""
        return (*self.words, *(self.alone if self.alike else ()))


def unanswered(plan: Plan) -> Iterator[Unanswered]:
    """Yield the criteria whose targets, or some of them, no row gives to an office."""
    for key, units in plan.aims.items():
        bare = [unit for unit in units if not plan.answers(key, unit)]
        words = {unit: plan.answered_in_words(key, unit) for unit in bare}
        alone = tuple(unit for unit in bare if not words[unit])
        if bare:
            alike = _of_unprinted_set(plan, key, alone)
            told = {unit: statements for unit, statements in words.items() if statements}
            yield Unanswered(key, units, alone, tuple(alike), told)


def find_unanswered_targets(plan: Plan) -> Iterator[Finding]:
    """Look for targets that no office answers for."""
    for target in unanswered(plan):
        if target.alone:
            yield _unanswered_finding(plan, target)
        if target.words:
            every = {s.statement_id: s for said in target.words.values() for s in said}
            yield _unrecorded_finding(plan, target.key, tuple(target.words), [*every.values()])


def _unrecorded_finding(
    plan: Plan, key: Key, units: tuple[str, ...], statements: Sequence[Statement]
) -> Finding:
    """Tell of units in which words make an office answer, and no row does."""
    return Finding(
        rule="target-unanswered",
        severity=Severity.NOTE,
        clauses=unique((*plan.aim_clauses(key, units), *(s.clause for s in statements))),
        title=fill(
            "{criterion}: lời văn giao ở {units}, bản ghi không có dòng phân công",
            "{criterion}: words give it out in {units}, the record has no assignment",
            criterion=plan.heading(key), units=plan.few(units),
        ),
        statement_a=plan.aim(key, units),
        statement_b=sentences(
            cite(*statements),
            Text("Không có dòng phân công (0).", "No row assigns it (0)."),
        ),
        unit_codes=units,
        criterion=criterion_key(*key),
        difference=len(units),
        hint=Text(
            "Thêm dòng phân công theo câu này vào bản ghi.",
            "Add to the record the assignment that these words make.",
        ),
        about=slug(*key, "words"),
        figures=(len(units),),
    )  # fmt: skip


def _unanswered_finding(plan: Plan, target: Unanswered) -> Finding:
    key, units, alone, alike = target.key, target.units, target.alone, target.alike
    covered = [a for unit in units for a in plan.answers(key, unit)]
    return Finding(
        rule="target-unanswered",
        severity=Severity.NOTE if alike else Severity.GAP,
        clauses=unique(
            (*plan.aim_clauses(key, alone), *(a.clause for a in (*covered, *alike)))
        ),
        title=fill(
            "{criterion}: không rõ ai chịu trách nhiệm ở {units}"
            if alike else "{criterion}: không cơ quan nào chịu trách nhiệm ở {units}",
            "{criterion}: it is not clear whether an office answers for {units}"
            if alike else "{criterion}: no office answers for {units}",
            criterion=plan.heading(key), units=plan.few(alone),
        ),
        statement_a=plan.aim(key, alone),
        statement_b=_who_answers(plan, covered, alike),
        unit_codes=alone,
        criterion=criterion_key(*key),
        difference=len(alone),
        hint=_what_set(key, alike) if alike else _whom_to_ask(plan, key, covered),
        about=slug(*key),
        figures=(len(units), len(units) - len(alone)),
    )  # fmt: skip


def _of_unprinted_set(plan: Plan, key: Key, alone: tuple[str, ...]) -> list[Assignment]:
    """Return what offices answer for in all these units under a number of which no set is printed.

    An assignment whose topic names its criterion says of which set it is.
    """
    alike = [
        a
        for a in plan.record.assignments
        if a.role == "answers"
        and key[1] is not None
        and a.number == key[1]
        and a.set != key[0]
        and a.unit_code in alone
        and a.topic is None
    ]
    return alike if set(alone) <= {a.unit_code for a in alike} else []


def _who_answers(plan: Plan, covered: Sequence[Assignment], alike: Sequence[Assignment]) -> Text:
    if covered:
        return fill(
            "{offices} chỉ chịu trách nhiệm ở {units}.",
            "{offices} answers only in {units}.",
            offices=by_offices(plan, covered),
            units=plan.few(a.unit_code for a in covered),
        )
    if alike:
        return fill(
            "{offices} chịu trách nhiệm số {n} ở đó; bản ghi hiểu là bộ {set}.",
            "{offices} answers for number {n} there; the record takes it for the set {set}.",
            offices=by_offices(plan, alike),
            n=str(alike[0].number),
            set=plan.criterion((alike[0].set or "", None)),
        )
    return Text(
        "Không dòng phân công nào giao chịu trách nhiệm (0).",
        "No assignment makes an office answer for it (0).",
    )


def _what_set(key: Key, alike: Sequence[Assignment]) -> Text:
    return fill(
        "{clauses} giao số {n} mà không ghi bộ: có gồm bộ này không?",
        "{clauses} gives out number {n} without naming a set: is this set meant too?",
        clauses=places(a.clause for a in alike),
        n=str(key[1]),
    )


def _whom_to_ask(plan: Plan, key: Key, covered: list[Assignment]) -> Text:
    if covered:
        return Text("Hỏi có sót không.", "Ask whether it was left out by mistake.")
    guides = [a for a in plan.record.assignments if a.role == "guides" and (a.set, a.number) == key]
    if guides:
        return fill(
            "{offices} hướng dẫn tiêu chí này: hỏi có chịu trách nhiệm không.",
            "{offices} guides it: ask whether it answers for it.",
            offices=by_offices(plan, guides),
        )
    workers = unique(office for work in plan.works(key) for office in work.office)
    if workers:
        return fill(
            "{offices} làm việc phục vụ nó: hỏi có chịu trách nhiệm không.",
            "{offices} does the works for it: ask whether it answers for it.",
            offices=join(plan.office(office) for office in workers),
        )
    return Text("Giao cho một cơ quan.", "Give it to an office.")


# --- an office without a target ----------------------------------------------------------------


def find_untargeted_answers(plan: Plan) -> Iterator[Finding]:
    """Look for offices that answer for reaching what no table targets."""
    astray: dict[tuple[str, Key], list[Assignment]] = {}
    for a in plan.record.assignments:
        if a.role == "answers" and a.set is not None and not is_targeted(plan, a):
            astray.setdefault((a.office, (a.set, a.number)), []).append(a)
    # Offices that one place names together for the same units are one finding.
    together = gather(
        astray.items(),
        lambda each: (each[0][1], frozenset((a.unit_code, a.clause) for a in each[1])),
    )
    for (key, _), of in together.items():
        yield _untargeted_finding(plan, key, [a for _, rows in of for a in rows])


def _untargeted_finding(plan: Plan, key: Key, rows: list[Assignment]) -> Finding:
    units = plan.ordered(a.unit_code for a in rows)
    kept = [unit for unit in units if plan.state(key, unit) == State.MAINTAIN]
    return Finding(
        rule="answer-untargeted",
        severity=Severity.CONTRADICTION,
        clauses=unique((*(a.clause for a in rows), *plan.clauses(key, units))),
        title=fill(
            "{criterion}: giao chịu trách nhiệm mà bảng không phấn đấu",
            "{criterion}: answered for, but not targeted",
            criterion=plan.heading(key),
        ),
        statement_a=fill(
            "{offices} chịu trách nhiệm đạt ở {n} nơi: {units}.",
            "{offices} answers for reaching it in {n}: {units}.",
            offices=by_offices(plan, rows), n=len(units), units=plan.names(units),
        ),
        statement_b=fill(
            "Bảng không phấn đấu ở đó (0); duy trì ở: {kept}.",
            "The table does not target it there (0); it keeps it in: {kept}.",
            kept=plan.names(kept),
        ),
        unit_codes=units,
        criterion=criterion_key(*key),
        difference=len(units),
        hint=Text(
            "Thêm chỉ tiêu vào bảng, hoặc sửa phân công.",
            "Add the target to the table, or mend the assignment.",
        ),
        about=slug(*key, *sorted({a.office for a in rows})),
        figures=(len(units), 0),
    )  # fmt: skip


def is_targeted(plan: Plan, a: Assignment) -> bool:
    """Whether the tables target what an office answers for: there, or anywhere for the district."""
    aimed = plan.with_state((a.set or "", a.number), State.ACHIEVE)
    return bool(aimed) if a.unit_code == plan.district else a.unit_code in aimed


# --- two offices for one target ----------------------------------------------------------------


def is_joint(clauses: Collection[str]) -> bool:
    """Whether one place of the plan names all offices that answer, so that they do it jointly."""
    return len(set(clauses)) == 1


def find_shared_answers(plan: Plan) -> Iterator[Finding]:
    """Look for targets that two offices answer for."""
    shared: dict[tuple[Key, frozenset[str], frozenset[str]], list[str]] = {}
    for key, units in plan.aims.items():
        for unit in units:
            rows = plan.answers(key, unit)
            who, where = frozenset(a.office for a in rows), frozenset(a.clause for a in rows)
            if len(who) > 1:
                shared.setdefault((key, who, where), []).append(unit)
    for (key, _, _), of in shared.items():
        rows = plan.answers(key, of[0])
        offices, clauses = unique(a.office for a in rows), unique(a.clause for a in rows)
        yield Finding(
            rule="answer-shared",
            severity=Severity.NOTE if is_joint(clauses) else Severity.CONTRADICTION,
            clauses=clauses,
            title=fill(
                "{criterion}: {n} cơ quan cùng chịu trách nhiệm",
                "{criterion}: {n} offices answer for it together",
                criterion=plan.heading(key), n=len(offices),
            ),
            statement_a=fill(
                "{clauses} giao cho {offices}.",
                "{clauses} names {offices}.",
                clauses=places(clauses), offices=join(plan.office(o) for o in offices),
            ),
            statement_b=fill(
                "Cùng một chỉ tiêu ở {units}.",
                "The same target in {units}.",
                units=plan.few(of),
            ),
            unit_codes=plan.ordered(of),
            criterion=criterion_key(*key),
            hint=Text("Ghi rõ cơ quan nào chủ trì.", "Say which office leads."),
            about=slug(*key, *sorted(offices)),
            figures=(len(offices),),
        )  # fmt: skip


RULES = (
    Rule(
        "target-unanswered",
        Text("Chỉ tiêu không ai chịu trách nhiệm", "A target that nobody answers for"),
        Text(
            "Mỗi chỉ tiêu phấn đấu trong bảng phải có một cơ quan chịu trách nhiệm.",
            "Each target of the tables must have an office that answers for it.",
        ),
        find_unanswered_targets,
        reads=(Subject.UNITS_ANSWERED,),
    ),
    Rule(
        "answer-untargeted",
        Text("Phân công không có chỉ tiêu", "An assignment without a target"),
        Text(
            "Cơ quan chỉ chịu trách nhiệm đạt những gì bảng phấn đấu.",
            "Offices answer for reaching only what the tables target.",
        ),
        find_untargeted_answers,
    ),
    Rule(
        "answer-shared",
        Text("Hai cơ quan cùng chịu trách nhiệm", "Two offices for one target"),
        Text(
            "Mỗi chỉ tiêu do một cơ quan chịu trách nhiệm.",
            "One office answers for each target.",
        ),
        find_shared_answers,
    ),
)
