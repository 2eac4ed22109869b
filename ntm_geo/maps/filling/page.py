"""A district as the data of a page."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Literal

from ntm_geo.audit import RULES, SEVERITIES, Finding, review
from ntm_geo.errors import Lang, Text
from ntm_geo.figures import KeyFigures, key_figures
from ntm_geo.join import District
from ntm_geo.labels import CLAUSE_WORDS, LABELS, MEASURES
from ntm_geo.maps.filling.band import band_figures
from ntm_geo.maps.filling.choices import choices
from ntm_geo.maps.filling.later import later_of, titled_by_day, unit_of_view
from ntm_geo.maps.filling.tables import (
    assets_of,
    criteria_of,
    findings_of,
    layers_of,
    measures_of,
    months_of,
    offices_of,
    sets_of,
    sources_of,
    stale_of,
    units_of,
    works_of,
)
from ntm_geo.maps.page_data import FilterData, PageData, Places, Reported, StepData
from ntm_geo.maps.texts import LATER_TEXTS, TEXTS
from ntm_geo.model import (
    Acceptance,
    AssetClass,
    CriterionStatus,
    Layer,
    Position,
    State,
    Status,
    UnitKind,
    View,
    WorkKind,
    WorkMeasure,
)

MET_STEPS = (
    (0.0, "#f4f1e4"),
    (8 / 19, "#e0dfb4"),
    (10 / 19, "#bfd18e"),
    (12 / 19, "#8fbb6c"),
    (15 / 19, "#4f9a4d"),
)
"""Classes of the choropleth: lower end as a share of all criteria, and colour."""


_LISTS: dict[str, type[StrEnum]] = {
    "status": Status,
    "state": State,
    "criterion_status": CriterionStatus,
    "class": AssetClass,
    "layer": Layer,
    "position": Position,
    "kind": WorkKind,
    "unit_kind": UnitKind,
}


def page_data(  # noqa: PLR0913 (a page is chosen by these)
    district: District,
    *,
    view: View,
    file: str,
    findings: Sequence[Finding] = (),
    accepted: Iterable[Acceptance] = (),
    lang: Lang | None = None,
    basemap: bool = False,
) -> PageData:
    """Put together what a page shows of a district.

    Parameters
    ----------
    district
        The joined district, or one that is focused on a unit.
    view
        How the page opens.
    file
        Name of the page's file without ending.
    findings
        Where the plan contradicts itself; of a focused district only those of its unit are kept.
    accepted
        What people have accepted of it.
    lang
        Language that the page opens in; None takes the project's.
    basemap
        Whether a base map from the net lies under the map.
    """
    project = district.project
    figures = key_figures(district)
    reviewed = review(findings, accepted)
    found = findings_of(district, reviewed)
    words = _words(district)
    is_later = district.formation is not None
    name = Text(f"Huyện {project.district.name}", f"{project.district.name} district (as a whole)")
    title = Text(project.title_vi, project.title_en)
    view_title = _view_title(district, view)
    window_title = titled_by_day(view_title, district)
    return PageData(
        lang=lang or project.language,
        file=file,
        title=title,
        view_title=view_title,
        page_title=Text(*(f"{window_title.say(x)} – {title.say(x)}" for x in ("vi", "en"))),
        document=project.plan_document,
        district_code=project.district.code,
        district_name=name,
        focus=district.focus,
        as_of=district.as_of.isoformat(),
        data_until=district.data_until.isoformat(),
        reported=Reported(units=figures.reported_units, of=figures.reporting_units),
        places=_places(figures),
        bounds=_bounds(district),
        opening=_opening(district, view),
        choices=choices(district, words=words, name=name),
        basemap=basemap,
        sketch=_sketch(district),
        figures=band_figures(district, figures),
        texts=TEXTS | LATER_TEXTS if is_later else TEXTS,
        words=words,
        met_steps=_steps(len(district.criteria_sets[project.main_set].numbers)),
        sets=sets_of(district),
        layers=layers_of(district),
        offices=offices_of(district),
        sources=sources_of(district),
        units=units_of(district),
        assets=assets_of(district),
        works=works_of(district),
        criteria=criteria_of(district),
        measures=measures_of(district),
        rules=len(RULES),
        findings=found,
        findings_open=sum(one.accepted_on is None for one in found),
        stale=stale_of(district, reviewed),
        months=months_of(district),
        later=later_of(district, findings),
    )


# --- the page as a whole -----------------------------------------------------------------------


def _view_title(district: District, view: View) -> Text:
    title = Text(view.title_vi, view.title_en)
    if district.focus is None:
        return title
    units = district.units
    unit = units[units["unit_code"] == district.focus].iloc[0]
    kind = LABELS[UnitKind, UnitKind(unit["kind"])]
    return Text(f"{title.vi}: {kind.vi} {unit['name']}", f"{title.en}: {unit['name']} {kind.en}")


def _places(figures: KeyFigures) -> Places:
    return Places(
        surveyed=figures.works_surveyed,
        digitised=figures.works_digitised,
        sketch=figures.works_sketched,
        none=figures.works_unplaced,
    )


def _bounds(district: District) -> tuple[float, float, float, float]:
    units = district.units
    shown = units if district.focus is None else units[units["unit_code"] == district.focus]
    # What is left of a divided unit may lie on no map.
    shown = shown if shown.geometry.notna().any() else units
    west, south, east, north = (round(float(edge), 5) for edge in shown.total_bounds)
    return west, south, east, north


def _opening(district: District, view: View) -> FilterData:
    """Return the view's filter; layers of which the district has nothing are no choice."""
    wanted = view.filter
    present = set(district.assets["layer"])
    layers = tuple(layer.value for layer in view.layers if layer in present)
    return FilterData(
        status=tuple(status.value for status in wanted.status) or None,
        layer=layers if view.layers else None,
        unit=unit_of_view(view, district),
        kind=wanted.kind or "",
        criterion=wanted.criterion or "",
        office=wanted.office or "",
        overdue=wanted.overdue,
        search=wanted.search,
    )


def _sketch(district: District) -> Literal["all", "some", "borders", "places", "none"]:
    """Say how much of what is drawn is a sketch."""
    places = district.assets["position"][district.assets["placed"]] == Position.SKETCH
    borders = district.units["position"][district.units.geometry.notna()] == Position.SKETCH
    if borders.all() and places.all():
        return "all"
    if borders.any():
        return "some" if places.any() else "borders"
    return "places" if places.any() else "none"


def _words(district: District) -> dict[str, dict[str, Text]]:
    lists = {
        name: {word.value: LABELS[kind, word] for word in kind} for name, kind in _LISTS.items()
    }
    if district.formation is None:
        del lists["criterion_status"][CriterionStatus.MIXED.value]
    measures = {word.value: LABELS[WorkMeasure, word] for word in WorkMeasure}
    severities = {severity.value: text for severity, text in SEVERITIES.items()}
    return {
        **lists,
        "measure": {**MEASURES, **measures},
        "severity": severities,
        "clause": CLAUSE_WORDS,
    }


def _steps(total: int) -> tuple[StepData, ...]:
    """Return the choropleth's classes that hold any count from 0 to `total`."""
    starts = [math.ceil(share * total - 1e-9) for share, _ in MET_STEPS]
    ends = [*(start - 1 for start in starts[1:]), total]
    return tuple(
        StepData(first=first, last=last, colour=colour)
        for first, last, (_, colour) in zip(starts, ends, MET_STEPS, strict=True)
        if first <= last
    )
