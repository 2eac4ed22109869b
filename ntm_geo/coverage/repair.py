"""Mend what is noise in boundaries, list every repair, and leave the rest for a person.

The rules: a gap goes to the unit with the longest border on it, and one along several units is cut
across where two of them meet, so that each piece goes to its own; an overlap stays with that one of
its units which has the longest border on it; both only where they are narrower than the tolerance.
A narrow part that lies apart from its unit goes to the neighbour with the longest border on it.
Between equals the key that sorts first decides. Coordinates never move.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from ntm_geo.coverage.cuts import cuts_across
from ntm_geo.coverage.faces import cut_faces, is_narrow
from ntm_geo.coverage.rings import clean_rings
from ntm_geo.coverage.words import Repair, RepairKind
from ntm_geo.crs import GEOGRAPHIC, find_crs_problem, require_crs
from ntm_geo.errors import CrsError, raise_all
from ntm_geo.model import AREAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.coverage.faces import Faces

    Shapes = NDArray[np.object_]

TOLERANCE_M = 150.0
"""Gaps and overlaps up to this width are noise [m]. The simplified boundaries that are at hand for
whole countries have them up to 105 m wide, while the smallest towns are kilometres across."""

SAME_M = 0.02
"""What is narrower comes from rounding coordinates: vertices that should be one [m]."""

LEAST_M2 = 0.01
"""Less than this changes hands by the arithmetic itself, and is not listed [m2]."""

MOST_LOST_SHARE = 0.1
"""However narrow an overlap is, it is no noise where a unit would lose more than this share."""


_OF_ONE_RING = (RepairKind.INVALID_RING, RepairKind.DUPLICATE_VERTICES)
"""What is put right before the units are held against each other."""


class Repaired(NamedTuple):
    """Boundaries after the repair.

    Parameters
    ----------
    frame
        Index, order, columns and CRS of what was given; only the geometry may differ.
    repairs
        Everything that was mended, by kind, the largest first.
    left
        Everything that is wrong and was left as it is.
    """

    frame: gpd.GeoDataFrame
    repairs: tuple[Repair, ...]
    left: tuple[Repair, ...]


def repair_coverage(
    units: gpd.GeoDataFrame, *, tolerance_m: float = TOLERANCE_M, key: str = "unit_code"
) -> Repaired:
    """Mend boundaries so that units tile: no gaps, no overlaps, borders shared vertex by vertex.

    Parameters
    ----------
    units
        Polygons in a projected CRS in metres, with the column `key`.
    tolerance_m
        Gaps, overlaps and loose parts are noise up to this width (diameter of the largest circle
        inside) and are mended; what is wider is reported [m].
    key
        The column that names a unit in the repairs.

    Returns
    -------
    repaired
        The frame and everything that was wrong. Areas are of the CRS of `units` [m2]: for each
        unit, the area of its polygon before and the listed changes add up to the area after.
        Where nothing was left, `shapely.coverage_is_valid` holds for the frame. A clean coverage
        comes back as it is.

    Raises
    ------
    CrsError
        `units` states no CRS, or one that is not a plane in metres.

    Notes
    -----
    All boundaries are noded and polygonised together, and each face is given to one owner. Holes
    are gaps like any other. A gap that is open to the outside is seen up to the tolerance only.
    """
    require_crs(units, name="units")
    wrong = find_crs_problem(str(units.crs))
    raise_all(CrsError, [] if wrong is None else [wrong])
    bench = _Bench(units, key, tolerance_m)
    bench.mend()
    return _repaired(units, bench.shapes, bench.found)


def repair_rings(areas: gpd.GeoDataFrame, *, key: str) -> Repaired:
    """Make each polygon valid by itself; whatever is no polygon stays as it is.

    Parameters
    ----------
    areas
        Geometry in a projected CRS in metres, with the column `key`.
    key
        The column that names a feature in the repairs.

    Returns
    -------
    repaired
        As `repair_coverage` returns it; areas that collapse to nothing are left, and listed.
    """
    is_area = areas.geom_type.isin(AREAS)
    bench = _Bench(areas[is_area], key, TOLERANCE_M)
    mended = areas.geometry.to_numpy(dtype=object, copy=True)
    mended[is_area.to_numpy()] = bench.shapes
    return _repaired(areas, mended, bench.found)


def _repaired(units: gpd.GeoDataFrame, shapes: Shapes, notes: Iterable[Repair]) -> Repaired:
    found = sorted(notes, key=_order)
    return Repaired(
        units.set_geometry(gpd.GeoSeries(shapes, index=units.index, crs=units.crs)),
        tuple(repair for repair in found if repair.is_mended),
        tuple(repair for repair in found if not repair.is_mended),
    )


def _order(repair: Repair) -> tuple[int, float, tuple[str, ...], float, float]:
    """Sort by kind, then the largest first; what rounding leaves must not count."""
    kind = list(RepairKind).index(repair.kind)
    return kind, -round(repair.area_m2, 2), repair.units, repair.lon, repair.lat


def _gaps(faces: Faces, divided: list[BaseGeometry]) -> tuple[list[list[int]], list[int]]:
    """Return the gaps, and the pieces of those that are divided, the largest piece first."""
    whole: list[list[int]] = []
    pieces: list[int] = []
    for region in faces.regions(lambda owners: not owners):
        point = shapely.point_on_surface(faces.polygons[region[0]])
        if shapely.intersects(divided, point).any():
            pieces += region
        else:
            whole.append(region)
    return whole, sorted(pieces, key=lambda f: -round(float(shapely.area(faces.polygons[f])), 2))


class _Bench:
    """The boundaries while they are worked on, and what was found so far."""

    def __init__(self, units: gpd.GeoDataFrame, key: str, tolerance_m: float) -> None:
        self.names = [str(name) for name in units[key]]
        self.tolerance_m = tolerance_m
        self.crs = units.crs
        self.found: list[Repair] = []
        self.rounding_m2: list[float] = [0.0] * len(units)
        """What each unit gains where only coordinates were rounded."""
        self.shapes, notes = clean_rings(np.asarray(units.geometry, dtype=object))
        for note in notes:
            self._note(
                note.kind,
                [note.unit],
                note.point,
                area_m2=abs(note.change_m2),
                changes={note.unit: note.change_m2},
                vertices=note.vertices,
                is_mended=note.kind != RepairKind.NO_POLYGON,
            )
        left_out = {note.unit for note in notes if note.kind == RepairKind.NO_POLYGON}
        self.numbers = [i for i in range(len(units)) if i not in left_out]
        """Units that take part."""
        self.areas_m2 = shapely.area(self.shapes)

    def mend(self) -> None:
        """Give every face that is noise to one owner, and put the units together again."""
        if not self.numbers:
            return
        faces, divided = self._cut_faces()
        self._each_region(
            faces, faces.regions(lambda owners: len(owners) > 1), self._owner_of_overlap
        )
        gaps, pieces = _gaps(faces, divided)
        self._each_region(faces, gaps, self._owner_of_gap)
        for piece in pieces:
            # The next one counts the border on it: what goes on stays with the same unit.
            self._each_region(faces, [[piece]], self._owner_of_gap)
        for unit in self.numbers:
            for part in faces.parts(unit)[1:]:
                self._mend_part(faces, unit, part)
        rebuilt = [self._rebuilt(faces, unit) for unit in self.numbers]
        self.shapes[self.numbers] = rebuilt

    def _cut_faces(self) -> tuple[Faces, list[BaseGeometry]]:
        """Return all faces, and the gaps that were divided among the units along them."""
        faces = cut_faces(self.shapes, self.numbers, inlet_m=self.tolerance_m)
        divided: list[BaseGeometry] = []
        cuts: list[BaseGeometry] = []
        for region in faces.regions(lambda owners: not owners):
            gap = faces.shape(region)
            if is_narrow(gap, self.tolerance_m) and not is_narrow(gap, SAME_M):
                found = cuts_across(faces, region, self.tolerance_m)
                divided += [gap] if found else []
                cuts += found
        if cuts:
            faces = cut_faces(self.shapes, self.numbers, inlet_m=self.tolerance_m, cuts=cuts)
        return faces, divided

    def _each_region(
        self,
        faces: Faces,
        regions: Iterable[list[int]],
        choose: Callable[[Faces, list[int]], int | None],
    ) -> None:
        """Choose owners for all regions before any is handed over: their order must not count."""
        chosen = [(region, choose(faces, region)) for region in regions]
        for region, owner in chosen:
            if owner is not None:
                faces.give(region, owner)

    def _owner_of_overlap(self, faces: Faces, region: list[int]) -> int | None:
        owners = faces.owners[region[0]]
        shape = faces.shape(region)
        lengths = faces.shared_m(region)
        to = self._longest({unit: lengths.get(unit, 0.0) for unit in owners})
        if shape.area > MOST_LOST_SHARE * min(self.areas_m2[unit] for unit in owners):
            self._keep(RepairKind.OVERLAP, owners, shape)
            return None
        changes = {unit: -shape.area for unit in owners if unit != to}
        return self._hand_over(RepairKind.OVERLAP, owners, shape, to, changes)

    def _owner_of_gap(self, faces: Faces, region: list[int]) -> int | None:
        shape = faces.shape(region)
        lengths = faces.shared_m(region)
        if not lengths:
            self._keep(RepairKind.GAP, (), shape)
            return None
        to = self._longest(lengths)
        return self._hand_over(RepairKind.GAP, lengths, shape, to, {to: shape.area})

    def _mend_part(self, faces: Faces, unit: int, part: list[int]) -> None:
        shape = faces.shape(part)
        # A part that others claim, too, is in the list of overlaps already.
        is_shared = any(len(faces.owners[face]) > 1 for face in part)
        is_large = shape.area > MOST_LOST_SHARE * self.areas_m2[unit]
        if is_shared or is_large or not is_narrow(shape, self.tolerance_m):
            return
        lengths = faces.shared_m(part)
        if not lengths:
            self._keep(RepairKind.SLIVER_PART, [unit], shape)
            return
        to = self._longest(lengths)
        changes = {unit: -shape.area, to: shape.area}
        self._hand_over(RepairKind.SLIVER_PART, [unit, to], shape, to, changes)
        faces.give(part, to)

    def _longest(self, lengths: Mapping[int, float]) -> int:
        """Return the unit with the longest border; rounding must not decide between equals."""
        return min(lengths, key=lambda unit: (-round(lengths[unit], 3), self.names[unit], unit))

    def _hand_over(
        self,
        kind: RepairKind,
        units: Iterable[int],
        shape: BaseGeometry,
        to: int,
        changes: Mapping[int, float],
    ) -> int | None:
        """List a region that goes to one unit, unless it is too wide; return its owner."""
        if is_narrow(shape, SAME_M):
            for unit, change in changes.items():
                self.rounding_m2[unit] += change
        elif is_narrow(shape, self.tolerance_m):
            width = 2 * shape.area / shape.length
            self._note(
                kind,
                units,
                shape,
                area_m2=shape.area,
                width_m=width,
                changes=changes,
                given_to=self.names[to],
            )
        else:
            self._keep(kind, units, shape)
            return None
        return to

    def _keep(self, kind: RepairKind, units: Iterable[int], shape: BaseGeometry) -> None:
        """List a region that is left as it is."""
        width = 2 * shape.area / shape.length
        self._note(kind, units, shape, area_m2=shape.area, width_m=width, is_mended=False)

    def _rebuilt(self, faces: Faces, unit: int) -> BaseGeometry:
        """Put a unit together from its faces; the very same geometry where nothing has changed."""
        before: BaseGeometry = self.shapes[unit]
        mine = [face for face, owners in enumerate(faces.owners) if unit in owners]
        after = faces.shape(mine)
        parts, parts_before = shapely.get_parts(after), shapely.get_parts(before)
        whole, whole_before = (shapely.MultiPolygon(list(p)) for p in (parts, parts_before))
        if shapely.equals_exact(shapely.normalize(whole), shapely.normalize(whole_before)):
            return before
        if shapely.get_type_id(before) == shapely.GeometryType.MULTIPOLYGON:
            after = whole
        change = self.rounding_m2[unit]
        name = self.names[unit]
        moved = set(map(tuple, shapely.get_coordinates(after).tolist()))
        moved ^= set(map(tuple, shapely.get_coordinates(before).tolist()))
        is_listed = any(name in r.units for r in self.found if r.kind not in _OF_ONE_RING)
        if moved and (abs(change) >= LEAST_M2 or not is_listed):
            self._note(
                RepairKind.UNMATCHED_VERTICES,
                [unit],
                shapely.Point(min(moved)),
                area_m2=abs(change),
                changes={unit: change},
                vertices=len(moved),
            )
        return after

    def _note(
        self,
        kind: RepairKind,
        units: Iterable[int],
        shape: BaseGeometry | None,
        *,
        changes: Mapping[int, float] | None = None,
        **figures: Any,  # noqa: ANN401 (fields of Repair)
    ) -> None:
        lon, lat = np.nan, np.nan
        if shape is not None:
            point = gpd.GeoSeries([shapely.point_on_surface(shape)], crs=self.crs)
            lon, lat = shapely.get_coordinates(point.to_crs(GEOGRAPHIC).to_numpy())[0].tolist()
        self.found.append(
            Repair(
                kind=kind,
                units=tuple(sorted(self.names[unit] for unit in units)),
                lon=lon,
                lat=lat,
                changes_m2=MappingProxyType(
                    {self.names[unit]: change for unit, change in (changes or {}).items()}
                ),
                **figures,
            )
        )
