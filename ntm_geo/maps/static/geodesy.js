/* Distances on the WGS 84 ellipsoid, good to a few parts in ten thousand within a district: the
   nearest points are found on a plane whose degrees have their true lengths in metres at that
   latitude, the distance between them is then taken at their own middle latitude. */
"use strict";

ntm.geodesy = (() => {
  const AXIS_M = 6378137;
  const ECCENTRICITY_2 = 6.69437999014e-3;
  const radians = (degrees) => (degrees * Math.PI) / 180;

  /* Metres of a degree of longitude and of latitude at a latitude (radii of curvature N and M). */
  function degreeLengths(latitude) {
    const sine = Math.sin(radians(latitude));
    const root = Math.sqrt(1 - ECCENTRICITY_2 * sine * sine);
    const prime = AXIS_M / root;
    const meridional = (AXIS_M * (1 - ECCENTRICITY_2)) / root ** 3;
    return [radians(1) * prime * Math.cos(radians(latitude)), radians(1) * meridional];
  }

  function between([lonA, latA], [lonB, latB]) {
    const [east, north] = degreeLengths((latA + latB) / 2);
    return Math.hypot((lonB - lonA) * east, (latB - latA) * north);
  }

  /* Chains of places (a point is a chain of one), and the rings of its areas. */
  function parts({ type, coordinates }) {
    if (type === "Point") return { chains: [[coordinates]], areas: [] };
    if (type === "MultiPoint") return { chains: coordinates.map((place) => [place]), areas: [] };
    if (type === "LineString") return { chains: [coordinates], areas: [] };
    if (type === "MultiLineString") return { chains: coordinates, areas: [] };
    const areas = type === "Polygon" ? [coordinates] : coordinates;
    return { chains: areas.flat(), areas };
  }

  function inRing([x, y], ring) {
    return ring.reduce((inside, [bx, by], i) => {
      const [ax, ay] = ring.at(i - 1);
      return (ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
    }, false);
  }

  const inArea = (place, rings) => inRing(place, rings[0])
    && !rings.slice(1).some((hole) => inRing(place, hole));

  /* The place of a segment that is nearest to a place, on the plane. */
  function nearestOn([px, py], [ax, ay], [bx, by]) {
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const share = square ? Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square)) : 0;
    return [ax + share * dx, ay + share * dy];
  }

  function crossing([ax, ay], [bx, by], [cx, cy], [dx, dy]) {
    const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
    if (turn === 0) return null;
    const first = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn;
    const second = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn;
    const meets = first >= 0 && first <= 1 && second >= 0 && second <= 1;
    return meets ? [ax + first * (bx - ax), ay + first * (by - ay)] : null;
  }

  const segments = (chain) => (chain.length === 1
    ? [[chain[0], chain[0]]] : chain.slice(1).map((end, i) => [chain[i], end]));

  function nearestOfSegments([a, b], [c, d]) {
    const meeting = crossing(a, b, c, d);
    if (meeting) return [meeting, meeting];
    return [
      [a, nearestOn(a, c, d)], [b, nearestOn(b, c, d)],
      [nearestOn(c, a, b), c], [nearestOn(d, a, b), d],
    ].reduce((best, pair) => (gap(pair) < gap(best) ? pair : best));
  }

  const gap = ([[ax, ay], [bx, by]]) => Math.hypot(bx - ax, by - ay);

  /* The two nearest places of two GeoJSON geometries, and their distance [m]. */
  function nearest(left, right) {
    const [one, other] = [parts(left), parts(right)];
    const origin = one.chains[0][0];
    for (const [areas, chains] of [[one.areas, other.chains], [other.areas, one.chains]]) {
      const inside = chains.map((chain) => chain[0])
        .find((place) => areas.some((rings) => inArea(place, rings)));
      if (inside) return { metres: 0, from: inside, to: inside };
    }
    const [east, north] = degreeLengths(origin[1]);
    const flat = (chain) => chain.map(([lon, lat]) => [(lon - origin[0]) * east, (lat - origin[1]) * north]);
    const round = ([x, y]) => [origin[0] + x / east, origin[1] + y / north];
    let best = null;
    const others = other.chains.flatMap((chain) => segments(flat(chain)));
    for (const segment of one.chains.flatMap((chain) => segments(flat(chain)))) {
      for (const against of others) {
        const pair = nearestOfSegments(segment, against);
        if (!best || gap(pair) < gap(best)) best = pair;
      }
    }
    const [from, to] = best.map(round);
    return { metres: between(from, to), from, to };
  }

  return { nearest, between, degreeLengths };
})();
