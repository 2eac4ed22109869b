"""Levels of the programme: untargeted, standing above an unmet one, or counted in two ways."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import counted, stated
from ntm_geo.audit.words import cite, fill, gather, join, places, quote, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import State, Subject
from ntm_geo.names import fold


def find_untargeted_levels(plan: Plan) -> Iterator[Finding]:
    """Look for levels of the programme that the common goals name and no table targets."""
    said = gather(
        plan.said(Subject.LEVEL_AIMED),
        lambda s: (s.set, s.number, slug(s.text) if s.set is None else ""),
    )
    for (set_id, number, words), statements in said.items():
        if not any(t.set == set_id and t.state == State.ACHIEVE for t in plan.record.targets):
            yield Finding(
                rule="level-untargeted",
                severity=Severity.NOTE,
                clauses=unique(s.clause for s in statements),
                title=fill(
                    "Mục tiêu chung nêu {level}, mục tiêu cụ thể không có",
                    "The common goals name {level}, the tables do not",
                    level=quote(statements[0].text),
                ),
                statement_a=cite(*statements),
                statement_b=Text(
                    "Không bảng nào phấn đấu đạt cấp này (0).",
                    "No table targets this level (0).",
                ),
                unit_codes=plan.ordered(code for s in statements for code in s.units),
                criterion=criterion_key(set_id, number),
                hint=Text(
                    "Thêm mục tiêu cụ thể, hoặc bỏ ở mục tiêu chung.",
                    "Add targets, or take it out of the common goals.",
                ),
                about=slug(set_id, number, words),
                figures=(0,),
                key=() if set_id else tuple(fold(s.text) for s in statements),
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
            about=slug(*higher, *lower, wanted, state),
            figures=(len(units),),
        )  # fmt: skip


def find_counted_levels(plan: Plan) -> Iterator[Finding]:
    """Look for two numbers of units that are to reach one set; they may be of two years."""
    aims = (s for s in plan.said(Subject.UNITS_TARGET) if s.number is None and counted(s))
    for set_id, statements in gather(aims, lambda s: s.set or "").items():
        figures = gather(statements, stated)
        if len(figures) > 1:
            (one, first), *others = figures.items()
            yield Finding(
                rule="level-counted",
                severity=Severity.NOTE,
                clauses=unique(s.clause for s in statements),
                title=fill(
                    "{set}: nơi ghi {a} xã phấn đấu, nơi ghi {b}",
                    "{set}: {a} communes are to reach it in one place, {b} in another",
                    set=plan.heading((set_id, None)), a=one.text,
                    b=join(span.text for span, _ in others),
                ),
                statement_a=cite(*first, figure=one.text),
                statement_b=join((cite(*of, figure=span.text) for span, of in others), " "),
                criterion=criterion_key(set_id, None),
                hint=Text(
                    "Nếu là hai năm hay hai giai đoạn thì ghi rõ; nếu là một thì chọn một con số.",
                    "If these are of two years or periods, say so; if of one, settle on a figure.",
                ),
                about=slug(set_id),
                figures=tuple(n for span in sorted(figures) for n in span.figures),
            )  # fmt: skip


RULES = (
    Rule(
        "level-untargeted",
        Text("Cấp nêu ở mục tiêu chung", "Levels of the common goals"),
        Text(
            "Cấp xây dựng nêu ở mục tiêu chung phải có mục tiêu cụ thể.",
            "A level that the common goals name must have targets.",
        ),
        find_untargeted_levels,
        reads=(Subject.LEVEL_AIMED,),
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
        "level-counted",
        Text("Số xã phấn đấu đạt một cấp", "How many communes are to reach a level"),
        Text(
            "Số xã phấn đấu đạt chuẩn một bộ tiêu chí phải như nhau ở mọi chỗ.",
            "The number of communes to reach a set must be the same wherever it is stated.",
        ),
        find_counted_levels,
        reads=(Subject.UNITS_TARGET,),
    ),
)
