"""The page as a whole: its title band, what it opens with, its words, its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ntm_geo.errors import Lang, Text
from ntm_geo.maps.page_data.later import LaterData
from ntm_geo.maps.page_data.tables import (
    AssetData,
    CriterionData,
    FindingData,
    LayerData,
    MeasureData,
    MonthData,
    OfficeData,
    SetData,
    SourceData,
    StaleData,
    UnitData,
    WorkData,
)


@dataclass(frozen=True, kw_only=True)
class StepData:
    """A class of the choropleth.

    Attributes
    ----------
    first, last
        The least and the greatest count of criteria met.
    colour
        Its colour.
    """

    first: int
    last: int
    colour: str


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One part of a figure.

    Attributes
    ----------
    label, value
        What it is, and how much.
    clause
        The clause that it comes from; empty where the details name it.
    """

    label: Text
    value: Text
    clause: str


@dataclass(frozen=True, kw_only=True)
class FigureData:
    """One figure of the title band.

    Attributes
    ----------
    value, label
        The figure with its unit, and what it is.
    lines
        What it is made of.
    how
        How it is counted.
    """

    value: Text
    label: Text
    lines: tuple[FigureLine, ...]
    how: Text


@dataclass(frozen=True, kw_only=True)
class Reported:
    """Who has reported.

    Attributes
    ----------
    units
        How many units have.
    of
        How many have anything to report.
    """

    units: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Places:
    """How the places of the works are known.

    Attributes
    ----------
    surveyed, digitised, sketch
        How many works have such a place.
    none
        How many have none that anybody knows.
    """

    surveyed: int
    digitised: int
    sketch: int
    none: int


@dataclass(frozen=True, kw_only=True)
class FilterData:
    """What the filter is set to when the page opens.

    Attributes
    ----------
    status, layer
        What is shown; None for everything.
    unit, kind, criterion, office
        The one that is shown; "" for any.
    overdue
        Whether only overdue works are shown.
    search
        Text that a row must hold.
    """

    status: tuple[str, ...] | None
    layer: tuple[str, ...] | None
    unit: str
    kind: str
    criterion: str
    office: str
    overdue: bool
    search: str


@dataclass(frozen=True, kw_only=True)
class ChoiceData:
    """One thing that a filter can be set to.

    Attributes
    ----------
    value
        What stands in the filter.
    label
        What the reader sees.
    """

    value: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class PageData:
    """Everything that a page shows.

    Attributes
    ----------
    lang
        Language that the page opens in; it can be switched.
    file
        Name of the page's file without ending, for what is saved from it.
    title, view_title, page_title
        Title of the district's plan, of this page, and of the browser's window.
    document
        The plan document that the figures come from.
    district_code, district_name
        What stands in `unit_code` for the district as a whole, and how that is called.
    focus
        Code of the unit that the page is about; None for the whole district.
    as_of, data_until
        The day as of which works are overdue, and the day up to which there are figures.
    reported, places
        Who has reported; how the places of the works are known.
    bounds
        West, south, east, north that the map opens on [degree].
    opening
        The filter that the page opens with.
    choices
        What each filter with a list can be set to, by the filter's name.
    basemap
        Whether a base map from the net lies under the map.
    sketch
        What of the geometry is a sketch: "all", "some" borders and places, only "borders", only
        "places", or "none".
    figures
        The figures of the title band.
    texts
        Sentences of the page by name.
    words
        Words of the closed lists by list and word.
    met_steps
        Classes of the choropleth, lowest first.
    sets, layers, offices, sources
        What the other tables name by id, in the record's order.
    units, assets, works, criteria, measures
        The district itself, in the record's order.
    rules, findings
        How many rules the plan was held against, and what they found, accepted ones too.
    findings_open
        How many of the findings nobody has accepted; told before the findings are unpacked.
    stale
        Acceptances that fit none of the findings any more.
    months
        The months that have been reported, first to last: what a time slider would run over.
    later
        What the units were formed of where they are those of a later day; None: the plan's.
    """

    lang: Lang
    file: str
    title: Text
    view_title: Text
    page_title: Text
    document: str
    district_code: str
    district_name: Text
    focus: str | None
    as_of: str
    data_until: str
    reported: Reported
    places: Places
    bounds: tuple[float, float, float, float]
    opening: FilterData
    choices: Mapping[str, tuple[ChoiceData, ...]]
    basemap: bool
    sketch: Literal["all", "some", "borders", "places", "none"]
    figures: tuple[FigureData, ...]
    texts: Mapping[str, Text]
    words: Mapping[str, Mapping[str, Text]]
    met_steps: tuple[StepData, ...]
    sets: tuple[SetData, ...]
    layers: tuple[LayerData, ...]
    offices: tuple[OfficeData, ...]
    sources: tuple[SourceData, ...]
    units: tuple[UnitData, ...]
    assets: tuple[AssetData, ...]
    works: tuple[WorkData, ...]
    criteria: tuple[CriterionData, ...]
    measures: tuple[MeasureData, ...]
    rules: int
    findings: tuple[FindingData, ...]
    findings_open: int
    stale: tuple[StaleData, ...]
    months: tuple[MonthData, ...]
    later: LaterData | None
