/* What things look like: a colour for each status and a second cue, so that no meaning hangs on
   colour alone. Sketches are hollow. The same pieces make the map and its legend. */
"use strict";

ntm.symbols = (() => {
  const { svg } = ntm.dom;
  const STATUS = {
    completed: { colour: "#00466b", dash: null, mark: "✓" },
    in_progress: { colour: "#1f78b4", dash: "14 6", mark: "" },
    preparation: { colour: "#7fb8dd", dash: "6 5", mark: "" },
    not_started: { colour: "#d4d4d4", dash: null, mark: "" },
    cancelled: { colour: "#111111", dash: "2 6", mark: "×" },
    overdue: { colour: "#e66a1f", dash: null, mark: "!" },
    none: { colour: "#8a8a8a", dash: null, mark: "" },
  };
  /* What can be said of a criterion in a unit: fill of the unit, and a sign. */
  const CRITERION = {
    maintained: { colour: "#9cc58a", sign: "✓" },
    achieved: { colour: "#d3e6a8", sign: "(✓)" },
    in_hand: { colour: "#c3dcee", sign: "→" },
    unfed: { colour: "#f3b98a", sign: "!" },
    untargeted: { colour: "#efefef", sign: "–" },
  };
  const CASING = "#333333";
  const MEASURED = "#d5dde2"; // inside of a group without a sketch
  const ROAD_WIDTH = { field_road: 8, village_road: 5 };
  const OTHER_WIDTH = 4;
  const SIZE = window.matchMedia("(min-width: 1700px)").matches ? 38 : 32; // from the back of a room
  const DARK = ["completed", "in_progress", "cancelled"];

  const lookOf = (status, overdue) => (overdue ? "overdue" : status);
  const roadWidth = (asset) => ROAD_WIDTH[asset.class] ?? OTHER_WIDTH;

  function disc(size) {
    const middle = size / 2;
    return [
      svg("circle", { cx: middle, cy: middle, r: middle - 0.5, fill: CASING }),
      (colour) => svg("circle", { cx: middle, cy: middle, r: middle - 1.5, fill: colour }),
    ];
  }

  const hole = (size, dashed) => svg("circle", {
    cx: size / 2, cy: size / 2, r: size / 2 - 4.5, fill: "#fff", stroke: CASING, "stroke-width": 1,
    "stroke-dasharray": dashed ? "3 2" : null,
  });

  const letters = (size, text, colour) => svg("text", {
    x: size / 2, y: size / 2 + 5.5, "text-anchor": "middle", fill: colour,
  }, text);

  const corner = (size, mark) => svg("text", {
    x: size - 4, y: 11, "text-anchor": "middle", fill: "#111", stroke: "#fff", "stroke-width": 3,
    "paint-order": "stroke",
  }, mark);

  const frame = (size, ...content) => svg("svg", {
    class: "symbol", width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true",
  }, ...content);

  const drawn = new Map();

  /* Most symbols look like one that is there already. */
  function copy(key, draw) {
    if (!drawn.has(key)) drawn.set(key, draw());
    return drawn.get(key).cloneNode(true);
  }

  /* One thing: letters of its layer, a ring in the colour of the status, white inside a sketch. */
  const symbol = (code, status, { hollow = false } = {}) =>
    copy(`${code} ${status} ${hollow}`, () => draw(code, status, hollow));

  function draw(code, status, hollow) {
    const look = STATUS[status];
    const [edge, ring] = disc(SIZE);
    const colour = DARK.includes(status) && !hollow ? "#fff" : "#111";
    return frame(SIZE, edge, ring(look.colour), hollow ? hole(SIZE, true) : null,
      letters(SIZE, code, colour), look.mark ? corner(SIZE, look.mark) : null);
  }

  /* Several things in one place: their number, and a ring with each status's share. White inside, as a
     sketch, where one of them is. */
  const groupSymbol = (statuses, { hollow = false } = {}) =>
    copy(`${[...statuses].sort().join()} ${hollow}`, () => drawGroup(statuses, hollow));

  function drawGroup(statuses, hollow) {
    const size = SIZE + 6;
    const middle = size / 2;
    const radius = middle - 4;
    const round = 2 * Math.PI * radius;
    const [edge] = disc(size);
    const made = frame(size, edge, svg("circle", { cx: middle, cy: middle, r: middle - 1.5, fill: "#fff" }));
    let start = 0;
    for (const status of Object.keys(STATUS)) {
      const share = statuses.filter((one) => one === status).length / statuses.length;
      if (!share) continue;
      made.append(svg("circle", {
        cx: middle, cy: middle, r: radius, fill: "none", stroke: STATUS[status].colour,
        "stroke-width": 5, "stroke-dasharray": `${share * round} ${round}`,
        "stroke-dashoffset": -start * round, transform: `rotate(-90 ${middle} ${middle})`,
      }));
      start += share;
    }
    made.append(svg("circle", {
      cx: middle, cy: middle, r: radius - 2.5, fill: hollow ? "#fff" : MEASURED, stroke: CASING,
      "stroke-dasharray": hollow ? "3 2" : null,
    }));
    made.append(letters(size, String(statuses.length), "#111"));
    if (statuses.includes("overdue")) made.append(corner(size, "!"));
    return made;
  }

  /* The strokes of a line from the lowest to the uppermost, for the map and for the legend. */
  function strokes(width, status, hollow) {
    const look = STATUS[status];
    const wide = status === "overdue" ? width + 2 : width;
    const made = [{ colour: CASING, weight: wide + 3, dash: null }];
    if (look.dash) made.push({ colour: "#ffffff", weight: wide + 1, dash: null }); // seen between them
    made.push({ colour: look.colour, weight: wide + 1, dash: look.dash });
    if (hollow) made.push({ colour: "#ffffff", weight: Math.max(1.5, width * 0.4), dash: null });
    return made;
  }

  function lineSample(width, status, hollow = false) {
    return svg("svg", { class: "sample", width: 44, height: 16, "aria-hidden": "true" },
      strokes(width, status, hollow).map(({ colour, weight, dash }) => svg("line", {
        x1: 1, x2: 43, y1: 8, y2: 8, stroke: colour, "stroke-width": weight, "stroke-dasharray": dash,
      })));
  }

  /* Of a whole unit: colour and dash of its border. */
  const areaSample = (colour, dashed = false) =>
    svg("svg", { class: "sample", width: 32, height: 22, "aria-hidden": "true" }, svg("rect", {
      x: 1.5, y: 1.5, width: 29, height: 19, fill: colour, stroke: "#444", "stroke-width": 2,
      "stroke-dasharray": dashed ? "7 6" : null,
    }));

  /* Over a unit that did not report. */
  function hatchPattern() {
    return svg("defs", {}, svg("pattern", {
      id: "hatch", width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    }, svg("line", { x1: 0, y1: 0, x2: 0, y2: 10, stroke: "#222", "stroke-width": 2, "stroke-opacity": 0.45 })));
  }

  const hatchSample = () => svg("svg", { class: "sample", width: 32, height: 22, "aria-hidden": "true" },
    svg("rect", { x: 1.5, y: 1.5, width: 29, height: 19, fill: "#fff", stroke: "#444" }),
    [6, 14, 22, 30].map((x) => svg("line", {
      x1: x, y1: 1.5, x2: Math.max(1.5, x - 19), y2: Math.min(20.5, x + 0.5), stroke: "#222", "stroke-width": 2,
      "stroke-opacity": 0.45,
    })));

  const ofRow = (row) => symbol(ntm.by.layer.get(row.asset.layer).code,
    lookOf(row.status, row.overdue), { hollow: row.asset.position === "sketch" });

  return {
    STATUS, CRITERION, ROAD_WIDTH, SIZE, CASING, lookOf, roadWidth, symbol, groupSymbol, strokes,
    lineSample, areaSample, hatchPattern, hatchSample, ofRow,
  };
})();
