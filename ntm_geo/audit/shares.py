"""Shares said in words ("9/13 communes, the others …") against the tables, by count and by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import cite, fill, join, places, sentences, slug, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import State, Statement

_MET = ("units_met", "units_maintain")
_MAIN_CLAUSE_UNITS = 4
"""Up to so many units, the table rows that they stand in are named."""


@dataclass(frozen=True)
class _Share:
    """What the narrative says of one criterion, and how the table differs."""

    key: Key
    statements: tuple[Statement, ...]
    named: tuple[str, ...]
    listed: tuple[str, ...]
    """Units in which the table says the same."""
    missing: tuple[str, ...]
    """Units that the narrative counts and the table does not."""
    extra: tuple[str, ...]
    """Units that the table counts and the narrative does not."""

    @property
    def said(self) -> float:
        """How many units the narrative counts."""
        value = self.statements[0].value
        return len(self.named) if value is None else value

    @property
    def astray(self) -> tuple[str, ...]:
        return (*self.missing, *self.extra)


def _names_units(plan: Plan, s: Statement) -> bool:
    """Whether it says which units it counts: it lists them, or it counts all of them."""
    return bool(s.units) or bool(plan.named_units(s))


def _share(plan: Plan, s: Statement, listed: tuple[str, ...]) -> _Share:
    named = plan.named_units(s)
    is_full = _names_units(plan, s) and s.value is not None
    return _Share(
        key=(s.set or plan.record.project.main_set, s.number),
        statements=(s,),
        named=named,
        listed=listed,
        missing=plan.ordered(set(named) - set(listed)),
        extra=plan.ordered(set(listed) - set(named)) if is_full else (),
    )


def _differing(
    plan: Plan, subjects: Sequence[str], listed: Callable[[Key], tuple[str, ...]]
) -> list[_Share]:
    """Return what differs from the table; the same said twice is one."""
    same: dict[tuple[object, ...], _Share] = {}
    for s in plan.said(*subjects):
        if s.set is None or s.number is None:
            continue
        share = _share(plan, s, listed((s.set, s.number)))
        is_count = s.value is not None and not _names_units(plan, s)
        if share.astray or (is_count and s.value != len(share.listed)):
            key = (share.key, share.missing, share.extra, share.said)
            before = same[key].statements if key in same else ()
            same[key] = _Share(**{**vars(share), "statements": (*before, s)})
    return list(same.values())


def _clauses(plan: Plan, share: _Share) -> tuple[str, ...]:
    told = share.astray if len(share.astray) <= _MAIN_CLAUSE_UNITS else ()
    said = (s.clause for s in share.statements)
    return unique((*said, *plan.clauses(share.key, told)))


def _states(plan: Plan, key: Key, units: Sequence[str]) -> Text:
    """Say what the table wants in these units, grouped by what it wants."""
    words: Mapping[State | None, Text] = {
        State.MAINTAIN: Text("duy trì", "kept"),
        State.ACHIEVE: Text("còn phấn đấu", "still targeted"),
        None: Text("không duy trì, không phấn đấu", "neither kept nor targeted"),
    }
    groups = {state: [u for u in units if plan.state(key, u) == state] for state in words}
    return join(
        (
            fill("{units} ({state})", "{units} ({state})", state=words[state], units=plan.names(of))
            for state, of in groups.items()
            if of
        ),
        "; ",
    )


def _sides(plan: Plan, share: _Share) -> Text | None:
    """Tell where an office is made to answer for reaching what the narrative calls met."""
    found = [a for unit in share.missing for a in plan.answers(share.key, unit)]
    if not found:
        return None
    return fill(
        "{clauses} giao cơ quan chịu trách nhiệm phấn đấu đạt, như bảng.",
        "{clauses} makes an office answer for reaching it, as the table does.",
        clauses=places(a.clause for a in found),
    )


# --- met ---------------------------------------------------------------------------------------


def find_met_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units that the narrative counts as met, or wants kept, against what the table keeps."""
    for share in _differing(plan, _MET, lambda key: plan.with_state(key, State.MAINTAIN)):
        yield _met_finding(plan, share)


def _met_finding(plan: Plan, share: _Share) -> Finding:
    targeted = [u for u in share.missing if plan.state(share.key, u) == State.ACHIEVE]
    is_counted = share.statements[0].value is not None
    return Finding(
        rule="share-met",
        severity=Severity.CONTRADICTION if is_counted or targeted else Severity.GAP,
        clauses=_clauses(plan, share),
        title=_met_title(plan, share),
        statement_a=cite(*share.statements, figure=share.statements[0].value),
        statement_b=_table_says(plan, share, Text("duy trì", "keeps it")),
        unit_codes=share.astray,
        criterion=criterion_key(*share.key),
        difference=share.said - len(share.listed),
        hint=sentences(
            fill(
                "Thống nhất lời văn và bảng về {units}.",
                "Make words and table agree on {units}.",
                units=plan.names(share.astray),
            ) if share.astray else Text("Thống nhất hai con số.", "Make both figures agree."),
            _sides(plan, share),
        ),
        about=slug(*share.key),
        figures=(share.said, len(share.listed)),
    )  # fmt: skip


def _met_title(plan: Plan, share: _Share) -> Text:
    if share.statements[0].value is None:
        return fill(
            "{criterion}: lời văn nói đã đạt, bảng không duy trì",
            "{criterion}: met in words, not kept by the table",
            criterion=plan.heading(share.key),
        )
    return fill(
        "{criterion}: lời văn tính {a} nơi đã đạt, bảng duy trì {b}",
        "{criterion}: met in {a} in words, kept in {b} by the table",
        criterion=plan.heading(share.key), a=share.said, b=len(share.listed),
    )  # fmt: skip


def _table_says(plan: Plan, share: _Share, verb: Text) -> Text:
    return sentences(
        fill(
            "Bảng {verb} ở {n} nơi.",
            "The table {verb} in {n}.",
            verb=verb, n=len(share.listed),
        ),
        fill(
            "Khác nhau ở {states}.",
            "They differ in {states}.",
            states=_states(plan, share.key, share.astray),
        ) if share.astray else None,
    )  # fmt: skip


def find_unmet_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units that the narrative calls not met against what the table keeps."""
    for s in plan.said("units_not_met"):
        if s.set is None or s.number is None:
            continue
        key = (s.set, s.number)
        kept = plan.with_state(key, State.MAINTAIN)
        astray = plan.ordered(set(plan.named_units(s)) & set(kept))
        if astray:
            named = s.value if s.value is not None else len(plan.named_units(s))
            yield Finding(
                rule="share-unmet",
                severity=Severity.CONTRADICTION,
                clauses=unique((s.clause, *plan.clauses(key, astray))),
                title=fill(
                    "{criterion}: lời văn nói chưa đạt, bảng duy trì",
                    "{criterion}: not met in words, kept by the table",
                    criterion=plan.heading(key),
                ),
                statement_a=cite(s, figure=named),
                statement_b=fill(
                    "Bảng duy trì ở {n} nơi trong số đó: {units}.",
                    "The table keeps it in {n} of them: {units}.",
                    n=len(astray), units=plan.names(astray),
                ),
                unit_codes=astray,
                criterion=criterion_key(*key),
                difference=len(astray),
                hint=Text("Sửa lời văn hoặc bảng.", "Mend the words or the table."),
                about=slug(*key, s.statement_id),
                figures=(named, len(astray)),
            )  # fmt: skip


# --- targeted ----------------------------------------------------------------------------------


def find_target_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units in which the narrative wants a criterion reached against the table's targets."""
    for share in _differing(
        plan, ("units_target",), lambda key: plan.with_state(key, State.ACHIEVE)
    ):
        yield _target_finding(plan, share)


def _target_finding(plan: Plan, share: _Share) -> Finding:
    kept = [u for u in share.missing if plan.state(share.key, u) == State.MAINTAIN]
    is_all_kept = bool(kept) and len(kept) == len(share.astray)
    return Finding(
        rule="share-target",
        severity=Severity.NOTE if is_all_kept else Severity.CONTRADICTION,
        clauses=_clauses(plan, share),
        title=_target_title(plan, share, is_all_kept=is_all_kept),
        statement_a=cite(*share.statements, figure=share.statements[0].value),
        statement_b=_table_says(plan, share, Text("phấn đấu đạt", "targets it")),
        unit_codes=share.astray,
        criterion=criterion_key(*share.key),
        difference=share.said - len(share.listed),
        hint=_kept_hint() if is_all_kept else fill(
            "Khớp nếu thêm vào bảng, hoặc trừ ra ở lời văn: {units}.",
            "They agree if the table adds, or the words leave out: {units}.",
            units=plan.names(share.astray),
        ),
        about=slug(*share.key),
        figures=(share.said, len(share.listed)),
    )  # fmt: skip


def _target_title(plan: Plan, share: _Share, *, is_all_kept: bool) -> Text:
    if is_all_kept:
        return fill(
            "{criterion}: lời văn còn phải làm ở {n} nơi, bảng coi là đã đạt",
            "{criterion}: still to be done in {n} in words, counted as met by the table",
            criterion=plan.heading(share.key), n=share.said,
        )  # fmt: skip
    return fill(
        "{criterion}: lời văn phấn đấu ở {a} nơi, bảng ở {b}",
        "{criterion}: aimed at in {a} in words, targeted in {b} by the table",
        criterion=plan.heading(share.key), a=share.said, b=len(share.listed),
    )  # fmt: skip


def _kept_hint() -> Text:
    return Text(
        "Bảng coi là đã đạt; kiểm tra việc nêu ở đây có phải điều kiện để còn đạt không.",
        "The table counts it as met; check whether what is still to do is needed to stay met.",
    )


# --- the share by itself -----------------------------------------------------------------------


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
        "share-met",
        Text("Lời văn nói đã đạt, bảng nói khác", "Met in words, not in the table"),
        Text(
            "Đơn vị mà lời văn tính là đã đạt phải được bảng duy trì, đủ số và đúng tên.",
            "Units counted as met in words must be those the table keeps, by count and by name.",
        ),
        find_met_shares,
    ),
    Rule(
        "share-unmet",
        Text("Lời văn nói chưa đạt, bảng duy trì", "Not met in words, kept by the table"),
        Text(
            "Đơn vị mà lời văn nói chưa đạt không được là đơn vị duy trì trong bảng.",
            "Units called not met in words must not be kept by the table.",
        ),
        find_unmet_shares,
    ),
    Rule(
        "share-target",
        Text("Lời văn phấn đấu, bảng nói khác", "Targeted in words, not in the table"),
        Text(
            "Đơn vị mà lời văn muốn đạt phải được bảng phấn đấu, đủ số và đúng tên.",
            "Units to reach a criterion in words must be those the table targets.",
        ),
        find_target_shares,
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
