"""Shares said in words ("9/13 communes, the others …") against the tables, by count and by name."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.spans import Span, counted
from ntm_geo.audit.words import (
    cite,
    fill,
    join,
    places,
    quote,
    sentences,
    slug,
    unique,
)
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.model import State, Statement, Subject

_MET = (Subject.UNITS_MET, Subject.UNITS_MAINTAIN)
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

    counts_kept: bool = False
    """Whether units that keep it already are among those of the table."""

    @property
    def said(self) -> Span:
        """How many units the narrative counts."""
        return self.figure or Span(len(self.named), len(self.named))

    @property
    def astray(self) -> tuple[str, ...]:
        return (*self.missing, *self.extra)

    @property
    def is_counted(self) -> bool:
        """Whether a figure says how many they are: only then is the list sure to be complete."""
        return self.figure is not None

    @property
    def figure(self) -> Span | None:
        """The figure that stands in its words."""
        return next(filter(None, map(counted, self.statements)), None)

    @property
    def shown(self) -> Text | None:
        """The figure that stands in its words, as a sentence names it."""
        return self.figure.text if self.figure else None

    @property
    def is_same_count(self) -> bool:
        return self.said.holds(len(self.listed))

    @property
    def difference(self) -> float:
        return self.said.difference(len(self.listed))

    @property
    def figures(self) -> tuple[float, ...]:
        return (*self.said.figures, len(self.listed))


def _names_units(plan: Plan, s: Statement) -> bool:
    """Whether it says which units it counts: it lists them, or it counts all of them."""
    return bool(s.units) or bool(plan.named_units(s))


def _share(plan: Plan, s: Statement, listed: tuple[str, ...]) -> _Share:
    key = (s.set or plan.record.project.main_set, s.number)
    named = plan.named_units(s)
    # Of a share of one table's communes, the others are no matter.
    if s.out_of is not None:
        listed = tuple(unit for unit in listed if unit in (*plan.base_of(s), *named))
    return _Share(
        key=key,
        statements=(s,),
        named=named,
        listed=listed,
        missing=plan.ordered(set(named) - set(listed)),
        extra=plan.ordered(set(listed) - set(named)) if _names_units(plan, s) else (),
        counts_kept=any(plan.state(key, unit) == State.MAINTAIN for unit in listed),
    )


def _differing(
    plan: Plan, subjects: Sequence[Subject], listed: Callable[[Statement, Key], tuple[str, ...]]
) -> list[_Share]:
    """Return what differs from the table; the same said twice is one."""
    same: dict[tuple[object, ...], _Share] = {}
    for s in plan.said(*subjects):
        if s.set is None or s.number is None:
            continue
        share = _share(plan, s, listed(s, (s.set, s.number)))
        is_count = s.value is not None and not _names_units(plan, s)
        if share.astray or (is_count and not share.is_same_count):
            key = (share.key, share.missing, share.extra, share.said)
            before = same[key].statements if key in same else ()
            same[key] = replace(share, statements=(*before, s))
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


def _answering(plan: Plan, share: _Share) -> tuple[str, ...]:
    """Return where an office is made to answer for reaching what the narrative calls met."""
    return unique(a.clause for unit in share.missing for a in plan.answers(share.key, unit))


def _sides(plan: Plan, share: _Share) -> Text | None:
    clauses = _answering(plan, share)
    if not clauses:
        return None
    return fill(
        "{clauses} giao cơ quan chịu trách nhiệm phấn đấu đạt, như bảng.",
        "{clauses} makes an office answer for reaching it, as the table does.",
        clauses=places(clauses),
    )


# --- met ---------------------------------------------------------------------------------------


def find_met_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units that the narrative counts as met, or wants kept, against what the table keeps."""
    for share in _differing(plan, _MET, lambda _, key: plan.with_state(key, State.MAINTAIN)):
        yield _met_finding(plan, share)


def _met_finding(plan: Plan, share: _Share) -> Finding:
    reservation = _reservation(plan, share)
    return Finding(
        rule="share-met",
        severity=_weigh_met(plan, share, reservation),
        clauses=unique((*_clauses(plan, share), *_answering(plan, share))),
        title=_met_title(plan, share, reservation),
        statement_a=cite(*share.statements, figure=share.shown),
        statement_b=_table_says(plan, share, Text("duy trì", "keeps it")),
        unit_codes=share.astray,
        criterion=criterion_key(*share.key),
        difference=share.difference,
        hint=sentences(
            fill(
                "Thống nhất lời văn và bảng về {units}.",
                "Make words and table agree on {units}.",
                units=plan.names(share.astray),
            ) if share.astray else Text("Thống nhất hai con số.", "Make both figures agree."),
            _sides(plan, share),
            fill(
                "Chính mục đó nói thêm: {words}.",
                "The same clause goes on: {words}.",
                words=quote(reservation.text),
            ) if reservation else None,
        ),
        about=slug(*share.key),
        figures=share.figures,
    )  # fmt: skip


def _reservation(plan: Plan, share: _Share) -> Statement | None:
    """Return what the same clause says is not met, where it names no unit: it takes half back."""
    clauses = {s.clause for s in share.statements}
    return next(
        (
            s
            for s in plan.said(Subject.UNITS_NOT_MET)
            if (s.set, s.number) == share.key and s.clause in clauses and not s.units
        ),
        None,
    )


def _weigh_met(plan: Plan, share: _Share, reservation: Statement | None) -> Severity:
    """Weigh words against the table: figures and targets cannot both be right, hedges can."""
    is_targeted = any(plan.state(share.key, u) == State.ACHIEVE for u in share.missing)
    if share.is_counted or is_targeted:
        return Severity.CONTRADICTION
    return Severity.NOTE if reservation or not share.missing else Severity.GAP


def _met_title(plan: Plan, share: _Share, reservation: Statement | None) -> Text:
    if not share.is_counted and not share.missing:
        return fill(
            "{criterion}: lời văn kể {a} nơi, bảng có {b}",
            "{criterion}: {a} named in words, {b} in the table",
            criterion=plan.heading(share.key),
            a=share.said.text,
            b=len(share.listed),
        )
    if not share.is_counted:
        return fill(
            "{criterion}: lời văn nói đã đạt{how}, bảng không duy trì",
            "{criterion}: met in words{how}, not kept by the table",
            criterion=plan.heading(share.key),
            how=Text(" nhưng còn bảo lưu", ", with a reservation") if reservation else "",
        )
    if share.is_same_count:
        return _other_units_title(plan, share)
    return fill(
        "{criterion}: lời văn tính {a} nơi đã đạt, bảng duy trì {b}",
        "{criterion}: met in {a} in words, kept in {b} by the table",
        criterion=plan.heading(share.key), a=share.said.text, b=len(share.listed),
    )  # fmt: skip


def _other_units_title(plan: Plan, share: _Share) -> Text:
    """Title words and a table that count the same and mean other units."""
    return fill(
        "{criterion}: lời văn và bảng cùng {n} nơi, khác tên",
        "{criterion}: {n} both in words and in the table, but not the same",
        criterion=plan.heading(share.key), n=share.said.text,
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


# --- targeted ----------------------------------------------------------------------------------


def find_target_shares(plan: Plan) -> Iterator[Finding]:
    """Hold units in which the narrative wants a criterion reached against the table's targets."""
    for share in _differing(plan, (Subject.UNITS_TARGET,), functools.partial(_aimed_at, plan)):
        yield _target_finding(plan, share)


def _aimed_at(plan: Plan, s: Statement, key: Key) -> tuple[str, ...]:
    """Return the units that the table targets; of a share of all, those that keep it too.

    "By the end of the year 4 of 5 meet it" counts what is met already, "4 of 5 are to reach it"
    may not: the reading that is nearer to the table is taken.
    """
    aims = plan.with_state(key, State.ACHIEVE)
    if s.out_of is None:
        return aims
    every = plan.ordered((*plan.with_state(key, State.MAINTAIN), *aims))
    return min((aims, every), key=lambda units: _distance(_share(plan, s, units)))


def _distance(share: _Share) -> float:
    """Return by how many units words and table differ."""
    return len(share.astray) or abs(share.difference)


def _target_finding(plan: Plan, share: _Share) -> Finding:
    kept = [u for u in share.missing if plan.state(share.key, u) == State.MAINTAIN]
    is_all_kept = bool(kept) and len(kept) == len(share.astray)
    is_open_list = not share.is_counted and not share.missing
    return Finding(
        rule="share-target",
        severity=Severity.NOTE if is_all_kept or is_open_list else Severity.CONTRADICTION,
        clauses=_clauses(plan, share),
        title=_target_title(plan, share, is_all_kept=is_all_kept),
        statement_a=cite(*share.statements, figure=share.shown),
        statement_b=_table_says(
            plan,
            share,
            Text("duy trì hoặc phấn đấu đạt", "keeps or targets it")
            if share.counts_kept
            else Text("phấn đấu đạt", "targets it"),
        ),
        unit_codes=share.astray,
        criterion=criterion_key(*share.key),
        difference=share.difference,
        hint=_kept_hint() if is_all_kept else fill(
            "Khớp nếu thêm vào bảng, hoặc trừ ra ở lời văn: {units}.",
            "They agree if the table adds, or the words leave out: {units}.",
            units=plan.names(share.astray),
        ),
        about=slug(*share.key),
        figures=share.figures,
    )  # fmt: skip


def _target_title(plan: Plan, share: _Share, *, is_all_kept: bool) -> Text:
    if is_all_kept:
        return fill(
            "{criterion}: lời văn còn phải làm ở {n} nơi, bảng coi là đã đạt",
            "{criterion}: still to be done in {n} in words, counted as met by the table",
            criterion=plan.heading(share.key), n=share.said.text,
        )  # fmt: skip
    if share.is_same_count:
        return _other_units_title(plan, share)
    if share.counts_kept:
        return fill(
            "{criterion}: lời văn tính {a} nơi sẽ đạt, bảng duy trì hoặc phấn đấu ở {b}",
            "{criterion}: {a} to have it in words, kept or targeted in {b} by the table",
            criterion=plan.heading(share.key), a=share.said.text, b=len(share.listed),
        )  # fmt: skip
    return fill(
        "{criterion}: lời văn phấn đấu ở {a} nơi, bảng ở {b}",
        "{criterion}: aimed at in {a} in words, targeted in {b} by the table",
        criterion=plan.heading(share.key), a=share.said.text, b=len(share.listed),
    )  # fmt: skip


def _kept_hint() -> Text:
    return Text(
        "Bảng coi là đã đạt; kiểm tra việc nêu ở đây có phải điều kiện để còn đạt không.",
        "The table counts it as met; check whether what is still to do is needed to stay met.",
    )


RULES = (
    Rule(
        "share-met",
        Text("Lời văn nói đã đạt, bảng nói khác", "Met in words, not in the table"),
        Text(
            "Đơn vị mà lời văn tính là đã đạt phải được bảng duy trì, đủ số và đúng tên.",
            "Units counted as met in words must be those the table keeps, by count and by name.",
        ),
        find_met_shares,
        reads=(Subject.UNITS_MET, Subject.UNITS_MAINTAIN, Subject.UNITS_NOT_MET),
    ),
    Rule(
        "share-target",
        Text("Lời văn phấn đấu, bảng nói khác", "Targeted in words, not in the table"),
        Text(
            "Đơn vị mà lời văn muốn đạt phải được bảng phấn đấu, đủ số và đúng tên.",
            "Units to reach a criterion in words must be those the table targets.",
        ),
        find_target_shares,
        reads=(Subject.UNITS_TARGET,),
    ),
)
