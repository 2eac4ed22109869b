"""Roads and other assets that lie outside of their unit, said so that somebody can look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from ntm_geo.coverage.outside import LEAST_OUTSIDE_SHARE, boundaries_by_code, find_outside
from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.model import AREAS, LINES, Position

if TYPE_CHECKING:
    from ntm_geo.errors import Lang


def tell_astray(
    assets: gpd.GeoDataFrame, units: gpd.GeoDataFrame, *, district: str, crs: str
) -> tuple[Problem, ...]:
    """Say of each asset that lies outside of its unit how much of it does, and how far.

    Parameters
    ----------
    assets
        `asset_id`, `name`, `unit_code`, `unit_name`, `position`; geometry in EPSG:4326.
    units
        All units: `unit_code`, `position`; geometry in EPSG:4326.
    district
        The district's code; what is its own is held against all units together.
    crs
        A projected CRS in metres, for distances.

    Returns
    -------
    notices
        In the order of `assets`; nothing is said where one of the two is a sketch.
    """
    boundaries = boundaries_by_code(units, district=district)
    theirs = boundaries.loc[assets["unit_code"]].set_axis(assets.index)
    is_known = (assets["position"] != Position.SKETCH) & (theirs["position"] != Position.SKETCH)
    known = assets[is_known]
    outside = find_outside(
        gpd.GeoSeries(known.geometry), gpd.GeoSeries(theirs.geometry[is_known]), crs=crs
    )
    is_astray = outside["share"] >= LEAST_OUTSIDE_SHARE
    astray = known[is_astray].join(outside)
    rows = zip(
        *(astray[name] for name in ("name", "asset_id", "unit_name")),
        astray.geom_type,
        *(astray[name].tolist() for name in ("share", "outside_m", "away_m")),
        strict=True,
    )
    return tuple(
        _notice(
            f"{name} ({key})",
            unit,
            Text(*(_how_much(kind, share, outside_m, away_m, lang) for lang in ("vi", "en"))),
        )
        for name, key, unit, kind, share, outside_m, away_m in rows
    )


def _how_much(kind: str, share: float, outside_m: float, away_m: float, lang: Lang) -> str:
    away = format_number(round(away_m), lang)
    percent = format_number(round(100 * share, 1), lang)
    if kind in LINES:
        told = Text(
            "{metres} m ({share} %), xa nhất {away} m", "{metres} m ({share} %), {away} m off"
        )
        metres = format_number(round(outside_m), lang)
        return told.format(metres=metres, share=percent, away=away).say(lang)
    if kind in AREAS:
        told = Text("{share} % diện tích, xa nhất {away} m", "{share} % of its area, {away} m off")
        return told.format(share=percent, away=away).say(lang)
    return Text("cách ranh giới {away} m", "{away} m from it").format(away=away).say(lang)


def _notice(asset: str, unit: str, much: Text) -> Problem:
    return Problem(
        what=Text(
            f"«{asset}» nằm ngoài {unit}: {much.vi}", f"'{asset}' lies outside of {unit}: {much.en}"
        ),
        todo=Text(
            "xem lại hình, ranh giới, hoặc đơn vị ghi trong gis/plan/assets.csv",
            "look at the geometry, the boundary, or the unit in gis/plan/assets.csv",
        ),
    )
