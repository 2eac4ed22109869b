"""A row for each work that promises a length, and for each real line that none promises."""

from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd

from ntm_geo.coverage import boundaries_by_code, find_outside
from ntm_geo.errors import Text
from ntm_geo.figures import hardened_km
from ntm_geo.join import District
from ntm_geo.model import Layer, Position, Status

MOST_DIFFERENCE = 0.05
"""Share of the promised length by which a mapped one may differ before it is flagged."""


_COLUMNS = (
    "work_id", "asset_id", "name", "unit_code", "unit_name", "class", "status", "promised_km",
    "cancelled_km", "mapped_km", "difference_share", "outside_share", "accepted_km", "reported",
    "line", "boundary", "flags", "clause",
)  # fmt: skip
_OF_A_DAY = ("plan_unit_code", "plan_unit_name", "units_day")
"""Only rows by the units of a later day have these."""


class Line(StrEnum):
    """What is known of the line of a road."""

    SURVEYED = "surveyed"
    DIGITISED = "digitised"
    SKETCH = "sketch"
    NONE = "none"
    SHARED = "shared"


LINES = {
    Line.SURVEYED: Text("đo đạc", "surveyed"),
    Line.DIGITISED: Text("số hóa", "digitised"),
    Line.SKETCH: Text("sơ họa", "sketch"),
    Line.NONE: Text("chỉ có điểm", "only a point"),
    Line.SHARED: Text("tính ở việc khác cùng tuyến", "with another work on this road"),
}
"""The words as they stand in the place of a length or behind it."""


class Flag(StrEnum):
    """What is odd about the length of a road."""

    LENGTH_OFF = "length_off"
    OUTSIDE_UNIT = "outside_unit"
    NO_LINE = "no_line"
    NO_PROMISE = "no_promise"


FLAGS = {
    Flag.LENGTH_OFF: Text("chiều dài trên bản đồ lệch quá 5 %", "mapped length more than 5 % off"),
    Flag.OUTSIDE_UNIT: Text("tuyến ra ngoài đơn vị", "line outside its unit"),
    Flag.NO_LINE: Text("có chiều dài, chưa có tuyến", "promised length without a line"),
    Flag.NO_PROMISE: Text("có tuyến, không ghi chiều dài", "line without a promised length"),
}
"""The flags as people read them."""


def work_rows(district: District, roads: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each work, and after them one for each real line without any.

    Parameters
    ----------
    district
        The joined district.
    roads
        Its works as `roads_to_harden` returns them.

    Returns
    -------
    rows
        With the columns that `Ledger.works` has.
    """
    assets = district.assets[district.assets["layer"] == Layer.ROADS]
    lines = _lines(assets, district)
    has_line = assets["asset_id"].map(lines["line"]).isin([Line.SURVEYED, Line.DIGITISED])
    bare = assets[has_line & ~assets["asset_id"].isin(roads["asset_id"])]
    rows = pd.concat([_promised(roads), _unpromised(bare)], ignore_index=True)
    rows = _with_each_line_once(rows.join(lines, on="asset_id"))
    live = rows["promised_km"].where(rows["status"] != Status.CANCELLED, 0.0)
    promised = live.groupby(rows["asset_id"]).transform("sum")
    # Six decimals keep 1.575 km of 1.5 km at 5 %, not a hair above it.
    difference = (rows["mapped_km"] / promised.where(promised > 0) - 1).round(6)
    columns = (*_COLUMNS, *(name for name in _OF_A_DAY if name in rows))
    return _flagged(rows.assign(difference_share=difference))[list(columns)]


def _with_each_line_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave each line with the first work that is not cancelled, so that lengths add up."""
    is_cancelled = rows["status"] == Status.CANCELLED
    bearing = rows["asset_id"][is_cancelled.sort_values(kind="stable").index].drop_duplicates()
    bears = rows.index.isin(bearing.index)
    is_shared = rows["mapped_km"].notna() & ~bears
    return rows.assign(
        line=rows["line"].mask(is_shared, Line.SHARED.value),
        mapped_km=rows["mapped_km"].where(bears),
        outside_share=rows["outside_share"].where(bears),
    )


def _promised(roads: pd.DataFrame) -> pd.DataFrame:
    same = ["work_id", "asset_id", "name", "unit_code", "unit_name", "class", "status", "clause"]
    same += [name for name in _OF_A_DAY if name in roads]
    promised = roads["quantity"]
    return pd.DataFrame(roads[same]).assign(
        promised_km=promised,
        cancelled_km=promised.where(roads["status"] == Status.CANCELLED, 0.0),
        accepted_km=hardened_km(roads),
        reported=roads["reported"],
    )


def _unpromised(assets: pd.DataFrame) -> pd.DataFrame:
    same = ["asset_id", "name", "unit_code", "unit_name", "class"]
    same += [name for name in _OF_A_DAY if name in assets]
    missing = pd.Series(np.nan, index=assets.index)
    return pd.DataFrame(assets[same]).assign(
        work_id=None,
        status=None,
        clause=assets["asset_clause"],
        promised_km=missing,
        cancelled_km=missing,
        accepted_km=missing,
        reported=None,
    )


def _flagged(rows: pd.DataFrame) -> pd.DataFrame:
    has_no_line = rows["line"].isin([Line.SKETCH, Line.NONE])
    is_live = rows["work_id"].notna() & (rows["status"] != Status.CANCELLED)
    found = {
        Flag.LENGTH_OFF: rows["difference_share"].abs() > MOST_DIFFERENCE,
        Flag.OUTSIDE_UNIT: rows["outside_share"] > 0,
        Flag.NO_LINE: has_no_line & is_live & (rows["promised_km"] > 0),
        Flag.NO_PROMISE: rows["work_id"].isna(),
    }
    table = zip(*(mask.to_numpy(dtype=bool) for mask in found.values()), strict=True)
    flags = ["|".join(f for f, is_so in zip(found, row, strict=True) if is_so) for row in table]
    return rows.assign(flags=np.array(flags, dtype=object))


# --- lines on the map --------------------------------------------------------------------------


def _lines(assets: gpd.GeoDataFrame, district: District) -> pd.DataFrame:
    """Return what the map knows of each road, by `asset_id`; a sketch has no length."""
    is_sketch, is_line = assets["position"] == Position.SKETCH, assets["length_m"].notna()
    boundaries = boundaries_by_code(district.units, district=district.project.district.code)
    boundary = boundaries.loc[assets["unit_code"]].set_axis(assets.index)
    is_told = is_line & ~is_sketch & (boundary["position"] != Position.SKETCH)
    outside = pd.Series(np.nan, index=assets.index)
    outside[is_told] = find_outside(
        gpd.GeoSeries(assets.geometry[is_told]),
        gpd.GeoSeries(boundary.geometry[is_told]),
        crs=district.project.working_crs,
    )["share"]
    table = pd.DataFrame(
        {
            "mapped_km": (assets["length_m"] / 1000).where(is_line & ~is_sketch).round(3),
            "outside_share": outside,
            "line": assets["position"].where(is_line | is_sketch, Line.NONE.value),
            "boundary": boundary["position"],
        }
    )
    return table.set_axis(assets["asset_id"])
