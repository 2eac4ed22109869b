/* Where the units lie under the map's layer points: names are tried in hundreds of places, and the
   browser's canvas finds points in areas many times faster than we could. */
"use strict";

ntm.ground = (() => {
  const { pen } = ntm.dom;
  const FINE = 2 ** 13; // the world in so many pixels of scale 0: as fine as a canvas counts
  const areas = new Map();
  const all = new Path2D();
  const [west, , , north] = ntm.data.bounds;
  const corner = inWorld([west, north]);

  function inWorld([lon, lat]) {
    return L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0).multiplyBy(FINE);
  }

  /* The polygons of a unit as a path of the flat world, from the district's corner, and their size. */
  function areaOf({ geometry: { type, coordinates } }) {
    const path = new Path2D();
    const box = L.bounds([]);
    for (const ring of type === "Polygon" ? coordinates : coordinates.flat()) {
      ring.map(inWorld).forEach((place, i) => {
        box.extend(place);
        if (i) path.lineTo(place.x - corner.x, place.y - corner.y);
        else path.moveTo(place.x - corner.x, place.y - corner.y);
      });
    }
    return { path, size: box.getSize() };
  }

  function readUnits() {
    for (const unit of ntm.data.units) {
      areas.set(unit, areaOf(unit));
      all.addPath(areas.get(unit).path);
    }
  }

  /* As the map lies now. Points are [x, y]. */
  function under(map) {
    if (!areas.size) readUnits();
    const origin = map.getPixelOrigin();
    const factor = FINE / map.getZoomScale(map.getZoom(), 0);
    const isIn = (path, [x, y]) => pen.isPointInPath(
      path, (x + origin.x) * factor - corner.x, (y + origin.y) * factor - corner.y, "evenodd");
    /* How many of the points lie outside of a unit; beyond `most` they are no longer counted. */
    function countOutside(unit, points, most) {
      let count = 0;
      for (const point of points) {
        if (!isIn(areas.get(unit).path, point)) count += 1;
        if (count > most) break;
      }
      return count;
    }
    /* Whether a box could lie in a unit at all. */
    function isLarge(unit, { width, height }) {
      const { x, y } = areas.get(unit).size.divideBy(factor);
      return x >= width && y >= height;
    }
    return { countOutside, isLarge, isFree: (points) => !points.some((point) => isIn(all, point)) };
  }

  return { under };
})();
