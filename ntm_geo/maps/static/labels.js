/* Names and figures of the units: each inside its unit where it has room, beside the district with a
   line to its unit where it has none. No name covers another one. */
"use strict";

ntm.labels = (() => {
  const { make, svg, typed } = ntm.dom;
  const GAP = 3;
  const EDGE = 4;
  const SHIFTS = [0, -18, 18, -36, 36, -54, 54];
  const MOVES = SHIFTS.flatMap((y) => SHIFTS.map((x) => [x, y]));
  const SYMBOL_RADIUS = 15;
  const RIM_INSIDE = 6; // of the eight places on a box's rim, so many must lie in the unit
  const OUTSIDE_STEPS = 16;
  const OUTSIDE_FARTHEST = 260;
  const CROSSING_COST = 120;

  const boxes = new Map();

  function boxOf(unit, figure) {
    const box = make("div", { class: "unit-name" }, typed(unit.name), figure ? make("b", {}, figure) : null);
    box.dataset.unit = unit.unit_code;
    return box;
  }

  const around = (x, y, { width, height }) => ({
    left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
  });

  const meets = (box, other) => box.left < other.right + GAP && other.left < box.right + GAP
    && box.top < other.bottom + GAP && other.top < box.bottom + GAP;

  const covers = (box, { x, y }) => x > box.left - SYMBOL_RADIUS && x < box.right + SYMBOL_RADIUS
    && y > box.top - SYMBOL_RADIUS && y < box.bottom + SYMBOL_RADIUS;

  /* The corners and edge middles of a box, as longitudes and latitudes. */
  function rim(map, { left, right, top, bottom }) {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return [
      [left, top], [right, top], [left, bottom], [right, bottom], [x, top], [x, bottom], [left, y], [right, y],
    ].map((corner) => map.layerPointToLatLng(corner)).map(({ lng, lat }) => [lng, lat]);
  }

  const within = (unit, places) => places.filter((at) => ntm.geodesy.contains(unit.geometry, at)).length;

  /* The best place within the unit: no name there yet, as few symbols under it as can be. */
  function inside(map, unit, size, taken, symbols) {
    const centre = map.latLngToLayerPoint([unit.at[1], unit.at[0]]);
    let best = null;
    for (const [x, y] of MOVES) {
      const box = around(centre.x + x, centre.y + y, size);
      if (taken.some((other) => meets(box, other))) continue;
      const inUnit = within(unit, rim(map, box));
      if (inUnit < RIM_INSIDE) continue;
      const cost = symbols.filter((place) => covers(box, place)).length * 4 + (8 - inUnit)
        + Math.hypot(x, y) / 40;
      if (!best || cost < best.cost) best = { box, cost };
    }
    return best?.box ?? null;
  }

  /* What is seen of the map: a name that is led out of its unit must not be led out of sight. */
  function sight(map) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    return { left: x + EDGE, right: x + width - EDGE, top: y + EDGE, bottom: y + height - EDGE };
  }

  /* Where the map's own controls stand. */
  function controls(map) {
    const { left, top } = map.getContainer().getBoundingClientRect();
    const origin = map.containerPointToLayerPoint([0, 0]);
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      const [x, y] = [origin.x - left, origin.y - top];
      return { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
    });
  }

  const isSeen = (box, seen) => box.left >= seen.left && box.right <= seen.right
    && box.top >= seen.top && box.bottom <= seen.bottom;

  const side = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  const cross = ([a, b], [c, d]) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

  const through = (line, { left, right, top, bottom }) =>
    cross(line, [[left, top], [right, bottom]]) || cross(line, [[left, bottom], [right, top]]);

  /* From the unit's place to the nearest edge of the box. */
  const leaderTo = (box, { x, y }) => [[x, y],
    [Math.max(box.left, Math.min(box.right, x)), Math.max(box.top, Math.min(box.bottom, y))]];

  /* A free place outside of all units: near, and with a line that crosses as few others as can be. */
  function outside(map, unit, size, { taken, units, leaders }) {
    const seen = sight(map);
    const centre = map.latLngToLayerPoint([unit.at[1], unit.at[0]]);
    let best = null;
    for (let reach = 30; reach <= OUTSIDE_FARTHEST && !(best?.cost <= reach); reach += 10) {
      for (let step = 0; step < OUTSIDE_STEPS; step += 1) {
        const angle = (2 * Math.PI * step) / OUTSIDE_STEPS;
        const box = around(centre.x + reach * Math.cos(angle), centre.y + reach * Math.sin(angle), size);
        if (!isSeen(box, seen) || taken.some((other) => meets(box, other))) continue;
        const leader = leaderTo(box, centre);
        const crossings = leaders.filter((other) => cross(leader, other) || through(other, box)).length
          + taken.filter((other) => through(leader, other)).length;
        const cost = reach + CROSSING_COST * crossings;
        if (best && cost >= best.cost) continue;
        const places = rim(map, box);
        if (units.every((other) => !within(other, places))) best = { box, leader, cost };
      }
    }
    return best;
  }

  function drawn([[x1, y1], [x2, y2]]) {
    return [
      svg("line", { x1, y1, x2, y2, stroke: "#fff", "stroke-width": 4 }),
      svg("line", { x1, y1, x2, y2, stroke: "#111", "stroke-width": 1.5 }),
      svg("circle", { cx: x1, cy: y1, r: 3.5, fill: "#111", stroke: "#fff" }),
    ];
  }

  /* Places all names and returns the boxes that they take. */
  function place(map, units, figureOf, symbols) {
    const pane = map.getPane("names");
    const lines = svg("svg", { class: "leaders", width: 1, height: 1, "aria-hidden": "true" });
    boxes.clear();
    for (const unit of units) boxes.set(unit, boxOf(unit, figureOf(unit)));
    pane.replaceChildren(...boxes.values());
    map.getPane("leaders").replaceChildren(lines); // below the symbols: a line hides no figure
    const sizeOf = ({ offsetWidth: width, offsetHeight: height }) => ({ width, height });
    const sizes = new Map([...boxes].map(([unit, box]) =>
      [unit, { whole: sizeOf(box), figure: sizeOf(box.lastChild) }]));
    // The smallest units have the least choice, so they choose first.
    const order = [...units].sort((a, b) => a.area_km2 - b.area_km2);
    const taken = controls(map);
    const names = [];
    const leaders = [];
    for (const unit of order) {
      const { whole, figure } = sizes.get(unit);
      const own = inside(map, unit, whole, taken, symbols);
      const beside = own ? null : outside(map, unit, whole, { taken, units, leaders });
      // Where a screen is too small for the name, its figure stands alone: a click tells the name.
      const alone = own || beside ? null : inside(map, unit, figure, taken, symbols);
      const box = own ?? beside?.box ?? alone;
      const element = boxes.get(unit);
      element.classList.toggle("no-room", !box);
      element.classList.toggle("figure-only", Boolean(alone));
      if (!box) continue;
      taken.push(box);
      names.push(box);
      element.style.left = `${box.left}px`;
      element.style.top = `${box.top}px`;
      if (!beside) continue;
      leaders.push(beside.leader);
      lines.append(...drawn(beside.leader));
    }
    return names;
  }

  return { place };
})();
