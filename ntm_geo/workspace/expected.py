"""What geometry under gis/geometry/ may speak of."""

from ntm_geo.changes import units_on
from ntm_geo.schemas import Record
from ntm_geo.sources import Expected


def expected_of(record: Record) -> Expected:
    """Say what geometry may speak of: every key that stands in the tables."""
    district = record.project.district
    layers = {asset.asset_id: asset.layer.value for asset in record.assets}
    units, changes, start = record.units.rows, record.changes.rows, record.project.plan_date
    days = sorted({row.date for row in changes if row.date > start})
    return Expected(
        unit_codes=record.units.keys,
        asset_layers={key: layers.get(key, "") for key in record.assets.keys},
        seat=(district.seat_lon, district.seat_lat),
        later_units={
            day: [unit.code for unit in units_on(units, changes, start=start, on=day)]
            for day in days
        },
    )
