"""The frames of a district as the tables of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from ntm_geo.audit import Finding, Review
from ntm_geo.errors import Text
from ntm_geo.frames import plain_records
from ntm_geo.join import District
from ntm_geo.maps.filling.geometry import (
    drawn_areas,
    drawn_shape,
    geojson_of,
    name_places,
    place_of,
    symbol_place,
)
from ntm_geo.maps.page_data import (
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
from ntm_geo.model import Layer

_LAYER_CODES = {
    Layer.ROADS: "Đ",
    Layer.IRRIGATION: "TL",
    Layer.SCHOOLS: "TH",
    Layer.HEALTH_STATIONS: "YT",
    Layer.VILLAGES: "L",
    Layer.CULTURE: "VH",
    Layer.MARKETS: "C",
    Layer.COMMUNICATIONS: "TT",
    Layer.ELECTRICITY: "Đi",
    Layer.WATER_SUPPLY: "N",
    Layer.HOUSING: "NO",
    Layer.ENVIRONMENT: "MT",
    Layer.PLANNING: "QH",
}


def sets_of(district: District) -> tuple[SetData, ...]:
    """Return the criteria sets, the one that the choropleth counts first."""
    main = district.project.main_set
    return tuple(
        SetData(
            set_id=definition.id,
            name=Text(definition.vi, definition.en),
            count=len(definition.numbers),
            criteria=tuple(Text(c.vi, c.en) for c in definition.criterion),
        )
        for definition in sorted(district.criteria_sets.values(), key=lambda s: s.id != main)
    )


def layers_of(district: District) -> tuple[LayerData, ...]:
    """Return the layers that have anything in them."""
    present = set(district.assets["layer"])
    return tuple(
        LayerData(layer=layer.value, code=_LAYER_CODES[layer])
        for layer in Layer
        if layer in present
    )


T = TypeVar("T")


def _filled(kind: type[T], row: Mapping[str, Any], **own: Any) -> T:  # noqa: ANN401 (cells)
    """Return a row of the page: each field as given, else the frame's column of its name."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: own[name] if name in own else row[name] for name in names})


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in (cell or "").split("|") if part)


def units_of(district: District) -> tuple[UnitData, ...]:
    """Return the units on the map, all of them also where the district is focused on one."""
    frame = district.units[district.units.geometry.notna()]
    shapes = drawn_areas(frame.geometry)
    rows = zip(plain_records(frame), shapes, name_places(frame), strict=True)
    return tuple(_unit(district, row, at=at, geometry=geojson_of(shape)) for row, shape, at in rows)


def undrawn_of(district: District) -> tuple[UnitData, ...]:
    """Return what is left of divided units and lies on no map, as others hold all of their land."""
    frame = district.units[district.units.geometry.isna() & district.units["area_km2"].notna()]
    return tuple(
        _unit(district, row, at=None, geometry=None, position="") for row in plain_records(frame)
    )


def _unit(district: District, row: dict[str, Any], **own: Any) -> UnitData:  # noqa: ANN401 (cells)
    return _filled(
        UnitData,
        row | _figures_of_plan(district, row["unit_code"]),
        source=row["figures_source"],
        geometry_source=row["source"],
        met=row["criteria_met"],
        achieved=row["criteria_achieved"],
        total=row["criteria_total"],
        reported=row["unit_code"] in district.reported_units,
        **own,
    )


def _figures_of_plan(district: District, key: str) -> dict[str, Any]:
    """Return area and people of a divided unit as it was: what is left of them is of no land."""
    divided = district.formation.divided if district.formation else ()
    return {
        name: getattr(one.unit, name)
        for one in divided
        if one.key == key
        for name in ("area_km2", "population")
    }


def assets_of(district: District) -> tuple[AssetData, ...]:
    """Return what stands on the ground."""
    frame = district.assets
    return tuple(
        _filled(
            AssetData,
            row,
            class_=row["class"],
            at=place_of(symbol_place(shape)),
            geometry=geojson_of(drawn_shape(shape)),
            criterion=None if row["works"] else row["criterion"],
            clause=row["asset_clause"],
        )
        for row, shape in zip(plain_records(frame), frame.geometry, strict=True)
    )


def works_of(district: District) -> tuple[WorkData, ...]:
    """Return the works."""
    return tuple(
        _filled(WorkData, row, office=_split(row["office"]), funding=_split(row["funding"]))
        for row in plain_records(district.works)
    )


def criteria_of(district: District) -> tuple[CriterionData, ...]:
    """Return each criterion of each unit."""
    return tuple(
        _filled(
            CriterionData,
            row,
            work_ids=_split(row["work_ids"]),
            measure_ids=_split(row["measure_ids"]),
            office=_split(row["office"]),
        )
        for row in plain_records(district.criteria)
    )


def measures_of(district: District) -> tuple[MeasureData, ...]:
    """Return the targets without a place on the ground."""
    return tuple(_filled(MeasureData, row) for row in plain_records(district.measures))


def findings_of(district: District, review: Review) -> tuple[FindingData, ...]:
    """Return the findings, the open ones first; of a focused district those of its unit."""
    own = {field.name for field in fields(FindingData)}
    own -= {"unit_codes", "reason", "person", "accepted_on"}
    return tuple(
        FindingData(
            **{name: getattr(one.finding, name) for name in own},
            unit_codes=codes_of_day(district, one.finding.unit_codes),
            reason=one.acceptance.reason if one.acceptance else None,
            person=one.acceptance.person if one.acceptance else None,
            accepted_on=one.acceptance.date.isoformat() if one.acceptance else None,
        )
        for one in sorted(review.findings, key=lambda one: not one.is_open)
        if _is_shown(district, one.finding)
    )


def stale_of(district: District, review: Review) -> tuple[StaleData, ...]:
    """Return the acceptances that fit no finding; of a unit those whose subject is shown there."""
    return tuple(
        StaleData(
            finding_id=one.acceptance.finding_id,
            reason=one.acceptance.reason,
            person=one.acceptance.person,
            accepted_on=one.acceptance.date.isoformat(),
            now=tuple(finding.finding_id for finding in one.now if _is_shown(district, finding)),
        )
        for one in review.stale
        if district.focus is None or any(_is_shown(district, finding) for finding in one.now)
    )


def _is_shown(district: District, finding: Finding) -> bool:
    return district.focus is None or district.focus in codes_of_day(district, finding.unit_codes)


def codes_of_day(district: District, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the units that units of the plan are in, each once."""
    formation = district.formation
    if formation is None:
        return tuple(codes)
    return tuple(dict.fromkeys(formation.keys.get(code, code) for code in codes))


def months_of(district: District) -> tuple[MonthData, ...]:
    """Return the months that have been reported, first to last."""
    return tuple(
        MonthData(
            month=str(month), unit_codes=tuple(dict.fromkeys(rows["unit_code"][rows["whole"]]))
        )
        for month, rows in district.months.groupby("month")
    )


def offices_of(district: District) -> tuple[OfficeData, ...]:
    """Return the offices."""
    return tuple(
        OfficeData(office_id=row["office_id"], name=Text(row["name_vi"], row["name_en"]))
        for row in plain_records(district.offices)
    )


def sources_of(district: District) -> tuple[SourceData, ...]:
    """Return the sources of money."""
    return tuple(
        SourceData(source_id=row["source_id"], name=Text(row["name_vi"], row["name_en"]))
        for row in plain_records(district.budget)
    )
