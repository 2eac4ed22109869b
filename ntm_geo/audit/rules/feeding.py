"""What feeds what: targets without works, works for what no table keeps or targets."""

from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan, WorkOrMeasure
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import fill, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Measure, State, Target, Work


def find_unfed_targets(plan: Plan) -> Iterator[Finding]:
    """Look for targets that no work and no measure feeds."""
    unfed: dict[Key, list[Target]] = {}
    for t in plan.record.targets:
        if t.state == State.ACHIEVE and not _is_fed(plan, t):
            unfed.setdefault((t.set, t.number), []).append(t)
    for key, targets in unfed.items():
        yield _unfed_finding(plan, key, targets)


def _unfed_finding(plan: Plan, key: Key, targets: list[Target]) -> Finding:
    units = plan.ordered(t.unit_code for t in targets)
    namesake = _fed_namesake(plan, key, units)
    return Finding(
        rule="target-unfed",
        severity=Severity.NOTE if namesake else Severity.GAP,
        clauses=plan.aim_clauses(key, units),
        title=fill(
            "{criterion}: không việc nào{own} phục vụ ở {units}",
            "{criterion}: nothing{own} feeds it in {units}",
            criterion=plan.heading(key), units=plan.few(units),
            own=Text(" riêng", " of its own") if namesake else "",
        ),
        statement_a=plan.aim(key, units),
        statement_b=Text(
            "Không việc, không chỉ tiêu nào ghi cho tiêu chí này (0).",
            "No work and no measure is for it (0).",
        ),
        unit_codes=units,
        criterion=criterion_key(*key),
        difference=len(targets),
        hint=fill(
            "Có việc cho {criterion} ở đó: nói rõ có phục vụ cả bộ này không.",
            "There are works for {criterion} there: say whether they serve this set too.",
            criterion=plan.criterion(namesake),
        ) if namesake else Text(
            "Thêm việc, hoặc nói rõ việc nào đã phục vụ.",
            "Add a work, or say which one already feeds it.",
        ),
        about=slug(*key),
        figures=(len(targets), 0),
        key=tuple(t.asset_id for t in targets if t.asset_id),
    )  # fmt: skip


def _is_fed(plan: Plan, target: Target) -> bool:
    return _feeds(plan, (target.set, target.number), target.unit_code, target.asset_id)


def _feeds(plan: Plan, key: Key, unit_code: str, asset_id: str | None = None) -> bool:
    reach = plan.reach(key, unit_code)
    return any(
        w.unit_code in reach and asset_id in (None, w.asset_id) for w in plan.works(key)
    ) or any(m.unit_code in reach for m in plan.measures(key))


def _fed_namesake(plan: Plan, key: Key, units: tuple[str, ...]) -> Key | None:
    """Return a criterion of another set, called alike, that works feed in all these units.

    A plan heads its works with a criterion's name and no set: they may be meant for both.
    """
    others = plan.namesakes(key)
    return next((k for k in others if all(_feeds(plan, k, unit) for unit in units)), None)


def find_bypassed_targets(plan: Plan) -> Iterator[Finding]:
    """Look for targets that have only what is meant for all, where other units have their own."""
    for key, aimed in plan.aims.items():
        rows: tuple[WorkOrMeasure, ...] = (*plan.works(key), *plan.measures(key))
        own = plan.ordered(row.unit_code for row in rows if not plan.is_for_set(row))
        bare = tuple(u for u in aimed if key[1] and u not in own and _feeds(plan, key, u))
        asked = (*aimed, *plan.with_state(key, State.MAINTAIN))
        # Works only where no table asks for them are astray: another rule says so.
        if bare and set(own) & {u for u in asked if u not in bare}:
            yield _bypassed_finding(plan, key, aimed, bare, own)


def _bypassed_finding(
    plan: Plan, key: Key, aimed: tuple[str, ...], bare: tuple[str, ...], own: tuple[str, ...]
) -> Finding:
    return Finding(
        rule="target-bypassed",
        severity=Severity.NOTE,
        clauses=unique(
            (
                *plan.aim_clauses(key, bare),
                *(w.clause for w in plan.works(key) if w.unit_code in own),
            )
        ),
        title=fill(
            "{criterion}: không có việc riêng ở {units}",
            "{criterion}: no work of its own in {units}",
            criterion=plan.heading(key), units=plan.few(bare),
        ),
        statement_a=plan.aim(key, bare),
        statement_b=fill(
            "Việc riêng chỉ có ở {own}.",
            "Works of their own are only in {own}.",
            own=plan.few(own),
        ),
        unit_codes=bare,
        criterion=criterion_key(*key),
        difference=len(bare),
        hint=Text(
            "Hỏi việc chung cho cả huyện có đủ để đạt không.",
            "Ask whether what is done for all is enough to reach it.",
        ),
        about=slug(*key),
        figures=(len(aimed), len(bare)),
    )  # fmt: skip


# --- works and measures that no table asks for -------------------------------------------------


def find_stray_rows(plan: Plan) -> Iterator[Finding]:
    """Look for works and measures for a criterion that is neither kept nor targeted there."""
    strays: dict[Key, list[WorkOrMeasure]] = {}
    open_units: dict[Key, set[str]] = {}
    for row in (*plan.record.works, *plan.record.measures):
        if row.set and row.number and (units := _silent_units(plan, row)):
            key = (row.set, row.number)
            strays.setdefault(key, []).append(row)
            open_units.setdefault(key, set()).update(units)
    for key, rows in strays.items():
        yield _stray_finding(plan, key, rows, plan.ordered(open_units[key]))


def _silent_units(plan: Plan, row: WorkOrMeasure) -> tuple[str, ...]:
    """Return the units that a row is meant for and in which no table asks for its criterion.

    What is meant for all communes is asked for where one of them targets it, or most keep it.
    """
    key = (row.set or "", row.number)
    is_shared = plan.is_for_all(row) and plan.record.criteria_sets[key[0]].level == "commune"
    units = plan.units_of_set(key[0]) if is_shared else (row.unit_code,)
    silent = tuple(unit for unit in units if plan.state(key, unit) is None)
    is_asked_for = bool(plan.with_state(key, State.ACHIEVE)) or len(silent) * 2 <= len(units)
    return () if is_shared and is_asked_for else silent


def _stray_finding(
    plan: Plan, key: Key, rows: list[WorkOrMeasure], units: tuple[str, ...]
) -> Finding:
    works = [row for row in rows if isinstance(row, Work)]
    bare = _bare_units(plan, key) if works else ()
    # All of them where no table asks for it, and none where one does: that is no preparation.
    is_astray = bool(bare) and len(works) == len(plan.works(key))
    # Meant for every commune, and no cell of any table holds it: the tables left it out.
    is_left_out = all(plan.is_for_all(row) for row in rows) and set(units) >= set(plan.communes)
    return Finding(
        rule="work-untargeted",
        severity=Severity.GAP if is_astray or is_left_out else Severity.NOTE,
        clauses=unique(row.clause for row in rows),
        title=fill(
            "{criterion}: có {what} mà bảng không nêu",
            "{criterion}: {what} where the tables do not ask for it",
            criterion=plan.heading(key),
            what=Text("việc", "works") if works else Text("chỉ tiêu", "measures"),
        ),
        statement_a=_stray_rows(plan, works, [row for row in rows if isinstance(row, Measure)]),
        statement_b=_asked_for(plan, key, units, bare if is_astray else ()),
        unit_codes=units,
        criterion=criterion_key(*key),
        work_ids=tuple(work.work_id for work in works),
        difference=len(rows),
        hint=Text(
            "Cho năm sau, sai tiêu chí, hay thiếu chỉ tiêu?",
            "For a later year, a wrong criterion, or a target left out?",
        ),
        about=slug(*key),
        figures=(len(rows), len(units)),
        key=tuple(row.measure_id for row in rows if isinstance(row, Measure)),
    )  # fmt: skip


def _stray_rows(plan: Plan, works: list[Work], measures: list[Measure]) -> Text:
    counted = (
        (works, Text("Số việc", "Works")),
        (measures, Text("Số chỉ tiêu", "Measures")),
    )
    return sentences(
        *(
            fill(
                "{what}: {n}, ở {units} ({example}{more}).",
                "{what}: {n}, in {units} ({example}{more}).",
                what=what, n=len(rows), units=_where(plan, rows), example=rows[0].name,
                more=", …" if len(rows) > 1 else "",
            )
            for rows, what in counted
            if rows
        )
    )  # fmt: skip


def _where(plan: Plan, rows: Sequence[WorkOrMeasure]) -> Text:
    is_of_all = any(row.unit_code == plan.district for row in rows)
    return plan.names([plan.district]) if is_of_all else plan.few(row.unit_code for row in rows)


def _bare_units(plan: Plan, key: Key) -> tuple[str, ...]:
    """Return the units that target a criterion, and have neither shared nor own works for it."""
    own = {work.unit_code for work in plan.works(key)}
    own |= {m.unit_code for m in plan.measures(key)} - {plan.district}
    return tuple(
        unit for unit in plan.with_state(key, State.ACHIEVE) if not own & set(plan.reach(key, unit))
    )


def _asked_for(plan: Plan, key: Key, units: tuple[str, ...], bare: tuple[str, ...]) -> Text:
    """Say where the tables do ask for a criterion, and where nothing is done for it."""
    return sentences(
        fill(
            "Bảng không duy trì, không phấn đấu ở {units}; phấn đấu ở: {aimed}; duy trì ở: {kept}.",
            "The tables neither keep nor target it in {units}; they target it in: {aimed}; they "
            "keep it in: {kept}.",
            units=plan.few(units), aimed=plan.few(plan.with_state(key, State.ACHIEVE)),
            kept=plan.few(plan.with_state(key, State.MAINTAIN)),
        ),
        fill(
            "Không có việc riêng ở: {bare}.",
            "No works of their own in: {bare}.",
            bare=plan.few(bare),
        ) if bare else None,
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
        "target-bypassed",
        Text("Chỉ tiêu không có việc riêng", "A target without works of its own"),
        Text(
            "Nơi phấn đấu đạt có việc riêng, nếu nơi khác có việc riêng cho tiêu chí đó.",
            "Where a criterion is targeted it has works of its own, if other units have.",
        ),
        find_bypassed_targets,
    ),
    Rule(
        "work-untargeted",
        Text("Việc không có trong bảng", "Works that no table asks for"),
        Text(
            "Việc, chỉ tiêu cho một tiêu chí phải ở nơi bảng duy trì hoặc phấn đấu tiêu chí đó.",
            "Works and measures for a criterion belong where the tables keep or target it.",
        ),
        find_stray_rows,
    ),
)
