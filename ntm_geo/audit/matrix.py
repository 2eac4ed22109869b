"""The responsibility matrix: which office has what part in which target, and where nobody has.

It reads the assignments as the rules do, so that a blank or unclear row is what
`target-unanswered` finds, and offices that answer apart from each other are what `answer-shared`
finds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ntm_geo.audit.plan import Key, Plan
from ntm_geo.audit.rules.answers import is_joint, is_targeted, unanswered
from ntm_geo.audit.words import fill, join, places, unique
from ntm_geo.criteria import criterion_key
from ntm_geo.errors import Text
from ntm_geo.labels import ROLES
from ntm_geo.model import Assignment, Office, State, Target
from ntm_geo.schemas import Record


class Cover(StrEnum):
    """How a target is answered for."""

    ONE = "one"
    """One office answers."""
    JOINT = "joint"
    """Offices that one place of the plan names together."""
    CONFLICT = "conflict"
    """Offices that different places of the plan name."""
    UNCLEAR = "unclear"
    """Words give it to an office that no row names, or a number of which no set is printed."""
    NOBODY = "nobody"
    """No office answers; others may guide or carry out."""
    UNTARGETED = "untargeted"
    """An office answers for reaching what no table targets."""
    KEPT = "kept"
    """Met and to be kept: the plan makes nobody answer for reaching it."""


COVERS = {
    Cover.ONE: Text("một cơ quan", "one office"),
    Cover.JOINT: Text("cùng chịu trách nhiệm", "jointly"),
    Cover.CONFLICT: Text("chồng chéo", "conflict"),
    Cover.UNCLEAR: Text("không rõ ai chịu trách nhiệm", "not clear who answers"),
    Cover.NOBODY: Text("không ai chịu trách nhiệm", "nobody answers"),
    Cover.UNTARGETED: Text("giao mà không có chỉ tiêu", "answered for, not targeted"),
    Cover.KEPT: Text("duy trì", "kept"),
}
"""What people call them."""

_AFTER_TARGETS = {Cover.UNTARGETED: 1, Cover.KEPT: 2}
"""Where rows stand that nobody has to reach."""


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One target, and what each office has to do with it.

    Parameters
    ----------
    key
        Its set and number; no number where the plan speaks of the set as a whole.
    title
        The criterion's number and name, and its set where that is not the main one.
    unit_code, unit_name
        Where it is to be reached; the district's own code where it is one of the district.
    asset_id, asset_name
        The village that it is held against, None elsewhere.
    clause
        Where the plan sets the target; None where it does not.
    cover
        How it is answered for.
    parts
        The assignments of each office that has any, by the office's id.
    """

    key: Key
    title: Text
    unit_code: str
    unit_name: str
    asset_id: str | None
    asset_name: str | None
    clause: str | None
    cover: Cover
    parts: Mapping[str, tuple[Assignment, ...]]

    @property
    def criterion(self) -> str:
        """The criterion as "commune:2", or the set alone."""
        return criterion_key(*self.key) or self.key[0]

    @property
    def answering(self) -> tuple[str, ...]:
        """Ids of the offices that answer for it."""
        return tuple(o for o, rows in self.parts.items() if any(a.role == "answers" for a in rows))

    def part(self, office_id: str) -> Text:
        """Say what an office has to do with it, and where the plan says so; empty for nothing."""
        rows = self.parts.get(office_id, ())
        roles: dict[tuple[str, ...], list[Text]] = {}
        for role, text in ROLES.items():
            if clauses := unique(a.clause for a in rows if a.role == role):
                roles.setdefault(clauses, []).append(text)
        return join(
            (
                fill("{roles} ({where})", "{roles} ({where})", roles=join(r), where=places(c))
                for c, r in roles.items()
            ),
            "; ",
        )


@dataclass(frozen=True)
class Matrix:
    """Offices by targets.

    Parameters
    ----------
    offices
        Every office that has an assignment, in the record's order: the columns.
    rows
        What is to be reached, then what is answered for without a target, then what is kept.
    """

    offices: tuple[Office, ...]
    rows: tuple[MatrixRow, ...]


def responsibility_matrix(record: Record) -> Matrix:
    """Hold the targets of the tables against the offices of the assignments.

    Parameters
    ----------
    record
        A checked record.

    Returns
    -------
    matrix
        One row a row of the targets, and one for each place where an office answers for reaching
        what is no target.
    """
    plan = Plan(record)
    assigned = {assignment.office for assignment in record.assignments}
    offices = tuple(office for office in record.offices if office.office_id in assigned)
    sets = list(dict.fromkeys(target.set for target in record.targets))
    rows = sorted(
        (*_target_rows(plan), *_untargeted_rows(plan)),
        key=lambda row: (
            _AFTER_TARGETS.get(row.cover, 0),
            sets.index(row.key[0]) if row.key[0] in sets else len(sets),
            row.key[1] or 0,
        ),
    )
    return Matrix(offices, tuple(rows))  # sorting is stable: units keep the order of the record


def _target_rows(plan: Plan) -> Iterator[MatrixRow]:
    unclear = {(of.key, unit) for of in unanswered(plan) for unit in of.unclear}
    for target in plan.record.targets:
        key = (target.set, target.number)
        cover = _cover(plan, target)
        if cover == Cover.NOBODY and (key, target.unit_code) in unclear:
            cover = Cover.UNCLEAR
        yield _row(plan, key, target.unit_code, cover, target)


def _cover(plan: Plan, target: Target) -> Cover:
    rows = plan.answers((target.set, target.number), target.unit_code)
    if target.state != State.ACHIEVE:
        own = (a for a in rows if a.unit_code == target.unit_code)
        return Cover.KEPT if all(is_targeted(plan, a) for a in own) else Cover.UNTARGETED
    if not rows:
        return Cover.NOBODY
    if len({a.office for a in rows}) == 1:
        return Cover.ONE
    return Cover.JOINT if is_joint({a.clause for a in rows}) else Cover.CONFLICT


def _untargeted_rows(plan: Plan) -> Iterator[MatrixRow]:
    """Yield what offices answer for where the targets have no row at all."""
    listed = {((t.set, t.number), t.unit_code) for t in plan.record.targets}
    astray = dict.fromkeys(
        ((a.set, a.number), a.unit_code)
        for a in plan.record.assignments
        if a.role == "answers" and a.set is not None and not is_targeted(plan, a)
    )
    for (set_id, number), unit_code in astray:
        if set_id is not None and ((set_id, number), unit_code) not in listed:
            yield _row(plan, (set_id, number), unit_code, Cover.UNTARGETED)


def _row(
    plan: Plan, key: Key, unit_code: str, cover: Cover, target: Target | None = None
) -> MatrixRow:
    assigned = plan.assigned(key, unit_code)
    asset_id = target.asset_id if target else None
    return MatrixRow(
        key=key,
        title=plan.heading(key),
        unit_code=unit_code,
        unit_name=plan.name(unit_code),
        asset_id=asset_id,
        asset_name=next((a.name for a in plan.record.assets if a.asset_id == asset_id), None),
        clause=target.clause if target else None,
        cover=cover,
        parts={
            office: tuple(a for a in assigned if a.office == office)
            for office in unique(a.office for a in assigned)
        },
    )
