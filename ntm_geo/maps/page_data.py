"""What a page knows: one typed object, encoded in one place."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.errors import Lang, Text
from ntm_geo.frames import plain_records
from ntm_geo.join import District
from ntm_geo.labels import (
    NOT_REPORTED,
    OVERDUE,
    format_day,
    format_number,
    label,
    words_of,
)
from ntm_geo.model import CriterionStatus, Layer, Position, State, Status

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DEGREE_DECIMALS = 5
"""Coordinates on the page are rounded to about a metre."""

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
MET_STEPS = (
    (0.0, "#f4f1e4"),
    (8 / 19, "#e0dfb4"),
    (10 / 19, "#bfd18e"),
    (12 / 19, "#8fbb6c"),
    (15 / 19, "#4f9a4d"),
)
"""Classes of the choropleth: lower end as a share of all criteria, and colour."""

SHOWN_FIRST = (
    Layer.ROADS,
    Layer.IRRIGATION,
    Layer.SCHOOLS,
    Layer.HEALTH_STATIONS,
    Layer.VILLAGES,
    Layer.MARKETS,
)
"""Layers that are switched on when the page opens."""

_TEXTS = {
    "sketch_banner": Text(
        "SƠ HỌA – ranh giới và vị trí trên bản đồ này dựng từ bảng số liệu, không phải đo đạc",
        "SKETCH – boundaries and places on this map are made from tables, they are no survey",
    ),
    "sketch_some": Text(
        "MỘT PHẦN LÀ SƠ HỌA – hình để trắng, ranh giới nét đứt dựng từ bảng, không phải đo đạc",
        "PARTLY A SKETCH – hollow shapes and dashed borders are made from tables, no survey",
    ),
    "data_until": Text("Số liệu đến {day}", "Figures up to {day}"),
    "as_of": Text("quá hạn tính đến {day}", "overdue as of {day}"),
    "reported_units": Text(
        "{count}/{total} đơn vị đã báo cáo", "{count} of {total} units reported"
    ),
    "source": Text("Nguồn: {document}", "Source: {document}"),
    "criteria_met": Text("Số tiêu chí đạt", "Criteria met"),
    "criteria_achieved": Text(
        "Công việc đã xong, chờ thẩm định", "Works completed, not appraised yet"
    ),
    "not_in_programme": Text("không xét tiêu chí", "no criteria"),
    "status": Text("Tình trạng công việc", "Status of works"),
    "no_works": Text("năm nay không có công việc", "no work this year"),
    "assets": Text("đối tượng", "assets"),
    "road_classes": Text("Loại đường", "Road classes"),
    "places": Text("Cách xác định vị trí", "How the place is known"),
    "hollow": Text("bên trong để trắng: sơ họa", "white inside: sketch"),
    "solid": Text("tô kín: đo đạc hoặc số hóa", "filled: surveyed or digitised"),
    "clause": Text("Mục kế hoạch", "Clause of the plan"),
    "office": Text("Cơ quan phụ trách", "Office in charge"),
    "due": Text("Thời hạn", "Due"),
    "quantity": Text("Khối lượng", "Quantity"),
    "criterion": Text("Tiêu chí", "Criterion"),
    "funding": Text("Nguồn vốn", "Funding"),
    "done": Text("Đã làm", "Done"),
    "report_note": Text("Báo cáo ghi", "The report says"),
    "target": Text("Mục tiêu năm", "Target of the year"),
    "reported": Text("Báo cáo tháng", "Month of the report"),
    "area": Text("Diện tích", "Area"),
    "population": Text("Dân số", "Population"),
    "works": Text("Công việc", "Works"),
    "unfinished": Text("chưa xong", "unfinished"),
    "note": Text("Ghi chú", "Note"),
    "year_end": Text("hết năm kế hoạch", "end of the plan year"),
    "layers": Text("Lớp bản đồ", "Layers"),
    "legend": Text("Chú giải", "Legend"),
    "whole_district": Text(
        "của toàn huyện; kế hoạch không cho biết nằm ở đâu",
        "of the whole district; the plan does not say where it lies",
    ),
    "unplaced": Text("Chung toàn huyện, không có vị trí", "Of the whole district, without a place"),
    "overdue": OVERDUE,
    "not_reported": NOT_REPORTED,
    "zoom_in": Text("Phóng to", "Zoom in"),
    "zoom_out": Text("Thu nhỏ", "Zoom out"),
}


@dataclass(frozen=True)
class PageData:
    """Everything that a page shows; the page's script reads nothing else.

    Attributes
    ----------
    lang
        Language of the page.
    title
        What the page is.
    facts
        Lines under the title: day of the figures, who reported, the source.
    sketch
        "all", "some" or "none" of the geometry is a sketch.
    texts
        Sentences of the page by name.
    words
        Words of the closed lists as people read them, by column and word.
    steps
        Classes of the choropleth: first and last count of criteria met, colour.
    layers
        Layers, roads first: id, label, code (the letters of its symbol), show.
    units
        GeoJSON: polygons with the unit's figures.
    assets
        GeoJSON: what stands on the ground.
    works
        Works by asset_id, values as people read them.
    criteria
        Criteria of the main set by unit_code and status: number and name.
    """

    lang: Lang
    title: str
    facts: list[str]
    sketch: str
    texts: dict[str, str]
    words: dict[str, dict[str, str]]
    steps: list[dict[str, Any]]
    layers: list[dict[str, Any]]
    units: dict[str, Any]
    assets: dict[str, Any]
    works: dict[str, list[dict[str, Any]]]
    criteria: dict[str, dict[str, list[str]]]

    def encode(self) -> str:
        """Return the object as JSON that may stand inside a script element."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for sign in "<>&\u2028\u2029":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        return text


def page_data(district: District, *, lang: Lang) -> PageData:
    """Put together what a page shows of a district.

    Parameters
    ----------
    district
        The joined district.
    lang
        Language of the page.
    """
    project = district.project
    sketched = pd.concat([district.units["position"], district.assets["position"]])
    share = (sketched == Position.SKETCH).mean()
    return PageData(
        lang=lang,
        title=project.title_vi if lang == "vi" else project.title_en,
        facts=_facts(district, lang),
        sketch="all" if share == 1 else "some" if share else "none",
        texts={name: text.say(lang) for name, text in _TEXTS.items()},
        words={
            "status": _words(Status, lang),
            "state": _words(State, lang),
            "criterion_status": _words(CriterionStatus, lang),
            "class": words_of("class", lang),
            "position": _words(Position, lang),
        },
        steps=_steps(len(district.criteria_sets[project.main_set].numbers)),
        layers=_layers(district, lang),
        units=_units(district, lang),
        assets=_assets(district),
        works=_works(district, lang),
        criteria=_criteria(district, lang),
    )


def _words(words: type[StrEnum], lang: Lang) -> dict[str, str]:
    return {word.value: label(word, lang) for word in words}


def _facts(district: District, lang: Lang) -> list[str]:
    units = district.units
    # A town without criteria and works has nothing to report.
    concerned = set(units["unit_code"][units["criteria_total"].notna() | (units["works"] > 0)])
    total, count = len(concerned), len(district.reported_units & concerned)
    facts = [
        _TEXTS["data_until"].format(day=format_day(district.data_until, lang)),
        _TEXTS["reported_units"].format(count=count, total=total),
        _TEXTS["source"].format(document=district.project.plan_document),
    ]
    if district.as_of != district.data_until:
        facts.insert(1, _TEXTS["as_of"].format(day=format_day(district.as_of, lang)))
    return [fact.say(lang) for fact in facts]


def _steps(total: int) -> list[dict[str, Any]]:
    """Return the choropleth's classes that hold any count from 0 to `total`."""
    starts = [math.ceil(share * total - 1e-9) for share, _ in MET_STEPS]
    ends = [*(start - 1 for start in starts[1:]), total]
    return [
        {"first": first, "last": last, "colour": colour}
        for first, last, (_, colour) in zip(starts, ends, MET_STEPS, strict=True)
        if first <= last
    ]


def _layers(district: District, lang: Lang) -> list[dict[str, Any]]:
    present = set(district.assets.loc[district.assets["placed"], "layer"])
    return [
        {
            "id": layer.value,
            "label": label(layer, lang),
            "code": _LAYER_CODES[layer],
            "show": layer in SHOWN_FIRST,
        }
        for layer in Layer
        if layer in present
    ]


def _geojson(frame: gpd.GeoDataFrame, records: list[dict[str, Any]]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": _rounded(shapely.geometry.mapping(shape)),
            "properties": {"at": _rounded(_symbol_place(shape)), **record},
        }
        for shape, record in zip(frame.geometry, records, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _symbol_place(shape: "BaseGeometry") -> tuple[float, ...]:
    """Return where the symbol of a shape stands: its point, a line's middle, inside an area."""
    if shape.geom_type.endswith("LineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        shape = longest.interpolate(0.5, normalized=True)
    elif shape.geom_type != "Point":
        shape = shape.representative_point()
    return shape.coords[0]


def _rounded(value: Any) -> Any:  # noqa: ANN401 (nested coordinates)
    if isinstance(value, float):
        return round(value, DEGREE_DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


def _units(district: District, lang: Lang) -> dict[str, Any]:
    records = [
        {
            "unit_code": unit["unit_code"],
            "name": unit["name"],
            "area": f"{format_number(round(unit['area_km2'], 2), lang)} km²",
            "size": unit["area_km2"],
            "population": unit["population"] and format_number(unit["population"], lang),
            "source": unit["figures_source"],
            "position": unit["position"],
            "met": unit["criteria_met"],
            "achieved": unit["criteria_achieved"],
            "total": unit["criteria_total"],
            "works": unit["works"],
            "unfinished": unit["works_unfinished"],
            "overdue": unit["works_overdue"],
            "reported": unit["unit_code"] in district.reported_units,
        }
        for unit in plain_records(district.units)
    ]
    # A name stands at the official centre, unless a winding unit does not reach it.
    lon, lat = (district.units[axis].to_numpy(dtype=float) for axis in ("lon", "lat"))
    reached = shapely.contains_xy(district.units.geometry.to_numpy(), lon, lat)
    for number in np.flatnonzero(reached):
        records[number]["at"] = _rounded((float(lon[number]), float(lat[number])))
    return _geojson(district.units, records)


def _assets(district: District) -> dict[str, Any]:
    records = [
        {
            "asset_id": asset["asset_id"],
            "layer": asset["layer"],
            "class": asset["class"],
            "name": asset["name"],
            "unit": asset["unit_name"],
            "placed": asset["placed"],
            "position": asset["position"],
            "status": asset["status"],
            "overdue": asset["overdue"],
            "target": asset["target"],
            "note": asset["note"],
            "clause": asset["asset_clause"],
        }
        for asset in plain_records(district.assets)
    ]
    return _geojson(district.assets, records)


def _works(district: District, lang: Lang) -> dict[str, list[dict[str, Any]]]:
    offices = {o.code: o.spellings[0 if lang == "vi" else 1] for o in district.office_names}
    works: dict[str, list[dict[str, Any]]] = {}
    for work in plain_records(district.works):
        works.setdefault(work["asset_id"], []).append(
            {
                "work_id": work["work_id"],
                "name": work["name"],
                "status": work["status"],
                "overdue": work["overdue"],
                "reported": work["reported"],
                "done": _quantity(work["done"], work["measure"], lang),
                "report_note": work["report_note"],
                "funding": ", ".join(
                    district.funding_names[code].say(lang)
                    for code in work["funding"].split("|")
                    if code
                ),
                "quantity": _quantity(work["quantity"], work["measure"], lang),
                "due": format_day(date.fromisoformat(work["due"]), lang),
                "due_stated": work["due_stated"],
                "office": ", ".join(offices[code] for code in work["office"].split("|") if code),
                "criterion": _criterion_words(district, work["set"], work["number"], lang),
                "clause": work["clause"],
            }
        )
    return works


def _quantity(value: float | None, measure: str | None, lang: Lang) -> str | None:
    if value is None:
        return None
    words = words_of("measure", lang)
    return f"{format_number(value, lang)} {words.get(measure or '', '')}".strip()


def _criterion_words(
    district: District, set_id: str | None, number: int | None, lang: Lang
) -> str | None:
    if set_id is None:
        return None
    definition = district.criteria_sets[set_id]
    of_set = definition.vi if lang == "vi" else definition.en
    criterion = definition.name_of(number) if number else None
    if criterion is None:
        return of_set
    return f"{number}. {criterion.vi if lang == 'vi' else criterion.en} ({of_set})"


def _criteria(district: District, lang: Lang) -> dict[str, dict[str, list[str]]]:
    name = f"name_{lang}"
    found: dict[str, dict[str, list[str]]] = {}
    for row in plain_records(district.criteria):
        if row["set"] == district.project.main_set:
            by_status = found.setdefault(row["unit_code"], {})
            by_status.setdefault(row["status"], []).append(f"{row['number']} {row[name]}")
    return found
