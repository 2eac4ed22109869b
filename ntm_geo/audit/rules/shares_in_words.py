"""Shares said in words, held against themselves: number and names, base, met and not met."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, add, counted, stated
from ntm_geo.audit.words import cite, fill, gather, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import Statement, Subject


def find_share_lists(plan: Plan) -> Iterator[Finding]:
    """Hold the number of units that a sentence states against the units that it names."""
    counted = (
        s
        for s in plan.record.statements
        if s.measure == "communes" and s.units and s.value is not None
    )
    said = gather(
        counted,
        lambda s: (s.set, s.number, stated(s), _base_of_rest(s), s.units_role, frozenset(s.units)),
    )
    for (set_id, number, span, base, role, units), statements in said.items():
        is_rest = base is not None
        named = len(units) if base is None else base - len(units)
        # Without a base, "6 communes (all but …)" counts either those left over or those left out.
        left = len(plan.base_of(statements[0])) - len(units) if role == "except" else named
        if not (span.holds(named) or (not is_rest and span.holds(left))):
            yield Finding(
                rule="share-list",
                severity=Severity.CONTRADICTION,
                clauses=unique(s.clause for s in statements),
                title=fill(
                    "Ghi {a} xã, kể tên thì được {b}",
                    "{a} communes stated, the names make {b}",
                    a=span.text, b=named,
                ),
                statement_a=cite(*statements, figure=span.text),
                statement_b=fill(
                    "{words}: {units}, còn {n}." if is_rest else "{words}: {units}, tức {n}.",
                    "{words}: {units}, which leaves {n}." if is_rest else "{words}: {units}: {n}.",
                    words=Text("Trừ", "All but") if is_rest else Text("Kể tên", "Named"),
                    units=plan.names(units), n=named,
                ),
                unit_codes=plan.ordered(units),
                criterion=criterion_key(set_id, number),
                difference=span.difference(named),
                hint=fill(
                    "Sửa {a} thành {b}, hoặc sửa danh sách xã.",
                    "Change {a} to {b}, or mend the list of communes.",
                    a=span.text, b=named,
                ),
                about=slug(set_id, number, role),
                figures=(*span.figures, named),
            )  # fmt: skip


def _base_of_rest(s: Statement) -> float | None:
    """Return what "all but these" leaves its units from."""
    return s.out_of if s.units_role == "except" else None


def find_share_bases(plan: Plan) -> Iterator[Finding]:
    """Hold the number of units that shares are out of against the units of the set's tables."""
    shares = (
        s
        for s in plan.record.statements
        if s.measure == "communes"
        and s.out_of is not None
        and s.set
        and s.out_of != len(plan.base_of(s))
    )
    for (set_id, out_of), statements in gather(shares, lambda s: (s.set or "", s.out_of)).items():
        base = plan.units_of_set(set_id)
        # "0 of 13 communes" of a higher set that only two are to reach is no slip.
        if not base or out_of is None or out_of in (len(base), len(plan.communes)):
            continue
        yield Finding(
            rule="share-base",
            severity=Severity.CONTRADICTION,
            clauses=unique(s.clause for s in statements),
            title=fill(
                "Tỷ số trên {a} xã, bảng có {b} xã",
                "A share of {a} communes, the tables list {b}",
                a=out_of, b=len(base),
            ),
            statement_a=cite(*statements, figure=out_of),
            statement_b=fill(
                "Bảng của bộ tiêu chí này có {n}: {units}.",
                "The tables of this set list {n}: {units}.",
                n=len(base), units=plan.names(base),
            ),
            unit_codes=base,
            criterion=criterion_key(set_id, None),
            difference=out_of - len(base),
            hint=fill(
                "Sửa mẫu số thành {n}, hoặc thêm xã còn thiếu vào bảng.",
                "Change the share's base to {n}, or add the commune that the tables lack.",
                n=len(base),
            ),
            about=slug(set_id),
            figures=(out_of, len(base)),
        )  # fmt: skip


# --- met and not met ---------------------------------------------------------------------------


def find_share_rests(plan: Plan) -> Iterator[Finding]:
    """Hold the units that words call met against those that words call not met."""
    unmet = _by_criterion(plan, Subject.UNITS_NOT_MET)
    for key, met in _by_criterion(plan, Subject.UNITS_MET).items():
        for one in met:
            for two in unmet.get(key, ()):
                both = _named(plan, one) & _named(plan, two)
                counts = _counts(one, two)
                if both or counts:
                    yield _rest_finding(plan, key, (one, two), plan.ordered(both), counts)


def _by_criterion(plan: Plan, subject: Subject) -> dict[Key, list[Statement]]:
    """Gather shares of communes; the same said twice is one."""
    shares = (s for s in plan.said(subject) if s.set and s.number and s.measure == "communes")
    once = {(s.set, s.number, counted(s), s.out_of, frozenset(s.units)): s for s in shares}
    return gather(once.values(), lambda s: (s.set or "", s.number))


def _named(plan: Plan, s: Statement) -> set[str]:
    """Return the units that a sentence names itself; "all but these" names those left out."""
    return set() if s.units_role == "except" else set(plan.named_units(s))


def _counts(met: Statement, unmet: Statement) -> tuple[Span, Span, float] | None:
    """Return met, not met and the base, where they do not add up."""
    base = met.out_of if met.out_of is not None else unmet.out_of
    one, two = counted(met), counted(unmet)
    # Names without a figure are all of them only where the words say so.
    if two is None and unmet.units and "còn lại" in unmet.text.casefold():
        two = Span(len(unmet.units), len(unmet.units))
    if one is None or two is None or base is None or add(one, two).holds(base):
        return None
    return (one, two, base)


def _rest_finding(
    plan: Plan,
    key: Key,
    said: tuple[Statement, Statement],
    both: tuple[str, ...],
    counts: tuple[Span, Span, float] | None,
) -> Finding:
    met, unmet = said
    together = add(counts[0], counts[1]) if counts else None
    return Finding(
        rule="share-rest",
        severity=Severity.CONTRADICTION,
        clauses=unique(s.clause for s in said),
        title=fill(
            "{criterion}: lời văn tính đạt {a}, chưa đạt {b}, trên {c}",
            "{criterion}: {a} met and {b} not met, out of {c}, in words",
            criterion=plan.heading(key), a=counts[0].text, b=counts[1].text, c=counts[2],
        ) if counts else fill(
            "{criterion}: lời văn nói vừa đạt vừa chưa đạt",
            "{criterion}: both met and not met in words",
            criterion=plan.heading(key),
        ),
        statement_a=cite(met),
        statement_b=cite(unmet),
        unit_codes=both,
        criterion=criterion_key(*key),
        difference=together.difference(counts[2]) if counts and together else None,
        hint=sentences(
            Text("Sửa một trong hai câu.", "Mend one of the two sentences."),
            fill(
                "Cả hai câu đều kể: {units}.", "Both name: {units}.", units=plan.names(both)
            ) if both else None,
        ),
        about=slug(*key),
        figures=(
            *((*counts[0].figures, *counts[1].figures, counts[2]) if counts else ()), len(both)
        ),
        key=tuple(f"{s.subject}-{code}" for s in said for code in s.units),
    )  # fmt: skip


RULES = (
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
            "Mẫu số của tỷ số là số xã của bộ tiêu chí, của một bảng trong đó, hoặc cả huyện.",
            "A share is out of the communes of a set's tables, of one table, or of the district.",
        ),
        find_share_bases,
    ),
    Rule(
        "share-rest",
        Text("Số đạt và số còn lại", "Met and not met"),
        Text(
            "Số xã đạt và số xã chưa đạt cộng lại bằng tổng; không xã nào ở cả hai bên.",
            "Communes met and not met add up to all, and none is on both sides.",
        ),
        find_share_rests,
        reads=(Subject.UNITS_MET, Subject.UNITS_NOT_MET),
    ),
)
