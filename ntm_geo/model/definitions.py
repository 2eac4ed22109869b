"""Definitions that stand in small declarative files (TOML)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ntm_geo.model.cells import Day, Latitude, Line, Longitude, SetId, Slug, UnitCode
from ntm_geo.model.words import Layer, Status, WorkKind


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


class ViewFilter(Definition):
    """What a page's filter is set to when the page opens; what is left out narrows nothing."""

    status: tuple[Status, ...] = ()
    unit: UnitCode | None = None
    kind: WorkKind | None = None
    criterion: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*:[1-9][0-9]{0,5}$")] | None = None
    """`set:number`, such as "commune:2"."""
    office: Slug | None = None
    overdue: bool = False
    search: Annotated[str, Field(max_length=100)] = ""


class View(Definition):
    """How a page for meetings opens: its title, the layers shown, its filter.

    A view takes nothing away. The page always holds everything of its district, and whoever
    reads it can show the other layers and widen the filter.
    """

    id: Slug
    """The name of its file, and part of the page's name."""
    order: Annotated[int, Field(ge=1)]
    """Place among the views; the first is the default."""
    title_vi: Line
    title_en: Line
    layers: tuple[Layer, ...] = ()
    """Layers shown when the page opens; none given: all."""
    filter: ViewFilter = ViewFilter()

    def without_unit(self) -> "View":
        """Return the view for a page that is narrowed to one unit: no other is there to choose."""
        return self.model_copy(update={"filter": self.filter.model_copy(update={"unit": None})})


def overview_of(project: Project) -> View:
    """Return the view of a workspace without any of its own: everything, titled as the project."""
    return View(id="overview", order=1, title_vi=project.title_vi, title_en=project.title_en)
