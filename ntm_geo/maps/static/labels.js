/* Names and figures of the units: each inside its unit where it has room, beside the district with a
   line to its unit where it has none. No name covers another one. */
"use strict";

ntm.labels = (() => {
  const { make, svg, typed, pen } = ntm.dom;
  const GAP = 3;
  const EDGE = 4;
  const SHIFTS = [0, -18, 18, -36, 36, -54, 54];
  const FARTHEST_MOVE = Math.hypot(54, 54);
  /* How a name may be moved, and what that costs. */
  const MOVES = SHIFTS.flatMap((y) => SHIFTS.map((x) => [x, y, Math.hypot(x, y) / 40]))
    .sort((a, b) => a[2] - b[2]);
  const SYMBOL_RADIUS = 15;
  const WIDEST_EM = 6.4;
  const LINE_EM = 1.2; // as .unit-name in page.css
  const SYMBOL_COST = 4;
  const MOST_OUTSIDE = 2; // of the eight places on a box's rim, so many may lie outside of the unit
  const OUTSIDE_STEPS = 12;
  const OUTSIDE_FARTHEST = 260;
  const CROSSING_COST = 120;
  const THROUGH = 1.25; // a name: worse than another line
  const DOT = { width: 12, height: 12 };
  const MOST_COVERED = 2; // symbols; rather than over so many a name stands beside the district,
  const FAIR = 100; // if its line is no longer than that
  const MOST_ROUNDS = 2;

  let measured = null;

  /* A name in lines that are no wider than `WIDEST_EM`, broken at blanks. */
  function linesOf(name, size) {
    const lines = [];
    for (const word of name.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && pen.measureText(longer).width <= WIDEST_EM * size) lines.splice(-1, 1, longer);
      else lines.push(word);
    }
    return lines;
  }

  /* The text of a label and its size, measured without asking the browser to lay out the page. */
  function labelOf(unit, figure, font) {
    const size = parseFloat(font.fontSize);
    pen.font = `600 ${font.fontSize} ${font.fontFamily}`;
    const lines = linesOf(ntm.words.unitName(unit.unit_code), size);
    const sizeOf = (texts) => ({
      width: Math.ceil(Math.max(...texts.map((text) => pen.measureText(text).width))) + 2,
      height: Math.ceil(texts.length * LINE_EM * size),
    });
    const box = make("div", { class: "unit-name", "data-unit": unit.unit_code },
      lines.map((line) => typed(line)), figure ? make("b", {}, figure) : null);
    const alone = figure ? sizeOf([figure]) : sizeOf(lines);
    return { box, whole: sizeOf(figure ? [...lines, figure] : lines), figure: alone };
  }

  const around = (x, y, { width, height }) => ({
    left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
  });

  const meets = (box, other) => box.left < other.right + GAP && other.left < box.right + GAP
    && box.top < other.bottom + GAP && other.top < box.bottom + GAP;

  const covers = (box, { x, y }) => x > box.left - SYMBOL_RADIUS && x < box.right + SYMBOL_RADIUS
    && y > box.top - SYMBOL_RADIUS && y < box.bottom + SYMBOL_RADIUS;

  /* The corners and edge middles of a box. */
  function rim({ left, right, top, bottom }) {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return [
      [left, top], [right, top], [left, bottom], [right, bottom], [x, top], [x, bottom], [left, y], [right, y],
    ];
  }

  /* The best place within the unit: no name there yet, as few symbols under it as can be. */
  function inside(map, unit, size, { taken, symbols, ground }) {
    if (!ground.isLarge(unit, size)) return null;
    const centre = map.latLngToLayerPoint([unit.at[1], unit.at[0]]);
    const close = symbols.filter((place) => centre.distanceTo(place) < FARTHEST_MOVE + size.width);
    let best = null;
    for (const [x, y, far] of MOVES) {
      if (best && far >= best.cost) break;
      const box = around(centre.x + x, centre.y + y, size);
      const covered = close.reduce((sum, place) => sum + (covers(box, place) ? place.weight : 0), 0);
      const least = SYMBOL_COST * covered + far;
      if ((best && least >= best.cost) || taken.some((other) => meets(box, other))) continue;
      const without = ground.countOutside(unit, rim(box), MOST_OUTSIDE);
      if (without > MOST_OUTSIDE) continue;
      const cost = least + without;
      if (!best || cost < best.cost) best = { box, covered, cost };
    }
    return best;
  }

  /* What is seen of the map: a name that is led out of its unit must not be led out of sight. */
  function sight(map) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    return { left: x + EDGE, right: x + width - EDGE, top: y + EDGE, bottom: y + height - EDGE };
  }

  /* What has to be read off the laid-out page: the letters, and where the map's own controls stand.
     Reading it lays the page out anew, so it is read once for each size of the map. */
  function measure(map) {
    const container = map.getContainer();
    const { left, top } = container.getBoundingClientRect();
    const { fontSize, fontFamily } = getComputedStyle(container);
    const controls = [...container.querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      return { left: box.left - left, right: box.right - left, top: box.top - top, bottom: box.bottom - top };
    });
    measured = { size: map.getSize(), font: { fontSize, fontFamily }, controls };
  }

  function controls(map) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    return measured.controls.map(({ left, right, top, bottom }) =>
      ({ left: left + x, right: right + x, top: top + y, bottom: bottom + y }));
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

  const hasRoom = (box, { taken, seen }) => isSeen(box, seen) && !taken.some((other) => meets(box, other));

  /* Round the dot that a line starts from: another line must not seem to start there. */
  const dot = ([[x, y]]) => around(x, y, DOT);

  /* How often a name and its line meet others; a line through a name is worse. */
  const crossings = ({ box, leader }, { taken, leaders }) =>
    leaders.filter((other) => cross(leader, other) || through(leader, dot(other)) || through(other, dot(leader))).length
    + THROUGH * leaders.filter((other) => through(other, box)).length
    + THROUGH * taken.filter((other) => through(leader, other)).length;

  /* A name beside the district with its line: the longer and the more entangled, the worse. */
  function led(centre, x, y, size, all) {
    const box = around(x, y, size);
    const one = { centre, size, box, leader: leaderTo(box, centre) };
    one.cost = Math.hypot(x - centre.x, y - centre.y) + CROSSING_COST * crossings(one, all);
    return one;
  }

  /* A free place outside of all units: near, and with a line that crosses as few others as can be. */
  function outside(centre, size, all) {
    let best = null;
    for (let reach = 30; reach <= OUTSIDE_FARTHEST && !(best?.cost <= reach); reach += 15) {
      for (let step = 0; step < OUTSIDE_STEPS; step += 1) {
        const angle = (2 * Math.PI * step) / OUTSIDE_STEPS;
        const place = [centre.x + reach * Math.cos(angle), centre.y + reach * Math.sin(angle)];
        if (!hasRoom(around(...place, size), all)) continue;
        const one = led(centre, ...place, size, all);
        if ((!best || one.cost < best.cost) && all.ground.isFree(rim(one.box))) best = one;
      }
    }
    return best;
  }

  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];

  /* Lines that cross each other or go through a name are put right, now that all names are known: two
     names change places, or one finds another. Where there is no room for that, they stay. */
  function untangle(names, all) {
    const beside = names.filter(({ leader }) => leader);
    const without = (...mine) => {
      const others = names.filter((one) => !mine.includes(one));
      return {
        ...all, taken: [...all.taken, ...others.map(({ box }) => box)],
        leaders: others.flatMap(({ leader }) => (leader ? [leader] : [])),
      };
    };
    const at = (one, box, others) => led(one.centre, ...middle(box), one.size, others);
    const isTangled = (one) => crossings(one, without(one)) > 0;
    const cost = (one, other) => one.cost + other.cost
      + CROSSING_COST * crossings(one, { taken: [other.box], leaders: [other.leader] });

    function changePlaces(one, other) {
      const others = without(one, other);
      const [mine, its] = [at(one, other.box, others), at(other, one.box, others)];
      const now = cost(at(one, one.box, others), at(other, other.box, others));
      if (cost(mine, its) >= now || meets(mine.box, its.box)) return false;
      if (![mine, its].every(({ box }) => hasRoom(box, others) && all.ground.isFree(rim(box)))) return false;
      Object.assign(one, mine);
      Object.assign(other, its);
      return true;
    }

    function findAnother(one) {
      const others = without(one);
      const found = outside(one.centre, one.size, others);
      if (!found || found.cost >= at(one, one.box, others).cost) return false;
      Object.assign(one, found);
      return true;
    }

    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const moved = beside.filter(isTangled).filter((one) =>
        beside.some((other) => other !== one && changePlaces(one, other)) || findAnother(one));
      if (!moved.length) break;
    }
  }

  function drawn([[x1, y1], [x2, y2]]) {
    return [
      svg("line", { x1, y1, x2, y2, stroke: "#fff", "stroke-width": 4 }),
      svg("line", { x1, y1, x2, y2, stroke: "#111", "stroke-width": 1.5 }),
      svg("circle", { cx: x1, cy: y1, r: 3.5, fill: "#111", stroke: "#fff" }),
    ];
  }

  /* A name over a symbol that found no room to make way stands beside the district, or leaves the unit
     to its figure, if that is over fewer. */
  function giveWay(map, one, names, all) {
    const others = names.filter((other) => other !== one);
    const now = {
      ...all, taken: [...all.taken, ...others.map(({ box }) => box)],
      leaders: others.flatMap(({ leader }) => (leader ? [leader] : [])),
    };
    const beside = outside(one.centre, one.size, now);
    const alone = inside(map, one.unit, one.figure, now);
    const over = (box) => all.symbols.filter((place) => covers(box, place)).length;
    if (beside && (!alone || crossings(beside, now) <= 1)) Object.assign(one, beside);
    else if (alone && over(alone.box) < over(one.box)) {
      Object.assign(one, { box: alone.box, size: one.figure, isAlone: true });
    }
  }

  /* Places all names. `makeWay` moves symbols away from the boxes that they take, and returns the boxes
     over symbols that stay, and where all symbols are then. */
  function place(map, units, { figureOf, symbols, ground, makeWay }) {
    const pane = map.getPane("names");
    const lines = svg("svg", { class: "leaders", width: 1, height: 1, "aria-hidden": "true" });
    if (!measured?.size.equals(map.getSize())) measure(map);
    const boxes = new Map(units.map((unit) => [unit, labelOf(unit, figureOf(unit), measured.font)]));
    pane.replaceChildren(...[...boxes.values()].map(({ box }) => box));
    map.getPane("leaders").replaceChildren(lines); // below the symbols: a line hides no figure
    // The smallest units have the least choice, so they choose first.
    const order = [...units].sort((a, b) => a.area_km2 - b.area_km2);
    const fixed = controls(map);
    const all = { taken: [...fixed], leaders: [], symbols, ground, seen: sight(map) };
    const names = [];
    for (const unit of order) {
      const { box: element, whole, figure } = boxes.get(unit);
      const centre = map.latLngToLayerPoint([unit.at[1], unit.at[0]]);
      const own = inside(map, unit, whole, all);
      const isClear = own && own.covered < MOST_COVERED;
      const beside = isClear ? null : outside(centre, whole, all);
      const isBetter = beside && (!own || beside.cost < FAIR);
      // Where a screen is too small for the name, its figure stands alone: a click tells the name.
      const alone = own || beside ? null : inside(map, unit, figure, all);
      const one = isBetter ? beside : own ?? alone;
      element.classList.toggle("no-room", !one);
      if (!one) continue;
      all.taken.push(one.box);
      if (one.leader) all.leaders.push(one.leader);
      names.push({ element, unit, centre, size: whole, figure, isAlone: Boolean(alone), ...one });
    }
    const free = { ...all, taken: fixed };
    untangle(names, free);
    const { over, places } = makeWay(names.map(({ box }) => box));
    const stuck = names.filter(({ box, leader }) => !leader && over.includes(box));
    for (const one of stuck) giveWay(map, one, names, { ...free, symbols: places });
    if (stuck.length) {
      untangle(names, free);
      makeWay(names.map(({ box }) => box)); // what is left of a name is smaller
    }
    for (const { element, box, leader, isAlone } of names) {
      element.classList.toggle("figure-only", isAlone);
      element.style.left = `${box.left}px`;
      element.style.top = `${box.top}px`;
      if (leader) lines.append(...drawn(leader));
    }
  }

  return { place };
})();
