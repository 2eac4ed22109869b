"""Definitions that stand in small declarative files (TOML)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ntm_geo.model.cells import Day, Latitude, Line, Longitude, SetId, Slug, UnitCode


class Definition(BaseModel):
    """A small declarative file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class District(Definition):
    """The district as a whole; its code stands in `unit_code` for what concerns all of it."""

    code: UnitCode
    name: Line
    province: Line
    seat_lon: Longitude
    seat_lat: Latitude


class Project(Definition):
    """A workspace: one district, one plan year."""

    id: Slug
    title_vi: Line
    title_en: Line
    plan_year: Annotated[int, Field(ge=2000, le=2100)]
    plan_document: Line
    plan_date: Day
    default_due: Day
    language: Literal["vi", "en"] = "vi"
    working_crs: Annotated[str, Field(pattern=r"^EPSG:[0-9]{4,6}$")]
    main_set: SetId
    district: District


class Criterion(Definition):
    """One criterion of a set."""

    number: Annotated[int, Field(ge=1)]
    vi: Line
    en: Line


class CriteriaSet(Definition):
    """A set of criteria with its period of validity; a criterion is keyed by (set, number)."""

    id: SetId
    level: Literal["commune", "village", "district"]
    vi: Line
    en: Line
    valid_from: Day
    valid_to: Day | None = None
    source: Line
    note: Line | None = None
    count: Annotated[int, Field(ge=1, le=1000)] | None = None
    criterion: tuple[Criterion, ...] = ()

    @property
    def numbers(self) -> range:
        """The numbers of the set, also where the plan gives no names."""
        return range(1, (self.count or len(self.criterion)) + 1)

    def name_of(self, number: int) -> Criterion | None:
        """Return the criterion of a number, None where the plan gives it no name."""
        return next((c for c in self.criterion if c.number == number), None)
