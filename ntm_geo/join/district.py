"""A district as of a day: everything that is known of it, as frames."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from ntm_geo.changes import Formation
from ntm_geo.criteria import criteria_frame
from ntm_geo.join.assets import assets_with_geometry, with_works
from ntm_geo.join.plan import budget_frame, measures_frame, months_frame, offices_frame
from ntm_geo.join.units import units_with_geometry, with_counts
from ntm_geo.join.works import works_frame
from ntm_geo.model import CriteriaSet, Project
from ntm_geo.names import Named
from ntm_geo.progress import data_date, month_end, status_as_of
from ntm_geo.schemas import Record


@dataclass(frozen=True)
class District:
    """A district as of a day: one row a thing, in the record's order; geometry in EPSG:4326.

    Attributes
    ----------
    project
        The workspace: district, plan year, working CRS, main set.
    criteria_sets
        The criteria sets by id.
    as_of
        The day as of which progress is told.
    data_until
        The last day of the last month that anyone has reported by then, else the plan's own day.
    units
        Administrative units with counts of their criteria (main set) and works.
    assets
        What stands on the ground, with what the works on it say together.
    works
        The works of the plan, each with its asset's geometry and its progress.
    criteria
        Each criterion of each unit, with the works and measures that feed it; no geometry.
    measures
        Targets without a place on the ground, as `measures_frame` describes them.
    budget
        Sources of money [million VND], as `budget_frame` describes them.
    offices
        Offices that the plan gives work to: `office_id`, `name_vi`, `name_en`, `clause`.
    months
        The reports that count as of the day: `month` ("2023-03"), `unit_code`, `correction`,
        `whole` (whether all of the unit has reported the month).
    unit_names
        Everything that a unit's name can mean: the units and the district itself.
    focus
        Code of the one unit that the frames are narrowed to; None for the whole district.
    formation
        What the units were formed of where they are those of another day; None where they are the
        plan's own.
    """

    project: Project
    criteria_sets: Mapping[str, CriteriaSet]
    as_of: date
    data_until: date
    units: gpd.GeoDataFrame
    assets: gpd.GeoDataFrame
    works: gpd.GeoDataFrame
    criteria: pd.DataFrame
    measures: pd.DataFrame
    budget: pd.DataFrame
    offices: pd.DataFrame
    months: pd.DataFrame
    unit_names: tuple[Named, ...]
    focus: str | None = None
    formation: Formation | None = None

    @property
    def office_names(self) -> tuple[Named, ...]:
        """Everything that an office's name can mean."""
        columns = (self.offices[name] for name in ("office_id", "name_vi", "name_en"))
        return tuple(Named(key, "office", (vi, en)) for key, vi, en in zip(*columns, strict=True))

    @property
    def reported_units(self) -> frozenset[str]:
        """Codes of the units, and of the district, that have reported any month, all of them."""
        return frozenset(self.months["unit_code"][self.months["whole"]])

    def plan_codes(self, unit_code: str) -> frozenset[str]:
        """Return the plan's units that a unit is of: itself, unless the units are of a later day.

        Parameters
        ----------
        unit_code
            A unit's code, or the district's.
        """
        if self.formation is None:
            return frozenset({unit_code})
        return self.formation.plan_codes(unit_code)


def join_district(
    record: Record,
    *,
    as_of: date,
    unit_geometry: gpd.GeoDataFrame | None = None,
    asset_geometry: gpd.GeoDataFrame | None = None,
) -> District:
    """Join everything that is known of a district as of a day.

    Parameters
    ----------
    record
        A checked record.
    as_of
        The day: only reports of months that ended by then count.
    unit_geometry, asset_geometry
        Real geometry in EPSG:4326, indexed by `unit_code` and `asset_id`, with columns
        `position` and `source`; it wins over the sketch, thing by thing.

    Raises
    ------
    SketchError
        No sketch can be drawn from the units' figures.
    CrsError
        Geometry is not in EPSG:4326.
    """
    progress = status_as_of(
        record.works, record.reports, as_of=as_of, default_due=record.project.default_due
    )
    criteria = criteria_frame(record, progress)
    units = units_with_geometry(record, unit_geometry)
    assets = assets_with_geometry(record, units, asset_geometry)
    works = works_frame(record, assets, progress)
    counted = [report for report in record.reports if month_end(report.month) <= as_of]
    return District(
        project=record.project,
        criteria_sets=record.criteria_sets,
        as_of=as_of,
        data_until=data_date(counted, plan_date=record.project.plan_date),
        units=with_counts(units, criteria, works, record.project.main_set),
        assets=with_works(assets, works, record.targets),
        works=works,
        criteria=criteria,
        measures=measures_frame(record),
        budget=budget_frame(record),
        offices=offices_frame(record),
        months=months_frame(counted),
        unit_names=record.place_names(),
    )
