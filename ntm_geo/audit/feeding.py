"""What feeds what: targets without works, works for what no table keeps or targets."""

from collections.abc import Iterator

from ntm_geo.audit.assignments import aim, target_clauses
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import State, Statement, Target, Work


def find_unfed_targets(plan: Plan) -> Iterator[Finding]:
    """Look for targets that no work and no measure feeds."""
    unfed: dict[Key, list[Target]] = {}
    for t in plan.record.targets:
        if t.state == State.ACHIEVE and not _is_fed(plan, t):
            unfed.setdefault((t.set, t.number), []).append(t)
    for key, targets in unfed.items():
        units = plan.ordered(t.unit_code for t in targets)
        yield Finding(
            rule="target-unfed",
            severity=Severity.GAP,
            clauses=target_clauses(plan, key, units),
            title=fill(
                "{criterion}: không việc nào phục vụ ở {units}",
                "{criterion}: nothing feeds it in {units}",
                criterion=plan.heading(key), units=plan.few(units),
            ),
            statement_a=aim(plan, key, units),
            statement_b=Text(
                "Không việc, không chỉ tiêu nào phục vụ (0).",
                "No work and no measure is for it (0).",
            ),
            unit_codes=units,
            criterion=criterion_key(*key),
            difference=len(targets),
            hint=Text(
                "Thêm việc, hoặc nói rõ việc nào đã phục vụ.",
                "Add a work, or say which one already feeds it.",
            ),
            about=slug(*key),
            figures=(len(targets), 0),
        )  # fmt: skip


def _is_fed(plan: Plan, target: Target) -> bool:
    key = (target.set, target.number)
    reach = plan.reach(key, target.unit_code)
    return any(
        w.unit_code in reach and target.asset_id in (None, w.asset_id) for w in plan.works(key)
    ) or any(m.unit_code in reach for m in plan.measures(key))


# --- works that no table asks for --------------------------------------------------------------


def find_stray_works(plan: Plan) -> Iterator[Finding]:
    """Look for works for a criterion that is neither kept nor targeted in their unit."""
    strays: dict[Key, list[Work]] = {}
    for w in plan.record.works:
        if w.set and w.number and not _is_asked_for(plan, (w.set, w.number), w.unit_code):
            strays.setdefault((w.set, w.number), []).append(w)
    for key, works in strays.items():
        yield _stray_finding(plan, key, works)


def _is_asked_for(plan: Plan, key: Key, unit_code: str) -> bool:
    """Whether a table keeps or targets it there; a work of the district may serve any unit."""
    is_of_all = unit_code == plan.district
    units = plan.units_of_set(key[0]) if is_of_all else (unit_code,)
    return any(plan.state(key, unit) is not None for unit in units)


def _stray_finding(plan: Plan, key: Key, works: list[Work]) -> Finding:
    units = plan.ordered(work.unit_code for work in works)
    bare = _bare_units(plan, key)
    # All of them where no table asks for it, and none where one does: that is no preparation.
    is_astray = bool(bare) and len(works) == len(plan.works(key))
    return Finding(
        rule="work-untargeted",
        severity=Severity.GAP if is_astray else Severity.NOTE,
        clauses=unique(work.clause for work in works),
        title=fill(
            "{criterion}: có việc ở nơi bảng không nhắc đến",
            "{criterion}: works where the tables do not ask for it",
            criterion=plan.heading(key),
        ),
        statement_a=fill(
            "Số việc: {n}, ở {units}.",
            "Works: {n}, in {units}.",
            n=len(works), units=plan.few(units),
        ),
        statement_b=_asked_for(plan, key, bare),
        unit_codes=units,
        criterion=criterion_key(*key),
        work_ids=tuple(work.work_id for work in works),
        difference=len(works),
        hint=Text(
            "Cho năm sau, sai tiêu chí, hay thiếu chỉ tiêu?",
            "For a later year, a wrong criterion, or a target left out?",
        ),
        about=slug(*key),
        figures=(len(works), len(units)),
    )  # fmt: skip


def _bare_units(plan: Plan, key: Key) -> tuple[str, ...]:
    """Return the units that target a criterion, and have neither shared nor own works for it."""
    own = {work.unit_code for work in plan.works(key)}
    own |= {m.unit_code for m in plan.measures(key)} - {plan.district}
    return tuple(
        unit for unit in plan.with_state(key, State.ACHIEVE) if not own & set(plan.reach(key, unit))
    )


def _asked_for(plan: Plan, key: Key, bare: tuple[str, ...]) -> Text:
    """Say where the tables do ask for a criterion, and where nothing is done for it."""
    aimed = plan.with_state(key, State.ACHIEVE)
    return sentences(
        fill(
            "Bảng không duy trì, không phấn đấu ở đó; phấn đấu ở: {aimed}.",
            "The tables neither keep nor target it there, but target it in: {aimed}.",
            aimed=plan.few(aimed),
        ),
        fill("Không có việc ở: {bare}.", "Nothing in: {bare}.", bare=plan.few(bare))
        if bare
        else None,
    )


# --- nothing left ------------------------------------------------------------------------------


def find_nothing_left(plan: Plan) -> Iterator[Finding]:
    """Hold "no temporary houses left" against the units that do not meet the criterion."""
    for s in plan.said("houses"):
        if s.value == 0 and s.set is not None and s.number is not None:
            key = (s.set, s.number)
            unmet = _unmet_units(plan, key)
            worked = {w.unit_code for w in plan.works(key)}
            bare = tuple(unit for unit in unmet if unit not in worked)
            open_ = tuple(unit for unit in unmet if plan.state(key, unit) is None)
            if bare or open_:
                yield _left_finding(plan, s, unmet=unmet, bare=bare, open_=open_)


def _unmet_units(plan: Plan, key: Key) -> tuple[str, ...]:
    """Units that the narrative calls not met; where it names none, all that do not keep it."""
    said = {
        unit
        for s in plan.said("units_not_met")
        if (s.set, s.number) == key
        for unit in plan.named_units(s)
    }
    kept = plan.with_state(key, State.MAINTAIN)
    return plan.ordered(said or set(plan.units_of_set(key[0])) - set(kept))


def _left_finding(
    plan: Plan,
    s: Statement,
    *,
    unmet: tuple[str, ...],
    bare: tuple[str, ...],
    open_: tuple[str, ...],
) -> Finding:
    key = (s.set or "", s.number)
    others = unique(
        o.clause for o in plan.said("units_not_met") if (o.set, o.number) == key and o.units
    )
    return Finding(
        rule="nothing-left",
        severity=Severity.GAP,
        clauses=unique((s.clause, *others)),
        title=fill(
            "{criterion}: nói không còn, {n} xã chưa đạt",
            "{criterion}: none to be left, but {n} communes are not met",
            criterion=plan.heading(key), n=len(unmet),
        ),
        statement_a=cite(s, figure=0),
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
        about=slug(*key, s.statement_id),
        figures=(0, len(unmet), len(bare), len(open_)),
    )  # fmt: skip


RULES = (
    Rule(
        "target-unfed",
        Text("Chỉ tiêu không có việc phục vụ", "A target that nothing feeds"),
        Text(
            "Mỗi chỉ tiêu phấn đấu phải có việc hoặc chỉ tiêu phục vụ, của xã hay của cả huyện.",
            "Each target must be fed by a work or measure of its unit or of the whole district.",
        ),
        find_unfed_targets,
    ),
    Rule(
        "work-untargeted",
        Text("Việc không có chỉ tiêu", "A work without a target"),
        Text(
            "Việc cho một tiêu chí phải ở nơi duy trì hoặc phấn đấu tiêu chí đó.",
            "A work for a criterion belongs where the criterion is kept or targeted.",
        ),
        find_stray_works,
    ),
    Rule(
        "nothing-left",
        Text("Không còn nhà tạm", "No temporary houses left"),
        Text(
            "Mục tiêu «không còn» phải đi với việc và chỉ tiêu ở mọi xã chưa đạt.",
            "A goal of none left needs works and targets in each commune that is not met.",
        ),
        find_nothing_left,
    ),
)
