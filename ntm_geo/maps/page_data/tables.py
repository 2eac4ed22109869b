"""Rows of the page's tables: the things of a district, and what they name by id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ntm_geo.errors import Text

Geometry = Mapping[str, Any]
"""GeoJSON geometry (RFC 7946), longitude and latitude rounded to about a metre."""

Place = tuple[float, float]
"""Longitude and latitude [degree, EPSG:4326]."""


@dataclass(frozen=True, kw_only=True)
class UnitData:
    """An administrative unit.

    Attributes
    ----------
    unit_code
        Its code.
    name
        Its name.
    kind
        Commune, ward or town.
    area_km2
        Its official area.
    population
        Its people; None where nobody says.
    source
        Where code, name, area and population come from.
    position
        How its border is known: surveyed, digitised or sketch.
    geometry_source
        Where the border comes from.
    at
        Where its name stands; None where nobody knows its land.
    geometry
        Its polygons; None where nobody knows them.
    met, achieved, total
        Criteria of the main set: kept as met; targets whose works are completed but that nobody
        has appraised; all. None for a unit without criteria.
    reported
        Whether it has reported any month.
    """

    unit_code: str
    name: str
    kind: str
    area_km2: float
    population: int | None
    source: str
    position: str
    geometry_source: str
    at: Place | None
    geometry: Geometry | None
    met: int | None
    achieved: int | None
    total: int | None
    reported: bool


@dataclass(frozen=True, kw_only=True)
class AssetData:
    """What stands on the ground.

    Attributes
    ----------
    asset_id
        Its key.
    layer, class_
        What it is; packed as `layer` and `class`.
    name
        Its name.
    unit_code
        Its unit; the district's own code where it belongs to the district as a whole.
    placed
        Whether a place of its own is known or sketched; False: nobody says where it lies.
    position
        How its place is known: surveyed, digitised or sketch.
    source
        Where the place comes from.
    at
        Where its symbol stands.
    geometry
        Point, line or polygon; of what is not placed, made up and never shown.
    length_m
        Geodesic length of a line; None for other geometry.
    count
        How many things it stands for; None where nobody says.
    target
        What the plan wants of a village: maintain or achieve.
    criterion
        Of an asset to which nothing is done: the criterion that names it ("village"), or None.
    note, clause
        The record's note, and the clause of the plan that names the asset.
    """

    asset_id: str
    layer: str
    class_: str
    name: str
    unit_code: str
    placed: bool
    position: str
    source: str
    at: Place
    geometry: Geometry
    length_m: float | None
    count: int | None
    target: str | None
    criterion: str | None
    note: str | None
    clause: str


@dataclass(frozen=True, kw_only=True)
class WorkData:
    """What the plan does to an asset this year.

    Attributes
    ----------
    work_id, asset_id
        Its key, and the asset that it is done to.
    name
        Its name.
    unit_code
        Its unit, or the district's own code.
    kind
        What is done.
    criterion
        The criterion that it feeds ("commune:2"), None where it names none.
    status, overdue
        How far it has come as of the day; unfinished after its due day.
    reported
        The month of the report that says so; None: nobody has reported it.
    quantity, measure, done
        What the plan promises, in which measure, and how much of it is reported as done.
    due, due_stated
        The day, and whether the plan states it (else it is the end of the plan year).
    office, office_clause
        Who answers for it, and the clause that says so.
    funding
        Sources of money that the plan names for it.
    note, report_note, clause
        The record's note, the last report's note, the clause of the plan.
    photos, last_photo
        How many photographs of it there are, and the day of the last one that has a day.
    """

    work_id: str
    asset_id: str
    name: str
    unit_code: str
    kind: str
    criterion: str | None
    status: str
    overdue: bool
    reported: str | None
    quantity: float | None
    measure: str | None
    done: float | None
    due: str
    due_stated: bool
    office: tuple[str, ...]
    office_clause: str | None
    funding: tuple[str, ...]
    note: str | None
    report_note: str | None
    clause: str
    photos: int
    last_photo: str | None


@dataclass(frozen=True, kw_only=True)
class CriterionData:
    """One criterion of one unit, or of a village.

    Attributes
    ----------
    criterion
        "commune:2", or the set alone where the plan speaks of it as a whole.
    unit_code, asset_id
        The unit, and the village where it is held against one.
    state
        What the plan wants: maintain, achieve, or None.
    status
        maintained, achieved, in_hand, unfed or untargeted.
    work_ids, measure_ids
        What feeds it.
    office
        Who answers for it.
    clause
        Where the plan sets the target; None where it does not.
    """

    criterion: str
    unit_code: str
    asset_id: str | None
    state: str | None
    status: str
    work_ids: tuple[str, ...]
    measure_ids: tuple[str, ...]
    office: tuple[str, ...]
    clause: str | None


@dataclass(frozen=True, kw_only=True)
class MeasureData:
    """A target that has no place on the ground.

    Attributes
    ----------
    measure_id, name, unit_code
        Its key, its name, its unit or the district's own code.
    comparator, quantity, quantity_max, measure
        The figure: "=", ">=", ">" or "range" with both ends; in which measure. None without one.
    clause
        The clause of the plan.
    """

    measure_id: str
    name: str
    unit_code: str
    comparator: str | None
    quantity: float | None
    quantity_max: float | None
    measure: str | None
    clause: str


@dataclass(frozen=True, kw_only=True)
class FindingData:
    """A place where the plan contradicts itself, as the audit gives it.

    Attributes
    ----------
    finding_id, severity
        Its key; contradiction, gap or note.
    title, statement_a, statement_b, hint
        What is wrong, both sides with their figures, and what to check.
    clauses
        Where the two sides stand.
    unit_codes, criterion, work_ids
        What it is about.
    reason, person, accepted_on
        Why it was accepted, by whom and on which day; None while it is open.
    """

    finding_id: str
    severity: str
    title: Text
    statement_a: Text
    statement_b: Text
    hint: Text
    clauses: tuple[str, ...]
    unit_codes: tuple[str, ...]
    criterion: str | None
    work_ids: tuple[str, ...]
    reason: str | None
    person: str | None
    accepted_on: str | None


@dataclass(frozen=True, kw_only=True)
class StaleData:
    """An acceptance whose finding is gone, as the plan was amended.

    Attributes
    ----------
    finding_id
        The id that was accepted.
    reason, person, accepted_on
        Why, by whom and on which day.
    now
        Ids of what the same rule finds of the same subject today.
    """

    finding_id: str
    reason: str
    person: str
    accepted_on: str
    now: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SetData:
    """A criteria set.

    Attributes
    ----------
    set_id, name
        Its id and name.
    count
        How many criteria it has.
    criteria
        Their names in order; empty where the plan gives none.
    """

    set_id: str
    name: Text
    count: int
    criteria: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class LayerData:
    """A layer that has anything in it.

    Attributes
    ----------
    layer
        Its word.
    code
        The letters of its symbol.
    """

    layer: str
    code: str


@dataclass(frozen=True, kw_only=True)
class OfficeData:
    """An office.

    Attributes
    ----------
    office_id, name
        Its id and name.
    """

    office_id: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class SourceData:
    """A source of money.

    Attributes
    ----------
    source_id, name
        Its id and name.
    """

    source_id: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class MonthData:
    """A month that has been reported.

    Attributes
    ----------
    month
        The month.
    unit_codes
        The units that reported it.
    """

    month: str
    unit_codes: tuple[str, ...]
