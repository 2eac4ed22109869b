"""The state of every criterion in every unit: what is kept, what is targeted, what feeds it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.model import CriteriaSet, CriterionStatus, State, Status, Target
from ntm_geo.progress import WorkProgress
from ntm_geo.schemas import Record

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = [
    "criterion", "set", "number", "name_vi", "name_en", "unit_code", "unit_name", "asset_id",
    "asset_name", "state", "status", "works", "works_shared", "works_completed", "work_ids",
    "measures", "measure_ids", "office", "clause",
]  # fmt: skip


def criterion_key(set_id: str | None, number: int | None) -> str | None:
    """Return a criterion as people name it: "commune:2", or the set alone.

    Examples
    --------
    >>> criterion_key("commune", 2), criterion_key("village", None), criterion_key(None, None)
    ('commune:2', 'village', None)
    """
    return f"{set_id}:{number}" if set_id and number else set_id


@dataclass(frozen=True)
class _Subject:
    """Who a criterion is held against: a unit, the district, or a village in a unit."""

    unit_code: str
    asset_id: str | None


def criteria_frame(record: Record, progress: Mapping[str, WorkProgress]) -> "pd.DataFrame":
    """Return one row for each criterion of each subject that has any target of the set.

    A work feeds the criterion that it names, in its own unit; a work of the whole district that
    names a criterion of the communes feeds it in every commune (the plan's "on the territory of
    the communes"). Cancelled works feed nothing.

    A criterion is

    - `maintained`: the plan counts it as met and wants it kept,
    - `achieved`: it is a target, and every work that feeds it is completed; the appraisal that
      recognises it is another matter and not derived from works,
    - `in_hand`: it is a target, and a work that feeds it is not completed,
    - `unfed`: it is a target, and no work feeds it,
    - `untargeted`: neither kept nor targeted.

    Parameters
    ----------
    record
        A checked record.
    progress
        Each work's progress, by `work_id`.

    Returns
    -------
    criteria
        Columns `criterion` ("commune:2"), `set`, `number`, `name_vi`, `name_en`, `unit_code`,
        `unit_name`, `asset_id`, `asset_name`, `state`, `status`, `works`, `works_shared` (of the
        whole district), `works_completed`, `work_ids` (all that are counted, the unit's own
        first), `measures`, `measure_ids`, `office` (who answers), `clause`; lists are
        "|"-joined.
    """
    import pandas as pd

    frame = pd.DataFrame(list(_rows(record, progress)), columns=_COLUMNS)
    return frame.astype({"number": "Int64"})


def _rows(record: Record, progress: Mapping[str, WorkProgress]) -> Iterator[dict[str, object]]:
    names = record.unit_names()
    villages = {asset.asset_id: asset.name for asset in record.assets}
    # What is both kept and targeted counts as not met, so targets come last.
    by_state = sorted(record.targets, key=lambda t: t.state == State.ACHIEVE)
    targets = {(t.set, t.number, _Subject(t.unit_code, t.asset_id)): t for t in by_state}
    for definition in record.criteria_sets.values():
        for subject in _subjects(record.targets, definition):
            for number in _numbers(record.targets, definition, subject):
                target = targets.get((definition.id, number, subject))
                name = definition.name_of(number) if number else None
                yield {
                    "criterion": criterion_key(definition.id, number),
                    "set": definition.id,
                    "number": number,
                    "name_vi": name.vi if name else definition.vi,
                    "name_en": name.en if name else definition.en,
                    "unit_code": subject.unit_code,
                    "unit_name": names[subject.unit_code],
                    "asset_id": subject.asset_id,
                    "asset_name": villages.get(subject.asset_id or ""),
                    "state": target.state.value if target else None,
                    **_fed(
                        record,
                        progress,
                        definition=definition,
                        number=number,
                        subject=subject,
                        target=target,
                    ),
                    "clause": target.clause if target else None,
                }


def _subjects(targets: Iterable[Target], definition: CriteriaSet) -> list[_Subject]:
    """Subjects with any target of the set, in the order of the record."""
    chosen = (t for t in targets if t.set == definition.id)
    return list(dict.fromkeys(_Subject(t.unit_code, t.asset_id) for t in chosen))


def _numbers(
    targets: Iterable[Target], definition: CriteriaSet, subject: _Subject
) -> Iterable[int | None]:
    """All numbers of the set, or None alone where the plan speaks of the set as a whole."""
    mine = [
        t.number
        for t in targets
        if t.set == definition.id and _Subject(t.unit_code, t.asset_id) == subject
    ]
    return definition.numbers if any(mine) else [None]


def _fed(  # noqa: PLR0913 (one row's facts)
    record: Record,
    progress: Mapping[str, WorkProgress],
    *,
    definition: CriteriaSet,
    number: int | None,
    subject: _Subject,
    target: Target | None,
) -> dict[str, object]:
    district = record.project.district.code
    named = [w for w in record.works if (w.set, w.number) == (definition.id, number)]
    live = [w for w in named if progress[w.work_id].status != Status.CANCELLED]
    own = [
        w
        for w in live
        if w.unit_code == subject.unit_code and subject.asset_id in (None, w.asset_id)
    ]
    is_commune_set = definition.level == "commune"
    shared = [w for w in live if is_commune_set and w.unit_code == district]
    done = [w for w in own + shared if progress[w.work_id].status == Status.COMPLETED]
    reach = {subject.unit_code, district} if is_commune_set else {subject.unit_code}
    answers = [
        a.office
        for a in record.assignments
        if a.role == "answers"
        and (a.set, a.number) == (definition.id, number)
        and a.unit_code in reach
    ]
    measures = [
        m
        for m in record.measures
        if (m.set, m.number) == (definition.id, number) and m.unit_code in reach
    ]
    return {
        "status": _status(target, len(own) + len(shared), len(done)).value,
        "works": len(own),
        "works_shared": len(shared),
        "works_completed": len(done),
        "work_ids": "|".join(w.work_id for w in own + shared),
        "measures": len(measures),
        "measure_ids": "|".join(m.measure_id for m in measures),
        "office": "|".join(dict.fromkeys(answers)),
    }


def _status(target: Target | None, works: int, completed: int) -> CriterionStatus:
    if target is None:
        return CriterionStatus.UNTARGETED
    if target.state == State.MAINTAIN:
        return CriterionStatus.MAINTAINED
    if works == 0:
        return CriterionStatus.UNFED
    return CriterionStatus.ACHIEVED if completed == works else CriterionStatus.IN_HAND
