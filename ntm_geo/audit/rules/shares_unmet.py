"""Units that words call not met, against what the table keeps."""

from collections.abc import Iterator, Sequence

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, counted
from ntm_geo.audit.words import cite, fill, gather, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import State, Statement, Subject


def find_unmet_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units that the narrative calls not met against what the table keeps.

    Where words count those that meet it too, the other count is held against the table, not this.
    """
    met = {(s.set, s.number) for s in plan.said(Subject.UNITS_MET) if s.value is not None}
    said = gather(
        (s for s in plan.said(Subject.UNITS_NOT_MET) if s.set and s.number),
        lambda s: (
            (s.set or "", s.number), counted(s), plan.named_units(s), s.measure
        ),
    )  # fmt: skip
    for (key, figure, named, measure), statements in said.items():
        kept = plan.with_state(key, State.MAINTAIN)
        unkept = plan.ordered(set(plan.units_of_set(key[0])) - set(kept))
        astray = plan.ordered(set(named) & set(kept))
        is_miscounted = (
            figure is not None
            and measure == "communes"
            and key not in met
            and not figure.holds(len(unkept))
        )
        if astray or is_miscounted:
            yield _unmet_finding(plan, key, statements, astray, unkept)


def _unmet_finding(
    plan: Plan,
    key: Key,
    statements: Sequence[Statement],
    astray: tuple[str, ...],
    unkept: tuple[str, ...],
) -> Finding:
    first = statements[0]
    named = plan.named_units(first)
    said = counted(first)
    figure = said or Span(len(named), len(named))
    others = plan.ordered(set(unkept) - set(named)) if named else unkept
    table = fill(
        "Bảng duy trì ở {n} nơi trong số đó: {units}.",
        "The table keeps it in {n} of them: {units}.",
        n=len(astray), units=plan.names(astray),
    ) if astray else fill(
        "Bảng không duy trì ở {n} nơi; chưa kể: {units}.",
        "The table does not keep it in {n}; not told of: {units}.",
        n=len(unkept), units=plan.names(others),
    )  # fmt: skip
    # Who is named as not met need not be all; who is counted, or targeted, is.
    is_sure = astray or not named or any(plan.state(key, u) == State.ACHIEVE for u in others)
    return Finding(
        rule="share-unmet",
        severity=Severity.CONTRADICTION if is_sure else Severity.NOTE,
        clauses=unique(
            (*(s.clause for s in statements), *plan.clauses(key, astray or others))
        ),
        title=fill(
            "{criterion}: lời văn nói chưa đạt, bảng duy trì",
            "{criterion}: not met in words, kept by the table",
            criterion=plan.heading(key),
        ) if astray else fill(
            "{criterion}: lời văn tính {a} nơi chưa đạt, bảng {b}",
            "{criterion}: not met in {a} in words, in {b} by the table",
            criterion=plan.heading(key), a=figure.text, b=len(unkept),
        ),
        statement_a=cite(*statements, figure=said.text if said else None),
        statement_b=table,
        unit_codes=astray or (others if named else ()),
        criterion=criterion_key(*key),
        difference=len(astray) if astray else figure.difference(len(unkept)),
        hint=Text("Sửa lời văn hoặc bảng.", "Mend the words or the table."),
        about=slug(*key),
        figures=(*figure.figures, len(astray), len(unkept)),
        key=(*named, f"of-{first.measure}"),
    )  # fmt: skip


RULES = (
    Rule(
        "share-unmet",
        Text("Lời văn nói chưa đạt, bảng duy trì", "Not met in words, kept by the table"),
        Text(
            "Đơn vị mà lời văn nói chưa đạt không được là đơn vị duy trì trong bảng.",
            "Units called not met in words must not be kept by the table.",
        ),
        find_unmet_shares,
        reads=(Subject.UNITS_NOT_MET, Subject.UNITS_MET),
    ),
)
