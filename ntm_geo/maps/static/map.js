/* What the page draws, from the page's data (the JSON element "ntm-data") and nothing else.
   Text goes into the page as text, never as markup. */
"use strict";

const ntmGeo = (() => {
  const STATUS = {
    // colour and dash of each status; the mark is the second cue on symbols
    completed: { colour: "#00466b", dash: null, mark: "✓" },
    in_progress: { colour: "#1f78b4", dash: "14 6", mark: "" },
    preparation: { colour: "#7fb8dd", dash: "6 5", mark: "" },
    not_started: { colour: "#d4d4d4", dash: null, mark: "" },
    cancelled: { colour: "#111111", dash: "2 6", mark: "×" },
    overdue: { colour: "#e66a1f", dash: null, mark: "!" },
    none: { colour: "#8a8a8a", dash: null, mark: "" },
  };
  const NOT_IN_PROGRAMME = "#e6e6e6";
  const CASING = "#333333";
  const ROAD_WIDTH = { field_road: 8, village_road: 5 };
  const OTHER_WIDTH = 4;
  const SIZE = 32;
  const NEAR_ZOOM = 11.5;
  // What still has to be done comes first.
  const CRITERIA_ORDER = ["unfed", "in_hand", "achieved", "maintained", "untargeted"];
  const PANEL_WIDTH = 385;

  let data = null;
  const wide = () => window.innerWidth > 1000;
  const page = () => (data ??= JSON.parse(document.getElementById("ntm-data").textContent));
  const text = (name) => page().texts[name];
  const isUnplaced = (asset) => !asset.placed;
  const isSketch = (properties) => properties.position === "sketch";
  const statusOf = (thing) => (thing.overdue ? "overdue" : thing.status ?? "none");
  const statusWords = (thing) => {
    if (!thing.status) return text("no_works");
    const word = page().words.status[thing.status];
    return thing.overdue ? `${word}, ${text("overdue")}` : word;
  };

  function element(tag, content, className) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    for (const part of [content].flat()) if (part !== undefined && part !== null) made.append(part);
    return made;
  }

  function facts(pairs) {
    const list = document.createElement("dl");
    for (const [name, value] of pairs) {
      if (value === null || value === undefined || value === "") continue;
      list.append(element("dt", name), element("dd", String(value)));
    }
    return list;
  }

  // --- map ---------------------------------------------------------------------------------

  function map(id, bounds) {
    const made = L.map(id, { zoomControl: false, zoomSnap: 0.25, maxZoom: 19 });
    const margins = wide() ? [[PANEL_WIDTH, 10], [PANEL_WIDTH, 10]] : [[10, 10], [10, 10]];
    made.fitBounds(bounds, { paddingTopLeft: margins[0], paddingBottomRight: margins[1] });
    L.control.zoom({ position: "bottomright", zoomInTitle: text("zoom_in"), zoomOutTitle: text("zoom_out") }).addTo(made);
    L.control.scale({ imperial: false }).addTo(made);
    made.attributionControl.setPrefix("Leaflet");
    for (const [name, level] of [["areas", 350], ["lines", 420]]) {
      made.createPane(name).style.zIndex = level;
    }
    made.on("zoomend layeradd layerremove", () => requestAnimationFrame(() => spreadNames(made)));
    const setScale = () => made.getContainer().classList.toggle("far", made.getZoom() < NEAR_ZOOM);
    made.on("zoomend", setScale);
    setScale();
    return made;
  }

  function popupOptions() {
    const padding = wide() ? [PANEL_WIDTH, 10] : [10, 10];
    return {
      maxWidth: Math.min(420, window.innerWidth - 70), maxHeight: 360, autoPanPaddingTopLeft: padding, autoPanPaddingBottomRight: padding,
    };
  }

  // --- units -------------------------------------------------------------------------------

  function metColour(met) {
    if (met === null) return NOT_IN_PROGRAMME;
    return page().steps.find((step) => met <= step.last).colour;
  }

  /* "10/19", or "10 (+1)/19" where the works of one more are completed but nobody has appraised it. */
  function metWords(unit) {
    if (unit.met === null) return "–";
    return unit.achieved ? `${unit.met} (+${unit.achieved})/${unit.total}` : `${unit.met}/${unit.total}`;
  }

  /* Names must not run into each other. The smallest units choose first; a name that meets another
     one moves a little within its unit, then shows its figure only, then nothing: a click or a
     closer look tells it. */
  const MOVES = [
    [0, 0], [0, -16], [0, 16], [-24, 0], [24, 0], [0, -30], [0, 30], [-24, -24], [24, 24], [24, -24],
    [-24, 24],
  ];

  const unitOf = new WeakMap();

  /* Whether the middle of a box on the screen lies over a unit's own area. */
  function isOver(unit, box) {
    const shape = unit.getElement();
    const middle = new DOMPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()));
  }

  function spreadNames(map) {
    const placed = [];
    const meets = (box) => placed.some((other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    const fit = (name, part) => MOVES.some(([x, y]) => {
      name.style.translate = `${x}px ${y}px`;
      const box = part.getBoundingClientRect();
      const fits = !meets(box) && ((x === 0 && y === 0) || isOver(unitOf.get(name.firstChild), box));
      if (fits) placed.push(box);
      return fits;
    });
    const names = [...map.getContainer().querySelectorAll(".unit-name")];
    names.sort((a, b) => a.firstChild.dataset.area - b.firstChild.dataset.area);
    for (const name of names) {
      name.classList.remove("figure-only", "no-room");
      if (fit(name, name)) continue;
      name.classList.add(fit(name, name.firstChild.lastChild) ? "figure-only" : "no-room");
    }
  }

  function unitPopup(unit) {
    const box = document.createElement("div");
    box.append(element("h2", unit.name));
    if (isSketch(unit)) box.append(element("p", page().words.position.sketch, "warning"));
    box.append(facts([
      [text("criteria_met"), unit.met === null ? text("not_in_programme") : `${unit.met}/${unit.total}`],
      [text("criteria_achieved"), unit.achieved || null],
      [text("works"), `${unit.works} (${unit.unfinished} ${text("unfinished")})`],
      [text("area"), unit.area],
      [text("population"), unit.population],
      [text("reported"), unit.reported ? null : text("not_reported")],
    ]));
    const byStatus = page().criteria[unit.unit_code] ?? {};
    for (const status of CRITERIA_ORDER) {
      const word = page().words.criterion_status[status];
      const criteria = byStatus[status];
      if (!criteria) continue;
      box.append(element("h3", `${word} (${criteria.length})`));
      box.append(element("ul", criteria.map((criterion) => element("li", criterion))));
    }
    box.append(element("h3", text("note")), element("div", unit.source));
    return box;
  }

  function units(group) {
    L.geoJSON(page().units, {
      pane: "areas",
      style: ({ properties: unit }) => ({
        fillColor: metColour(unit.met), fillOpacity: 0.85,
        color: "#444", weight: isSketch(unit) ? 2 : 2.5, dashArray: isSketch(unit) ? "7 6" : null,
      }),
      onEachFeature: ({ properties: unit }, layer) => {
        const label = element("div", [element("span", unit.name), element("b", metWords(unit))]);
        label.dataset.area = unit.size;
        unitOf.set(label, layer);
        // Leaflet would take the polygon's centroid, which may lie in another unit.
        layer.getCenter = () => L.latLng(unit.at[1], unit.at[0]);
        layer.bindTooltip(label, {
          permanent: true, direction: "center", className: "unit-name",
        });
        layer.bindPopup(() => unitPopup(unit), popupOptions());
        layer.on("add", () => reachable(layer, `${unit.name}, ${metWords(unit)}`));
      },
    }).addTo(group);
  }

  /* Lets a shape be reached and opened from the keyboard, and be read out. */
  function reachable(layer, words) {
    const shape = layer.getElement();
    for (const [name, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", words]]) {
      shape.setAttribute(name, value);
    }
    L.DomEvent.on(shape, "keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") layer.openPopup();
    });
  }

  // --- assets ------------------------------------------------------------------------------

  function svg(tag, attributes, content) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    if (content) made.textContent = content;
    return made;
  }

  /* The symbol of an asset: ring in the status colour, white inside where it is a sketch. */
  function symbol(code, asset) {
    const look = STATUS[statusOf(asset)];
    const hollow = isSketch(asset);
    const dark = ["completed", "in_progress", "cancelled"].includes(statusOf(asset));
    const middle = SIZE / 2;
    const made = svg("svg", {
      class: "asset", width: SIZE, height: SIZE, viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true",
    });
    made.append(
      svg("circle", { cx: middle, cy: middle, r: 15.5, fill: CASING }),
      svg("circle", { cx: middle, cy: middle, r: 14.5, fill: look.colour }),
    );
    if (hollow) {
      made.append(svg("circle", {
        cx: middle, cy: middle, r: 11.5, fill: "#fff", stroke: CASING, "stroke-width": 1,
        "stroke-dasharray": "3 2",
      }));
    }
    made.append(svg("text", {
      x: middle, y: middle + 5, "text-anchor": "middle", fill: dark && !hollow ? "#fff" : "#111",
    }, code));
    if (look.mark) {
      made.append(svg("text", {
        x: SIZE - 4, y: 11, "text-anchor": "middle", fill: "#111", stroke: "#fff",
        "stroke-width": 3, "paint-order": "stroke",
      }, look.mark));
    }
    return made;
  }

  function assetTooltip(asset) {
    const lines = [element("b", asset.name), element("div", `${asset.unit} – ${statusWords(asset)}`)];
    if (isSketch(asset)) lines.push(element("div", page().words.position.sketch));
    return element("div", lines);
  }

  function assetPopup(asset) {
    const box = document.createElement("div");
    box.append(element("h2", asset.name));
    if (isUnplaced(asset)) box.append(element("p", text("whole_district"), "warning"));
    else if (isSketch(asset)) box.append(element("p", page().words.position.sketch, "warning"));
    box.append(facts([
      [page().words.class[asset.class], asset.unit],
      [text("target"), asset.target && page().words.state[asset.target]],
      [text("note"), asset.note],
      [text("clause"), asset.clause],
    ]));
    const works = page().works[asset.asset_id] ?? [];
    if (!works.length) box.append(element("p", text("no_works")));
    for (const work of works) {
      box.append(element("h3", work.name), facts([
        [text("status"), statusWords(work)],
        [text("reported"), work.reported ?? text("not_reported")],
        [text("quantity"), work.quantity],
        [text("done"), work.done],
        [text("report_note"), work.report_note],
        [text("due"), work.due_stated ? work.due : `${work.due} (${text("year_end")})`],
        [text("office"), work.office],
        [text("funding"), work.funding],
        [text("criterion"), work.criterion],
        [text("clause"), work.clause],
      ]));
    }
    return box;
  }

  function drawLine(feature, group) {
    const asset = feature.properties;
    const look = STATUS[statusOf(asset)];
    const width = ROAD_WIDTH[asset.class] ?? OTHER_WIDTH;
    const strokes = [
      { color: CASING, weight: width + 3 },
      { color: "#ffffff", weight: width + 1 },
      { color: look.colour, weight: width + 1, dashArray: look.dash },
    ];
    if (isSketch(asset)) {
      strokes.push({ color: "#ffffff", weight: Math.max(1.5, width * 0.4) });
    }
    const { type, coordinates } = feature.geometry;
    const places = L.GeoJSON.coordsToLatLngs(coordinates, type === "MultiLineString" ? 1 : 0);
    const part = L.featureGroup();
    for (const stroke of strokes) {
      L.polyline(places, { pane: "lines", lineCap: "butt", opacity: 1, ...stroke }).addTo(part);
    }
    part.addTo(group);
    return part;
  }

  function drawArea(feature, group) {
    const asset = feature.properties;
    const look = STATUS[statusOf(asset)];
    const { type, coordinates } = feature.geometry;
    const places = L.GeoJSON.coordsToLatLngs(coordinates, type === "MultiPolygon" ? 2 : 1);
    return L.polygon(places, {
      pane: "lines", color: isSketch(asset) ? look.colour : CASING, weight: 3, dashArray: look.dash,
      fillColor: isSketch(asset) ? "#ffffff" : look.colour, fillOpacity: 0.8,
    }).addTo(group);
  }

  const DRAW = {
    LineString: drawLine, MultiLineString: drawLine, Polygon: drawArea, MultiPolygon: drawArea,
  };

  function assets(group, layerId) {
    const layer = page().layers.find((one) => one.id === layerId);
    for (const feature of page().assets.features) {
      const asset = feature.properties;
      if (asset.layer !== layerId || isUnplaced(asset)) continue;
      const draw = DRAW[feature.geometry.type];
      if (draw) bind(draw(feature, group), asset);
      const place = L.latLng(asset.at[1], asset.at[0]);
      const icon = L.divIcon({
        html: symbol(layer.code, asset), className: "asset-place", iconSize: [0, 0],
      });
      const marker = bind(L.marker(place, { icon }), asset);
      marker.on("add", () => {
        const words = [asset.name, asset.unit, statusWords(asset), page().words.position[asset.position]];
        marker.getElement().setAttribute("aria-label", words.join(", "));
      });
      marker.addTo(group);
    }
  }

  function bind(layer, asset) {
    layer.bindTooltip(() => assetTooltip(asset), { sticky: true });
    layer.bindPopup(() => assetPopup(asset), popupOptions());
    return layer;
  }

  // --- legend ------------------------------------------------------------------------------

  function lineSample(width, look, hollow) {
    const made = svg("svg", { width: 44, height: 16, "aria-hidden": "true" });
    const stroke = (colour, weight, dash) => made.append(svg("line", {
      x1: 1, x2: 43, y1: 8, y2: 8, stroke: colour, "stroke-width": weight, "stroke-dasharray": dash,
    }));
    stroke(CASING, width + 3);
    stroke("#fff", width + 1);
    stroke(look.colour, width + 1, look.dash);
    if (hollow) stroke("#fff", Math.max(1.5, width * 0.4));
    return made;
  }

  function item(sample, words) {
    return element("li", [sample, element("span", words)]);
  }

  function metLegend() {
    if (!page().units.features.some((feature) => feature.properties.met !== null)) return [];
    const boxes = page().steps.map((step) => {
      const box = element("span", `${step.first}–${step.last}`);
      box.style.background = step.colour;
      return box;
    });
    const total = page().steps.at(-1).last;
    return [element("h2", `${text("criteria_met")} (/${total})`), element("div", boxes, "steps")];
  }

  function statusLegend() {
    const list = document.createElement("ul");
    const words = { ...page().words.status, overdue: text("overdue"), none: text("no_works") };
    const works = Object.values(page().works).flat().map(statusOf);
    const idle = page().assets.features.filter(({ properties: asset }) => !page().works[asset.asset_id]);
    for (const [status, word] of Object.entries(words)) {
      const count = status === "none"
        ? `${idle.length} ${text("assets")}` : works.filter((found) => found === status).length;
      const sample = svg("svg", { width: SIZE, height: SIZE });
      const asset = { status: status === "none" ? null : status, overdue: status === "overdue" };
      sample.append(...symbol("", { ...asset, position: "surveyed" }).childNodes);
      const row = element("li", [lineSample(6, STATUS[status], false), sample, `${word} (${count})`]);
      list.append(row);
    }
    return [element("h2", text("status")), list];
  }

  function roadLegend() {
    const list = document.createElement("ul");
    for (const [name, width] of Object.entries(ROAD_WIDTH)) {
      list.append(item(lineSample(width, STATUS.in_progress, false), page().words.class[name]));
    }
    return [element("h2", text("road_classes")), list];
  }

  function positionLegend() {
    const list = document.createElement("ul");
    list.append(item(lineSample(8, STATUS.not_started, true), text("hollow")));
    list.append(item(lineSample(8, STATUS.not_started, false), text("solid")));
    return [element("h2", text("places")), list];
  }

  function layerLegend() {
    const list = document.createElement("ul");
    for (const layer of page().layers) {
      const sample = symbol(layer.code, { status: null, position: "sketch" });
      list.append(item(sample, layer.label));
    }
    return list;
  }

  function panel(map, position, heading, open, content) {
    const control = L.control({ position });
    control.onAdd = () => {
      const box = element("details", [element("summary", heading), ...content], "panel");
      // One panel at a time in a corner, so that each has room; on a phone one at a time at all.
      box.dataset.corner = position;
      box.addEventListener("toggle", () => {
        if (!box.open) return;
        for (const other of map.getContainer().querySelectorAll("details.panel[open]")) {
          if (other !== box && (!wide() || other.dataset.corner === position)) other.open = false;
        }
      });
      box.open = open && wide();
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
  }

  function legend(map) {
    panel(map, "topleft", text("legend"), true, [
      ...metLegend(), ...statusLegend(), ...roadLegend(), ...positionLegend(), layerLegend(),
    ]);
  }

  /* Folium's layer control, folded into a panel like the others. */
  function layers(map) {
    const list = map.getContainer().querySelector(".leaflet-control-layers-list");
    list.closest(".leaflet-control").remove();
    panel(map, "topright", text("layers"), true, [list]);
  }

  /* What has no place of its own: a list beside the map instead of a symbol somewhere on it. */
  function unplaced(map) {
    const list = page().assets.features.map((feature) => feature.properties).filter(isUnplaced);
    if (!list.length) return;
    const entries = list.map((asset) => {
      const entry = element("details", element("summary", asset.name), "entry");
      entry.append(assetPopup(asset));
      return entry;
    });
    panel(map, "topright", `${text("unplaced")} (${list.length})`, false, entries);
  }

  return { map, units, assets, layers, legend, unplaced };
})();
