"""The one step that re-expresses a joined district by the units of another day."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd

from ntm_geo.changes import Formation, form_units
from ntm_geo.crs import require_same_crs
from ntm_geo.join import District
from ntm_geo.model import Status
from ntm_geo.recast.columns import later_codes, with_later_units
from ntm_geo.recast.criteria import recast_criteria
from ntm_geo.recast.places import asset_keys, sketched_within
from ntm_geo.recast.units import recast_units
from ntm_geo.schemas import Record


def recast_district(
    district: District,
    record: Record,
    *,
    on: date,
    boundaries: gpd.GeoDataFrame | None = None,
) -> District:
    """Return a district by the units of a later day.

    What is of a unit that went into another one as a whole is of that one now. A unit that was
    divided keeps a row of its own for all that nothing says the part of: its targets, measures and
    reports, its works and assets, and what its figures have left beyond the shares that the record
    states. An asset goes to a part, with its works, only where it was surveyed or digitised and
    lies within the boundary of just that part. A sketch is drawn within the boundary of its unit
    where that is known.

    Sums are the same before and after. A criterion of a unit that was formed of several is one
    that all of them have alike, else it is `mixed`; nobody has appraised it so.

    Parameters
    ----------
    district
        The joined district, by the plan's units, not focused.
    record
        The record that it was joined from.
    on
        The day.
    boundaries
        Real polygons of that day's units in EPSG:4326, indexed by `unit_code`, columns `position`
        and `source`; without one a unit has the polygons of the plan's units that went into it as
        a whole, and none where there is no such.

    Returns
    -------
    district
        With `formation`, and in its frames `units_day`; works, assets, measures and months with
        `plan_unit_code`, units and criteria with more columns that `recast_units` and
        `recast_criteria` describe. In `units` geometry may be missing.

    Raises
    ------
    OptionError
        The day is before the plan.
    CrsError
        The boundaries are not in EPSG:4326.
    """
    start = record.project.plan_date
    formation = form_units(record.units.rows, record.changes.rows, start=start, on=on)
    if boundaries is not None:
        require_same_crs(district.units, boundaries, names=("units", "gis/geometry"))
    by_asset = asset_keys(district.assets, formation, boundaries)
    assets = sketched_within(with_later_units(district.assets, formation, by_asset), boundaries)
    of_asset = dict(zip(assets["asset_id"], by_asset, strict=True))
    works = with_later_units(
        district.works, formation, district.works["asset_id"].map(of_asset).astype(object)
    )
    drawn = assets.set_index("asset_id").geometry
    works = works.set_geometry(drawn.loc[works["asset_id"]].set_axis(works.index))
    completed = frozenset(works["work_id"][works["status"] == Status.COMPLETED])
    criteria = recast_criteria(district.criteria, formation, of_asset, completed=completed)
    return replace(
        district,
        units=recast_units(
            district,
            formation,
            criteria=criteria,
            works=works,
            boundaries=boundaries,
        ),
        assets=assets,
        works=works,
        criteria=criteria,
        measures=with_later_units(district.measures, formation),
        months=_recast_months(district, formation),
        unit_names=formation.named(district.unit_names),
        formation=formation,
    )


def _recast_months(district: District, formation: Formation) -> pd.DataFrame:
    """Return the reports; one of a part is none of the whole until all others report the month."""
    units = district.units
    reporting = units["unit_code"][units["criteria_total"].notna() | (units["works"] > 0)]
    wanted: dict[str, set[str]] = {}
    for code, key in zip(reporting, later_codes(reporting, formation), strict=True):
        wanted.setdefault(key, set()).add(code)
    months = with_later_units(district.months, formation)
    there = months.groupby(["month", "unit_code"])["plan_unit_code"].agg(set)
    pairs = zip(months["month"], months["unit_code"], strict=True)
    whole = [wanted.get(key, set()) <= there[month, key] for month, key in pairs]
    return months.assign(whole=pd.Series(whole, index=months.index, dtype=bool))
