"""The front door: opens a workspace and hands out what is known of its district."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.errors import Lang, Problem, RecordError
from ntm_geo.progress import data_date
from ntm_geo.record import find_workspace, read_record
from ntm_geo.schemas import Record
from ntm_geo.sources import Expected, Geometry, read_geometry

if TYPE_CHECKING:
    from ntm_geo.join import District
    from ntm_geo.query import Selection


@dataclass(frozen=True)
class Built:
    """Files that a build has written."""

    layers: Path
    map: Path


@dataclass(frozen=True)
class Workspace:
    """A district's record, read and checked, with everything that is made from it.

    Attributes
    ----------
    root
        The folder that holds gis/, layers/ and maps/.
    as_of
        The day as of which progress is told.
    notices
        What is odd about the files but lost nothing.
    """

    root: Path
    record: Record
    geometry: Geometry
    as_of: date
    notices: tuple[Problem, ...] = ()

    @cached_property
    def district(self) -> "District":
        """Everything that is known of the district, as frames."""
        from ntm_geo.join import join_district

        return join_district(
            self.record,
            as_of=self.as_of,
            unit_geometry=self.geometry.units,
            asset_geometry=self.geometry.assets,
        )

    @property
    def works(self) -> "Selection":
        """The works of the plan."""
        return self._selection("works")

    @property
    def assets(self) -> "Selection":
        """What stands on the ground."""
        return self._selection("assets")

    @property
    def units(self) -> "Selection":
        """The administrative units."""
        return self._selection("units")

    @property
    def criteria(self) -> "Selection":
        """The criteria of every unit."""
        return self._selection("criteria")

    def _selection(self, name: str) -> "Selection":
        from ntm_geo.query import Selection

        return Selection(getattr(self.district, name), self.district)

    def build(self, *, lang: Lang | None = None) -> Built:
        """Write layers/ and maps/ anew; each file is replaced whole or left as it was.

        Parameters
        ----------
        lang
            Language of the page; None takes the project's.

        Returns
        -------
        built
            The files.

        Raises
        ------
        OutputError
            A file could not be written, for example because QGIS has it open.
        """
        from ntm_geo.layers import write_layers
        from ntm_geo.maps import write_map

        name = self.record.project.id
        return Built(
            layers=write_layers(
                self.district, self.root / "layers" / f"{name}.gpkg", record=self.record
            ),
            map=write_map(self.district, self.root / "maps" / f"{name}.html", lang=lang),
        )


def open_workspace(path: str | Path = ".", *, as_of: date | None = None) -> Workspace:
    """Open the workspace in a folder, or in the nearest one above it that holds gis/project.toml.

    Parameters
    ----------
    path
        The folder.
    as_of
        The day as of which progress is told; without it the last day that reports speak of, or
        the plan's own day.

    Raises
    ------
    RecordError
        The record has problems: all of them at once.

    Examples
    --------
    >>> workspace = open_workspace(".")
    >>> workspace.record.project.district.name
    'Kbang'
    """
    root = find_workspace(Path(path))
    reading = read_record(root)
    problems = list(reading.problems)
    geometry = Geometry(None, None)
    if reading.partial is not None:
        geometry, wrong = read_geometry(root, _expected(reading.partial))
        problems += wrong
    record = reading.record
    if record is None or problems:
        raise RecordError(*problems)
    day = as_of or data_date(record.reports, plan_date=record.project.plan_date)
    return Workspace(root, record, geometry, day, tuple(reading.notices))


def _expected(record: Record) -> Expected:
    """Say what geometry may speak of: every key that stands in the tables."""
    district = record.project.district
    layers = {asset.asset_id: asset.layer.value for asset in record.assets}
    return Expected(
        unit_codes=record.units.keys,
        asset_layers={key: layers.get(key, "") for key in record.assets.keys},
        seat=(district.seat_lon, district.seat_lat),
    )
