"""Sketch the units of a district from a table: made-up geometry, no survey.

Where nobody has the boundaries yet, a map can still be drawn from what the statistics office
prints: how large each unit is, where its centre lies, and which units share a border. The shapes
have the right area and place, tile without gaps, and are otherwise invented. They must never be
measured, and must be shown as a sketch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from ntm_geo.errors import Problem, SketchError, Text, raise_all
from ntm_geo.sketch.cells import Cells, Seeds, lattice_over, near_seeds
from ntm_geo.sketch.lattice import OUTSIDE
from ntm_geo.sketch.outline import balance, smooth, thin, trace
from ntm_geo.sketch.exchange import even_out
from ntm_geo.sketch.regions import FREE, pin_centres, tidy
from ntm_geo.sketch.stretch import fit_cells

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Floats, Ints, Lattice
    from ntm_geo.sketch.outline import Mesh

GEOGRAPHIC = "EPSG:4326"
DECIMALS = 7
"""Coordinates are rounded to 1e-7 degree, about 1 cm."""

AREA_ERROR = 0.005
"""Largest relative error of a unit's area in a finished sketch."""

POINTS, POINTS_EACH, MOST_POINTS = 6_000, 45, 150_000
"""Lattice points within the district; within the smallest unit; and the most there may be."""

FAR = 1e9
"""Cost of a point that no unit reaches."""

FINISHES = ((10, 0.15), (5, 0.1), (2, 0.05), (0, 0.0))
"""Rounds of smoothing and tolerance of thinning [lattice spacings]: the first that is sound."""


def sketch_units(
    units: pd.DataFrame, neighbours: pd.DataFrame | None = None, *, crs: Any
) -> gpd.GeoDataFrame:
    frame = units.sort_values("unit_code", kind="stable")
    to_plane = pyproj.Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
    centres = np.column_stack(to_plane.transform(frame["lon"], frame["lat"]))
    plane = _Plane(centres.mean(axis=0), float(np.sqrt(frame["area_km2"].mean() * 1e6)), to_plane)
    borders = _borders(frame["unit_code"], neighbours) * 1e3 / plane.unit_m
    areas = frame["area_km2"].to_numpy() * 1e6 / plane.unit_m**2
    seeds = Seeds((centres - plane.origin) / plane.unit_m, areas, borders)
    polygons = _polygons(seeds, plane)
    return gpd.GeoDataFrame(
        {"unit_code": frame["unit_code"], "position": "sketch"},
        geometry=gpd.GeoSeries(polygons, index=frame.index, crs=GEOGRAPHIC),
    ).loc[units.index, ["unit_code", "geometry", "position"]]


@dataclass(frozen=True)
class _Plane:
    """The scaled plane in which a sketch is worked out."""

    origin: Floats
    unit_m: float
    to_plane: pyproj.Transformer

    def degrees(self, points: Floats) -> Floats:
        """Rounded longitude and latitude of points."""
        x, y = (points * self.unit_m + self.origin).T
        lonlat = self.to_plane.transform(x, y, direction="INVERSE")
        return np.round(np.column_stack(lonlat), DECIMALS)

    def scaled(self, lonlat: Floats) -> Floats:
        """Points in the scaled plane."""
        return (np.column_stack(self.to_plane.transform(*lonlat.T)) - self.origin) / self.unit_m


def _borders(codes: pd.Series[str], neighbours: pd.DataFrame | None) -> Floats:
    """Symmetric matrix of border lengths [km]; NaN where unknown, 0 where none is known."""
    count = len(codes)
    lengths = np.zeros((count, count))
    if neighbours is not None and len(neighbours):
        number = {code: i for i, code in enumerate(codes)}
        first, second = (
            neighbours[c].map(number).to_numpy() for c in ("unit_code", "neighbour_code")
        )
        km = neighbours["border_km"].to_numpy(dtype=float)
        lengths[first, second] = km
        lengths[second, first] = km
    return lengths


def _polygons(seeds: Seeds, plane: _Plane) -> list[shapely.Polygon]:
    cells = fit_cells(seeds)
    lattice = _fine_lattice(seeds)
    labels, costs = _settle(cells, lattice)
    traced = trace(lattice, labels, costs)
    for rounds, tolerance in FINISHES:
        mesh = smooth(traced, rounds, seeds.areas)
        if tolerance:
            mesh = thin(mesh, tolerance * lattice.spacing)
        mesh = balance(mesh, seeds.areas, 4)
        polygons = _rounded(mesh, plane)
        if _is_sound(polygons, seeds, plane):
            return polygons
    raise SketchError(
        Problem(
            what=Text(
                "không vẽ được sơ họa từ các số liệu này", "these figures give no sound sketch"
            )
        )
    )


def _fine_lattice(seeds: Seeds) -> Lattice:
    """Lattice on which the smallest unit and the closest centres are told apart."""
    wanted = max(POINTS, POINTS_EACH * seeds.areas.sum() / seeds.areas.min())
    spacing = float(np.sqrt(seeds.areas.sum() / wanted / np.sqrt(0.75)))
    return lattice_over(seeds, min(spacing, seeds.gaps().min() / 2.2))


def _settle(cells: Cells, lattice: Lattice) -> tuple[Ints, Floats]:
    """Label the lattice, one simple region per unit, with areas close to the given ones."""
    seeds = cells.seeds
    near = near_seeds(seeds, lattice.points)
    costs = np.full((len(lattice.points), len(seeds.areas)), FAR)
    costs[near] = cells.costs(lattice.points[near])
    labels = np.where(costs.min(axis=1) < 0, costs.argmin(axis=1), OUTSIDE)
    reach = np.clip(0.3 * seeds.radii, 1.01 * lattice.spacing, 0.45 * seeds.gaps())
    pins = pin_centres(lattice, seeds.centres, reach)
    held = pins.labels != FREE
    labels = tidy(lattice, labels, pins, seeds.centres)
    wanted = seeds.areas / lattice.cell_area
    return even_out(lattice, labels, held, costs, wanted), costs


def _rounded(mesh: Mesh, plane: _Plane) -> list[shapely.Polygon]:
    """Polygons in rounded degrees, anticlockwise from the westernmost vertex."""
    lonlat = plane.degrees(mesh.vertices)
    polygons = []
    for ring in mesh.rings:
        points = lonlat[ring]
        first = int(np.lexsort(points.T[::-1])[0])
        polygons.append(shapely.Polygon(np.roll(points, -first, axis=0)))
    return polygons


def _is_sound(polygons: list[shapely.Polygon], seeds: Seeds, plane: _Plane) -> bool:
    """Whether the finished polygons keep what `sketch_units` promises."""
    if not (shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons)):
        return False
    whole = shapely.coverage_union_all(polygons)
    if whole.geom_type != "Polygon" or shapely.get_num_interior_rings(whole):
        return False
    back = shapely.transform(polygons, plane.scaled)
    inside = shapely.contains_xy(back, *seeds.centres.T)
    return bool(inside.all() and (np.abs(shapely.area(back) / seeds.areas - 1) < AREA_ERROR).all())
