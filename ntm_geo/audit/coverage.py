"""Units that one table lists and another leaves out."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan, WorkOrMeasure, row_id
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, places, quote, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import State

_MOST_LEFT_OUT = 2
_FEWEST_LISTED = 4
"""A list that leaves out more, or names fewer, was never meant to hold all communes."""


def find_units_without_targets(plan: Plan) -> Iterator[Finding]:
    """Look for communes that a set's tables leave out, of the district or of those named."""
    main = plan.record.project.main_set
    district = fill("Huyện có {n} xã.", "The district has {n} communes.", n=len(plan.communes))
    yield from _left_out(plan, main, plan.communes, said=district)
    for s in plan.said("units_target"):
        if s.set is not None and s.number is None:
            said = cite(s, figure=len(s.units))
            yield from _left_out(plan, s.set, s.units, said=said, clause=s.clause)


def _left_out(
    plan: Plan, set_id: str, wanted: tuple[str, ...], *, said: Text, clause: str | None = None
) -> Iterator[Finding]:
    listed = plan.units_of_set(set_id)
    missing = plan.ordered(set(wanted) - set(listed))
    if missing and listed:
        tables = (t.clause for t in plan.record.targets if t.set == set_id)
        yield Finding(
            rule="unit-untargeted",
            severity=Severity.CONTRADICTION if clause else Severity.GAP,
            clauses=unique((clause, *tables) if clause else tables),
            title=fill(
                "Bảng {set} thiếu {units}",
                "The tables of {set} leave out {units}",
                set=plan.criterion((set_id, None)), units=plan.few(missing),
            ),
            statement_a=said,
            statement_b=fill(
                "Bảng có {n}; thiếu {units}.",
                "The tables list {n}; missing: {units}.",
                n=len(listed), units=plan.names(missing),
            ),
            unit_codes=missing,
            criterion=set_id,
            difference=len(missing),
            hint=fill(
                "Thêm dòng cho {units}.", "Add rows for {units}.", units=plan.names(missing)
            ),
            about=slug(set_id, clause and "named"),
            figures=(len(wanted), len(listed)),
        )  # fmt: skip


def find_incomplete_lists(plan: Plan) -> Iterator[Finding]:
    """Look for lists by commune that leave out one or two."""
    for rows in plan.families:
        units = plan.ordered({row.unit_code for row in rows} & set(plan.communes))
        missing = tuple(unit for unit in plan.ordered(plan.communes) if unit not in units)
        if len(units) >= _FEWEST_LISTED and 0 < len(missing) <= _MOST_LEFT_OUT:
            yield _incomplete_finding(plan, rows, units, missing)


def _incomplete_finding(
    plan: Plan, rows: list[WorkOrMeasure], units: tuple[str, ...], missing: tuple[str, ...]
) -> Finding:
    first = rows[0]
    clauses = unique(row.clause for row in rows)
    return Finding(
        rule="list-incomplete",
        severity=Severity.NOTE,
        clauses=clauses,
        title=fill(
            "Danh sách theo xã thiếu {units}",
            "A list by commune leaves out {units}",
            units=plan.names(missing),
        ),
        statement_a=fill(
            "Huyện có {n} xã.", "The district has {n} communes.", n=len(plan.communes)
        ),
        statement_b=fill(
            "{clause} kể {n} xã («{name}», …).",
            "{clause} lists {n} communes («{name}», …).",
            clause=places(clauses[:1]), n=len(units), name=first.name,
        ),
        unit_codes=missing,
        criterion=criterion_key(first.set, first.number),
        difference=len(missing),
        hint=fill(
            "Kiểm tra có bỏ sót {units} không.",
            "Check whether {units} was forgotten.",
            units=plan.names(missing),
        ),
        about=slug(row_id(first)),
        figures=(len(plan.communes), len(units)),
    )  # fmt: skip


# --- levels ------------------------------------------------------------------------------------


def find_untargeted_levels(plan: Plan) -> Iterator[Finding]:
    """Look for levels of the programme that the common goals name and no table targets."""
    for s in plan.said("level_aimed"):
        if not any(t.set == s.set and t.state == State.ACHIEVE for t in plan.record.targets):
            yield Finding(
                rule="level-untargeted",
                severity=Severity.NOTE,
                clauses=(s.clause,),
                title=fill(
                    "Mục tiêu chung nêu {level}, mục tiêu cụ thể không có",
                    "The common goals name {level}, the tables do not",
                    level=quote(s.text),
                ),
                statement_a=cite(s),
                statement_b=Text(
                    "Không bảng nào phấn đấu đạt cấp này (0).",
                    "No table targets this level (0).",
                ),
                unit_codes=plan.ordered(s.units),
                criterion=criterion_key(s.set, s.number),
                hint=Text(
                    "Thêm mục tiêu cụ thể, hoặc bỏ ở mục tiêu chung.",
                    "Add targets, or take it out of the common goals.",
                ),
                about=slug(s.statement_id),
                figures=(0,),
            )  # fmt: skip


def find_skipped_levels(plan: Plan) -> Iterator[Finding]:
    """Look for criteria of a higher set that stand above what the main set has yet to reach.

    The main set is the lower one; criteria of two sets are one subject where they are called alike.
    """
    skipped: dict[tuple[Key, Key, State, State | None], list[str]] = {}
    for t in plan.record.targets:
        higher = (t.set, t.number)
        for lower in plan.namesakes(higher):
            state = plan.state(lower, t.unit_code)
            is_behind = state is None or (state, t.state) == (State.ACHIEVE, State.MAINTAIN)
            if lower[0] == plan.record.project.main_set and is_behind:
                skipped.setdefault((higher, lower, t.state, state), []).append(t.unit_code)
    for (higher, lower, wanted, state), units in skipped.items():
        yield Finding(
            rule="level-skipped",
            severity=Severity.GAP if state is None else Severity.CONTRADICTION,
            clauses=unique((*plan.clauses(higher, units), *plan.clauses(lower, units))),
            title=fill(
                "{higher}: {wanted} ở {units}, bộ dưới chưa đạt",
                "{higher}: to {wanted} in {units}, the lower set is not met",
                higher=plan.heading(higher), wanted=LABELS[State, wanted], units=plan.few(units),
            ),
            statement_a=fill(
                "{clauses}: {wanted} {higher}.",
                "{clauses}: to {wanted} {higher}.",
                clauses=places(plan.clauses(higher, units)), wanted=LABELS[State, wanted],
                higher=plan.criterion(higher),
            ),
            statement_b=fill(
                "Cùng nơi, bảng {state} {lower}.",
                "In the same place the table {state} {lower}.",
                state=Text("còn phấn đấu", "still targets") if state else Text(
                    "không duy trì, không phấn đấu", "neither keeps nor targets"
                ),
                lower=plan.criterion(lower),
            ),
            unit_codes=plan.ordered(units),
            criterion=criterion_key(*higher),
            difference=len(units),
            hint=Text(
                "Bộ trên chỉ đạt khi bộ dưới đã đạt: xem lại hai bảng.",
                "The higher set is met only after the lower one: check both tables.",
            ),
            about=slug(*higher, *lower, wanted),
            figures=(len(units),),
        )  # fmt: skip


# --- units counted and named -------------------------------------------------------------------


def find_share_lists(plan: Plan) -> Iterator[Finding]:
    """Hold the number of units that a sentence states against the units that it names."""
    for s in plan.record.statements:
        if s.measure != "communes" or s.value is None or not s.units:
            continue
        is_rest = s.units_role == "except" and s.out_of is not None
        named = (s.out_of or 0) - len(s.units) if is_rest else len(s.units)
        if s.value != named:
            yield Finding(
                rule="share-list",
                severity=Severity.CONTRADICTION,
                clauses=(s.clause,),
                title=fill(
                    "Ghi {a} xã, kể tên thì được {b}",
                    "{a} communes stated, the names make {b}",
                    a=s.value, b=named,
                ),
                statement_a=cite(s, figure=s.value),
                statement_b=fill(
                    "{words}: {units}, còn {n}." if is_rest else "{words}: {units}, tức {n}.",
                    "{words}: {units}, which leaves {n}." if is_rest else "{words}: {units}: {n}.",
                    words=Text("Trừ", "All but") if is_rest else Text("Kể tên", "Named"),
                    units=plan.names(s.units), n=named,
                ),
                unit_codes=plan.ordered(s.units),
                criterion=criterion_key(s.set, s.number),
                difference=s.value - named,
                hint=fill(
                    "Sửa {a} thành {b}, hoặc sửa danh sách xã.",
                    "Change {a} to {b}, or mend the list of communes.",
                    a=s.value, b=named,
                ),
                about=slug(s.statement_id),
                figures=(s.value, named),
            )  # fmt: skip


def find_share_bases(plan: Plan) -> Iterator[Finding]:
    """Hold the number of units that a share is out of against the units of the set's tables."""
    for s in plan.record.statements:
        base = plan.units_of_set(s.set) if s.set else ()
        if s.measure != "communes" or s.out_of is None or s.out_of == len(base) or not base:
            continue
        yield Finding(
            rule="share-base",
            severity=Severity.CONTRADICTION,
            clauses=(s.clause,),
            title=fill(
                "Tỷ số trên {a} xã, bảng có {b} xã",
                "A share of {a} communes, the tables list {b}",
                a=s.out_of, b=len(base),
            ),
            statement_a=cite(s, figure=s.out_of),
            statement_b=fill(
                "Bảng của bộ tiêu chí này có {n}: {units}.",
                "The tables of this set list {n}: {units}.",
                n=len(base), units=plan.names(base),
            ),
            unit_codes=base,
            criterion=criterion_key(s.set, s.number),
            difference=s.out_of - len(base),
            hint=fill("Sửa mẫu số thành {n}.", "Change the share's base to {n}.", n=len(base)),
            about=slug(s.statement_id),
            figures=(s.out_of, len(base)),
        )  # fmt: skip


RULES = (
    Rule(
        "unit-untargeted",
        Text("Xã không có trong bảng", "A commune missing in the tables"),
        Text(
            "Mọi xã của huyện, và xã được kể tên cho một bộ, phải có trong bảng của bộ đó.",
            "All communes, and those named for a set, must stand in the set's tables.",
        ),
        find_units_without_targets,
    ),
    Rule(
        "list-incomplete",
        Text("Danh sách thiếu xã", "A list that leaves out a commune"),
        Text(
            "Danh sách kể gần đủ các xã mà thiếu một, hai xã thì có thể là bỏ sót.",
            "A list of nearly all communes that lacks one or two may have forgotten them.",
        ),
        find_incomplete_lists,
    ),
    Rule(
        "level-untargeted",
        Text("Cấp nêu ở mục tiêu chung", "Levels of the common goals"),
        Text(
            "Cấp xây dựng nêu ở mục tiêu chung phải có mục tiêu cụ thể.",
            "A level that the common goals name must have targets.",
        ),
        find_untargeted_levels,
    ),
    Rule(
        "level-skipped",
        Text("Bộ trên đạt, bộ dưới chưa", "A higher set above an unmet lower one"),
        Text(
            "Tiêu chí của bộ trên chỉ duy trì ở nơi tiêu chí cùng tên của bộ dưới đã đạt.",
            "A higher set's criterion is kept only where its namesake of the lower set is met.",
        ),
        find_skipped_levels,
    ),
    Rule(
        "share-list",
        Text("Số xã và tên xã", "Number and names of communes"),
        Text(
            "Số xã ghi trong câu phải bằng số xã được kể tên (hoặc trừ ra) trong câu đó.",
            "The number of communes in a sentence must be what it names, or leaves over.",
        ),
        find_share_lists,
    ),
    Rule(
        "share-base",
        Text("Mẫu số của tỷ số", "Base of a share"),
        Text(
            "Mẫu số của tỷ số phải bằng số xã trong bảng của bộ tiêu chí.",
            "A share must be out of as many communes as the set's tables list.",
        ),
        find_share_bases,
    ),
)
