"""Goals in words that the tables and works do not carry: to keep a criterion, to leave none."""

from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, gather, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import State, Statement, Subject


def find_unkept_purposes(plan: Plan) -> Iterator[Finding]:
    """Look for works that are said to keep a criterion in units that have yet to reach it."""
    said = gather(
        plan.said(Subject.PURPOSE_MAINTAIN), lambda s: (s.set or "", s.number, frozenset(s.units))
    )
    for (set_id, number, units), statements in said.items():
        key = (set_id, number)
        astray = plan.ordered(u for u in units if plan.state(key, u) != State.MAINTAIN)
        if astray:
            yield Finding(
                rule="purpose-unkept",
                severity=Severity.NOTE,
                clauses=unique((*(s.clause for s in statements), *plan.clauses(key, astray))),
                title=fill(
                    "{criterion}: nói để duy trì, {n} nơi chưa đạt",
                    "{criterion}: done to keep it, {n} units do not have it",
                    criterion=plan.heading(key), n=len(astray),
                ),
                statement_a=sentences(
                    cite(*statements),
                    fill(
                        "Làm ở {n} nơi: {units}.", "Done in {n}: {units}.",
                        n=len(units), units=plan.names(units),
                    ),
                ),
                statement_b=fill(
                    "Bảng không duy trì ở {n} nơi trong số đó: {units}.",
                    "The table does not keep it in {n} of them: {units}.",
                    n=len(astray), units=plan.names(astray),
                ),
                unit_codes=astray,
                criterion=criterion_key(*key),
                difference=len(astray),
                hint=Text(
                    "Ghi: duy trì ở nơi đã đạt, phấn đấu hoặc chuẩn bị ở nơi chưa đạt.",
                    "Say: to keep it where it is met, to reach or prepare it elsewhere.",
                ),
                about=slug(*key),
                figures=(len(units), len(astray)),
                key=tuple(units),
            )  # fmt: skip


# --- nothing left ------------------------------------------------------------------------------


def find_nothing_left(plan: Plan) -> Iterator[Finding]:
    """Hold "no temporary houses left" against the units that do not meet the criterion."""
    none = (s for s in plan.said(Subject.HOUSES) if s.value == 0 and s.set is not None)
    for key, statements in gather(none, lambda s: (s.set or "", s.number)).items():
        if key[1] is not None:
            unmet = _unmet_units(plan, key)
            worked = {w.unit_code for w in plan.works(key)}
            bare = tuple(unit for unit in unmet if unit not in worked)
            open_ = tuple(unit for unit in unmet if plan.state(key, unit) is None)
            if bare or open_:
                yield _left_finding(plan, statements, unmet=unmet, bare=bare, open_=open_)


def _unmet_units(plan: Plan, key: Key) -> tuple[str, ...]:
    """Units that the narrative calls not met; where it names none, all that do not keep it."""
    said = {
        unit
        for s in plan.said(Subject.UNITS_NOT_MET)
        if (s.set, s.number) == key
        for unit in plan.named_units(s)
    }
    kept = plan.with_state(key, State.MAINTAIN)
    return plan.ordered(said or set(plan.units_of_set(key[0])) - set(kept))


def _left_finding(
    plan: Plan,
    statements: Sequence[Statement],
    *,
    unmet: tuple[str, ...],
    bare: tuple[str, ...],
    open_: tuple[str, ...],
) -> Finding:
    key = (statements[0].set or "", statements[0].number)
    others = unique(
        o.clause for o in plan.said(Subject.UNITS_NOT_MET) if (o.set, o.number) == key and o.units
    )
    return Finding(
        rule="nothing-left",
        severity=Severity.GAP,
        clauses=unique((*(s.clause for s in statements), *others)),
        title=fill(
            "{criterion}: nói không còn, {n} xã chưa đạt",
            "{criterion}: none to be left, but {n} communes are not met",
            criterion=plan.heading(key), n=len(unmet),
        ),
        statement_a=cite(*statements),
        statement_b=fill(
            "Chưa đạt {n}: {unmet}. Không có việc ở: {bare}. Bảng không phấn đấu ở: {open}.",
            "Not met in {n}: {unmet}. No work in: {bare}. Not targeted in: {open}.",
            n=len(unmet), unmet=plan.names(unmet), bare=plan.names(bare), open=plan.names(open_),
        ),
        unit_codes=unmet,
        criterion=criterion_key(*key),
        work_ids=tuple(w.work_id for w in plan.works(key) if w.unit_code in unmet),
        difference=-len(unmet),
        hint=Text(
            "Thêm việc và chỉ tiêu ở các xã đó, hoặc hạ mục tiêu chung.",
            "Add works and targets there, or lower the common goal.",
        ),
        about=slug(*key),
        figures=(0, len(unmet), len(bare), len(open_)),
        key=(*(f"bare-{unit}" for unit in bare), *(f"open-{unit}" for unit in open_)),
    )  # fmt: skip


RULES = (
    Rule(
        "purpose-unkept",
        Text("Nói duy trì, chưa đạt", "Said to keep what is not met"),
        Text(
            "Việc «để duy trì» tiêu chí chỉ có ở nơi bảng duy trì tiêu chí đó.",
            "Works that are to keep a criterion belong where the table keeps it.",
        ),
        find_unkept_purposes,
        reads=(Subject.PURPOSE_MAINTAIN,),
    ),
    Rule(
        "nothing-left",
        Text("Không còn nhà tạm", "No temporary houses left"),
        Text(
            "Mục tiêu «không còn» phải đi với việc và chỉ tiêu ở mọi xã chưa đạt.",
            "A goal of none left needs works and targets in each commune that is not met.",
        ),
        find_nothing_left,
        reads=(Subject.HOUSES, Subject.UNITS_NOT_MET),
    ),
)
