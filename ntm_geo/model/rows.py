"""One typed row for each table: what a line of each file of the record must look like."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ntm_geo.model.cells import (
    Amount,
    Count,
    Day,
    Latitude,
    Line,
    Lines,
    Longitude,
    Moment,
    Number,
    Ordinal,
    SetId,
    Slug,
    Slugs,
    UnitCode,
    UnitCodes,
    parse_number,
)
from ntm_geo.model.subjects import Subject
from ntm_geo.model.words import (
    AssetClass,
    ChangePart,
    Comparator,
    Layer,
    PhotoLink,
    State,
    Status,
    UnitKind,
    WorkKind,
    WorkMeasure,
)


class Row(BaseModel):
    """A line of a table: an empty cell is a value that is not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_cells(cls, cells: Any) -> Any:  # noqa: ANN401 (pydantic passes what it was given)
        if isinstance(cells, Mapping):
            return {name: cell for name, cell in cells.items() if cell != ""}
        return cells


class Unit(Row):
    """An administrative unit; its identity is its code together with the time it is valid."""

    unit_code: UnitCode
    name: Line
    kind: UnitKind
    aliases: Lines = ()
    area_km2: Annotated[float, BeforeValidator(parse_number), Field(gt=0, le=1e6)]
    lon: Longitude
    lat: Latitude
    population: Count | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    source: Line


class UnitChange(Row):
    """What became of a unit, or of a part of it, on a day; without a row it stayed what it was."""

    date: Day
    unit_code: UnitCode
    name: Line
    into_code: UnitCode
    into_name: Line
    into_kind: UnitKind
    part: ChangePart
    area_km2: Annotated[float, BeforeValidator(parse_number), Field(gt=0, le=1e6)] | None = None
    population: Count | None = None
    source: Line


class Neighbour(Row):
    """Two units that share a border."""

    unit_code: UnitCode
    neighbour_code: UnitCode
    border_km: Amount | None = None
    source: Line


class Target(Row):
    """A criterion that a unit, or a village, is to keep or to reach this year.

    Without a number the target is the whole set, as the plan words it for villages.
    """

    set: SetId
    number: Ordinal | None = None
    unit_code: UnitCode
    asset_id: Slug | None = None
    state: State
    clause: Line


class Asset(Row):
    """What stands on the ground; `count` is how many things the row stands for, if known."""

    asset_id: Slug
    layer: Layer
    class_: AssetClass = Field(alias="class")
    name: Line
    unit_code: UnitCode
    count: Ordinal | None = None
    note: Line | None = None
    clause: Line
    aliases: Lines = ()


class Work(Row):
    """What the plan does to an asset this year."""

    work_id: Slug
    asset_id: Slug
    name: Line
    unit_code: UnitCode
    kind: WorkKind
    quantity: Amount | None = None
    measure: WorkMeasure | None = None
    set: SetId | None = None
    number: Ordinal | None = None
    office: Slugs = ()
    office_clause: Line | None = None
    funding: Slugs = ()
    due: Day | None = None
    note: Line | None = None
    clause: Line


class Measure(Row):
    """A target of the plan without a place on the ground."""

    measure_id: Slug
    name: Line
    unit_code: UnitCode
    comparator: Comparator | None = None
    quantity: Amount | None = None
    quantity_max: Amount | None = None
    measure: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    set: SetId | None = None
    number: Ordinal | None = None
    office: Slugs = ()
    funding: Slugs = ()
    due: Day | None = None
    note: Line | None = None
    clause: Line


class BudgetSource(Row):
    """A source of money [million VND]; without an amount it is only named in the plan."""

    source_id: Slug
    name: Line
    name_en: Line
    parent: Slug | None = None
    amount_mvnd: Amount | None = None
    note: Line | None = None
    clause: Line


class Office(Row):
    """An office, committee or body that the plan gives work to."""

    office_id: Slug
    name: Line
    name_en: Line
    clause: Line


class Assignment(Row):
    """What chapter V hands to an office: to answer for a criterion, to guide, or to carry out."""

    assignment_id: Slug
    office: Slug
    role: Literal["answers", "guides", "carries_out"]
    set: SetId | None = None
    number: Ordinal | None = None
    unit_code: UnitCode
    topic: Line | None = None
    note: Line | None = None
    clause: Line


class Statement(Row):
    """A figure that the plan states in words or totals, to be held against the rows."""

    statement_id: Slug
    subject: Subject
    set: SetId | None = None
    number: Ordinal | None = None
    unit_code: UnitCode
    comparator: Comparator | None = None
    value: Number | None = None
    value_max: Number | None = None
    out_of: Number | None = None
    measure: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    units: UnitCodes = ()
    units_role: Literal["met", "not_met", "target", "except", "listed"] | None = None
    text: Line
    note: Line | None = None
    clause: Line


class Acceptance(Row):
    """A finding of the audit that somebody has looked at and lets stand, and why.

    The id changes with the finding's figures: what is accepted is the plan as it was that day.
    """

    finding_id: Slug
    reason: Line
    person: Line
    date: Day


class Photo(Row):
    """A photograph that shows a work, told apart by its checksum; the picture itself stays outside.

    `file` is what it was called, `taken_at` what its camera says, `distance_m` how far the camera
    stood from the surveyed or digitised place of the work's asset. `linked_by` says what links the
    two: an id in the file's `name`, the `place`, or a `person`.
    """

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    work_id: Slug
    file: Line
    taken_at: Moment | None = None
    lon: Longitude
    lat: Latitude
    direction: Annotated[float, BeforeValidator(parse_number), Field(ge=0, lt=360)] | None = None
    distance_m: Amount | None = None
    linked_by: PhotoLink


class Report(Row):
    """What a unit reported of one work for one month; `done` is in the measure of the work."""

    work_id: Slug
    status: Status
    done: Amount | None = None
    note: Line | None = None
