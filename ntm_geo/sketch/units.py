"""Sketch the units of a district from a table: made-up geometry, no survey.

Where nobody has the boundaries yet, a map can still be drawn from what the statistics office
prints: how large each unit is, where its centre lies, and which units share a border. The shapes
have the right area and place, tile without gaps, and are otherwise invented. They must never be
measured, and must be shown as a sketch.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import SketchError, raise_all
from ntm_geo.model import Position
from ntm_geo.sketch.cells import Seeds, lattice_over, near_seeds
from ntm_geo.sketch.exchange import even_out
from ntm_geo.sketch.figures import unit_problems, unsound
from ntm_geo.sketch.lattice import OUTSIDE
from ntm_geo.sketch.outline import balance, smooth, thin, trace
from ntm_geo.sketch.plane import Plane
from ntm_geo.sketch.regions import FREE, pin_centres, tidy
from ntm_geo.sketch.stretch import fit_cells

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ntm_geo.sketch.cells import Cells
    from ntm_geo.sketch.lattice import Floats, Ints, Lattice
    from ntm_geo.sketch.outline import Mesh

M_PER_KM, M2_PER_KM2 = 1e3, 1e6

AREA_ERROR = 0.005
"""Largest relative error of a unit's area in a finished sketch."""

POINTS, MOST_POINTS = 6_000, 150_000
"""Lattice points within the district: usual and most."""

POINTS_EACH, FEWEST_POINTS_EACH = 45, 12
"""Lattice points within the smallest unit: wanted and fewest."""

EMPTY_SHARE = 12
"""The rectangle around the units may be this many times as large as the units."""

FAR = 1e9
"""Cost of a point that no unit reaches."""

FINISHES = ((10, 0.15), (5, 0.1), (2, 0.1), (1, 0.1), (0, 0.25), (0, 0.1), (0, 0.0))
"""Rounds of smoothing and tolerance of thinning [lattice spacings]: the first that is sound."""


def sketch_units(
    units: pd.DataFrame, neighbours: pd.DataFrame | None = None, *, crs: str
) -> gpd.GeoDataFrame:
    """Make up polygons of the right size in the right place. This is no survey.

    The outcome is a coverage: one simple polygon without holes for each unit, borders shared
    vertex by vertex, no gaps, no overlaps, the whole one polygon without holes. Each unit has its
    area to 0.5 % and holds its centre. Where the figures allow it, its centroid is near its centre
    and borders are about as long as `neighbours` says. Nothing else is known: the course of a
    border between its ends and the outline of the district are invented.

    Parameters
    ----------
    units
        Columns `unit_code`; `area_km2` [km2], the official area; `lon`, `lat` [degree, EPSG:4326],
        a point close to the centroid.
    neighbours
        Columns `unit_code`, `neighbour_code`, `border_km` [km]; NaN where the length is unknown,
        about 0 where two units only meet in a point. A pair may stand once or in both directions.
        A pair that is not listed does not touch, unless neither of the two is listed at all.
    crs
        Projected working CRS in metres, such as the zone of VN-2000.

    Returns
    -------
    sketch
        EPSG:4326, rounded to 1e-7 degree; index and order of `units`; columns `unit_code`,
        `geometry`, `position` ("sketch"). The same figures give the same bytes, in whatever order
        the rows come.

    Raises
    ------
    SketchError
        Figures are missing or impossible (every such figure is named), or no sound coverage has
        them: units too unequal, centres too close together or too far apart.

    Notes
    -----
    Figures that contradict each other (a centre in the middle of a larger unit, units too small to
    reach each other) still give a coverage, with narrow strips where it cannot be otherwise.

    The cells are a power diagram with free outline, that is partial optimal transport from the
    plane to the centres: Lévy (2022), Partial optimal transport for a constant-volume Lagrangian
    mesh with free boundaries, J. Comput. Phys. 451.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "unit_code": ["a", "b"],
    ...         "area_km2": [40.0, 60.0],
    ...         "lon": [108.5, 108.58],
    ...         "lat": [14.1, 14.1],
    ...     }
    ... )
    >>> sketch = sketch_units(table, crs="EPSG:9218")
    >>> (sketch.to_crs("EPSG:9218").area / 1e6).round(1).tolist()
    [40.0, 60.0]
    """
    raise_all(SketchError, unit_problems(units, neighbours, crs))
    order = np.argsort(units["unit_code"].to_numpy(dtype=str), kind="stable")
    seeds, plane = _seeds(units.iloc[order], neighbours, crs)
    geometry = np.empty(len(units), dtype=object)
    geometry[order] = _polygons(seeds, plane)
    return gpd.GeoDataFrame(
        {"unit_code": units["unit_code"], "geometry": geometry, "position": Position.SKETCH.value},
        index=units.index,
        crs=GEOGRAPHIC,
    )


def _seeds(units: pd.DataFrame, neighbours: pd.DataFrame | None, crs: str) -> tuple[Seeds, Plane]:
    """Bring the figures to a plane around the units in which their mean area is 1."""
    areas_m2 = units["area_km2"].to_numpy(dtype=float) * M2_PER_KM2
    plane = Plane.of(crs)
    centres = plane.points(units[["lon", "lat"]].to_numpy(dtype=float))
    plane = replace(plane, origin=centres.mean(axis=0), unit_m=float(np.sqrt(areas_m2.mean())))
    borders_km = _borders(list(units["unit_code"]), neighbours)
    seeds = Seeds(
        (centres - plane.origin) / plane.unit_m,
        areas_m2 / plane.unit_m**2,
        borders_km * M_PER_KM / plane.unit_m,
    )
    return seeds, plane


def _borders(codes: list[str], neighbours: pd.DataFrame | None) -> Floats:
    """Symmetric matrix of border lengths [km]; NaN where unknown, 0 where there is no border."""
    unknown = np.full((len(codes), len(codes)), np.nan)
    if neighbours is None or neighbours.empty:
        return unknown
    number = {code: i for i, code in enumerate(codes)}
    first = [number[code] for code in neighbours["unit_code"]]
    second = [number[code] for code in neighbours["neighbour_code"]]
    listed = np.isin(np.arange(len(codes)), first + second)
    named = np.zeros(unknown.shape, dtype=bool)
    named[first, second] = named[second, first] = True
    given = unknown.copy()
    given[first, second] = neighbours["border_km"].to_numpy(dtype=float)
    result: Floats = np.where(
        named, np.fmax(given, given.T), np.where(listed[:, None] | listed, 0.0, np.nan)
    )
    return result


def _polygons(seeds: Seeds, plane: Plane) -> NDArray[np.object_]:
    """Draw the units, smoothed and thinned as far as the outcome is sound."""
    lattice = _fine_lattice(seeds)
    labels, costs = _settle(fit_cells(seeds), lattice)
    traced = trace(lattice, labels, costs)
    for rounds, tolerance in FINISHES:
        mesh = smooth(traced, rounds, seeds.areas)
        if tolerance:
            mesh = thin(mesh, np.maximum(tolerance * lattice.spacing, tolerance / 12 * seeds.radii))
        polygons = _rounded(balance(mesh, seeds.areas, 4), plane)
        if _is_sound(polygons, seeds, plane):
            return polygons
    raise unsound()


def _fine_lattice(seeds: Seeds) -> Lattice:
    """Lattice on which the smallest unit and the closest centres are told apart."""
    whole, smallest = float(seeds.areas.sum()), float(seeds.areas.min())
    points = min(max(POINTS, POINTS_EACH * whole / smallest), MOST_POINTS)
    spacing = float(np.sqrt(whole / points / np.sqrt(0.75)))
    spacing = min(spacing, float(seeds.gaps().min()) / 2.2)
    cell = spacing**2 * np.sqrt(0.75)
    width, height = np.ptp(seeds.centres, axis=0) + 2 * seeds.radii.max()
    room = max(whole, width * height / EMPTY_SHARE)
    if room > 1.01 * MOST_POINTS * cell or smallest < FEWEST_POINTS_EACH * cell:
        raise unsound()
    return lattice_over(seeds, spacing)


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
    return even_out(lattice, labels, held, costs, seeds.areas / lattice.cell_area), costs


def _rounded(mesh: Mesh, plane: Plane) -> NDArray[np.object_]:
    """Polygons in rounded degrees, anticlockwise from the westernmost vertex."""
    lonlat = plane.degrees(mesh.vertices)
    polygons = np.empty(len(mesh.rings), dtype=object)
    for i, ring in enumerate(mesh.rings):
        points = lonlat[ring]
        first = int(np.lexsort(points.T[::-1])[0])
        polygons[i] = shapely.Polygon(np.roll(points, -first, axis=0))
    return polygons


def _is_sound(polygons: NDArray[np.object_], seeds: Seeds, plane: Plane) -> bool:
    """Whether the finished polygons keep what `sketch_units` promises."""
    if not (shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons)):
        return False
    whole = shapely.coverage_union_all(polygons)
    if whole.geom_type != "Polygon" or shapely.get_num_interior_rings(whole):
        return False
    back = plane.shapes(polygons)
    inside = shapely.contains_xy(back, seeds.centres[:, 0], seeds.centres[:, 1])
    return bool(inside.all() and (np.abs(shapely.area(back) / seeds.areas - 1) < AREA_ERROR).all())
