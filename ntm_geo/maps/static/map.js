/* The map: units as a choropleth, assets as lines, areas and symbols. It draws what fits the filter,
   and puts symbols that would lie on each other into one. */
"use strict";

ntm.map = (() => {
  const { make, typed } = ntm.dom;
  const { STATUS, CRITERION, SIZE, CASING, symbol, groupSymbol, strokes, lookOf, roadWidth } = ntm.symbols;
  const NO_FIGURE = "#e6e6e6";
  const CONTEXT = "#f4f4f2";
  const NEAR_PX = 38;
  const FIT_PX = 18; // symbols and names reach over the district's edge
  const MAX_ZOOM = 19;
  const PANES = [["areas", 350], ["asking", 380], ["lines", 420], ["leaders", 590], ["names", 640]];

  let map = null;
  const groups = {};
  const unitShapes = new Map();
  let drawn = [];
  let symbols = [];

  const isSketch = (thing) => thing.position === "sketch";
  const isContext = (unit) => ntm.data.focus !== null && ntm.data.focus !== unit.unit_code;

  function start(made) {
    map = made;
    for (const [name, level] of PANES) map.createPane(name).style.zIndex = level;
    map.attributionControl.setPrefix("Leaflet");
    L.control.scale({ imperial: false }).addTo(map);
    L.control.zoom({ position: "bottomright" }).addTo(map);
    map.on("zoomend viewreset resize", () => arrange());
    map.on("zoomstart", () => showNames(false));
    new ResizeObserver(() => map.invalidateSize({ pan: false, animate: false })).observe(map.getContainer());
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      const round = (value, digits) => Number(value.toFixed(digits));
      ntm.state.set({ map: [round(lat, 5), round(lng, 5), round(map.getZoom(), 2)] });
    });
    map.on("click", (event) => clicked([event.latlng.lng, event.latlng.lat], null));
    return map;
  }

  /* Names stand at places of the screen: they are away while the map changes its scale. */
  function showNames(shown) {
    for (const name of ["names", "leaders"]) map.getPane(name).classList.toggle("moving", !shown);
  }

  const addGroup = (name, group) => { groups[name] = group; };

  function extent() {
    const [west, south, east, north] = ntm.data.bounds;
    return L.latLngBounds([south, west], [north, east]);
  }

  const showsAll = (bounds) => bounds.contains(extent());

  function fitAll() {
    map.fitBounds(extent(), {
      paddingTopLeft: [FIT_PX, FIT_PX], paddingBottomRight: [FIT_PX, 2 * FIT_PX], animate: false,
    });
  }

  function nameControls() {
    for (const name of ["in", "out"]) {
      const control = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
      control.title = ntm.words.text(`zoom_${name}`);
      control.setAttribute("aria-label", control.title);
    }
    map.getContainer().setAttribute("aria-label", ntm.words.text("map"));
  }

  /* A click asks where the question tab is open, and chooses what it meets everywhere else. */
  function clicked(place, thing) {
    const { tab } = ntm.state.now;
    if (tab === "ask") ntm.ask.about(thing?.type === "asset" ? { asset: thing.id } : { at: place });
    else ntm.state.set(thing ? { selected: thing, tab: "detail" } : { selected: null });
  }

  function onEnter(element, act) {
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
  }

  function reachable(element, label) {
    for (const [name, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", label]]) {
      element.setAttribute(name, value);
    }
  }

  // --- units -------------------------------------------------------------------------------

  function criterionStatus(unit) {
    const { criterion } = ntm.state.now.filter;
    return ntm.data.criteria.find((row) => row.criterion === criterion && row.unit_code === unit.unit_code
      && row.asset_id === null)?.status ?? null;
  }

  const asksCriterion = () => ntm.state.now.filter.criterion.includes(":");

  function unitColour(unit) {
    if (isContext(unit)) return CONTEXT;
    if (asksCriterion()) return CRITERION[criterionStatus(unit)]?.colour ?? NO_FIGURE;
    if (unit.met === null) return NO_FIGURE;
    return ntm.data.met_steps.find((step) => unit.met <= step.last).colour;
  }

  /* "10/19"; "10 (+1)/19" where the works of one more are completed but nobody has appraised it. */
  function unitFigure(unit) {
    if (isContext(unit)) return "";
    if (asksCriterion()) return CRITERION[criterionStatus(unit)]?.sign ?? "";
    if (unit.met === null) return "";
    return unit.achieved ? `${unit.met} (+${unit.achieved})/${unit.total}` : `${unit.met}/${unit.total}`;
  }

  function unitWords(unit) {
    const { text, word } = ntm.words;
    if (isContext(unit)) return unit.name;
    const status = asksCriterion() ? criterionStatus(unit) : null;
    if (status) return `${unit.name}, ${word("criterion_status", status)}`;
    return unit.met === null ? `${unit.name}, ${text("not_in_programme")}`
      : `${unit.name}, ${text("criteria_met")}: ${unitFigure(unit)}`;
  }

  function drawUnits() {
    for (const unit of ntm.data.units) {
      const shape = L.GeoJSON.geometryToLayer({ type: "Feature", geometry: unit.geometry }, {});
      shape.options.pane = "areas";
      shape.on("click", (event) => {
        L.DomEvent.stop(event);
        clicked([event.latlng.lng, event.latlng.lat], { type: "unit", id: unit.unit_code });
      });
      shape.addTo(groups.units);
      unitShapes.set(unit, shape);
      onEnter(shape.getElement(), () => clicked(unit.at, { type: "unit", id: unit.unit_code }));
    }
    ntm.data.units.filter(isSilent).forEach(hatch);
  }

  /* Units that did not report for the last month that anybody reported. */
  function isSilent(unit) {
    const last = ntm.data.months.at(-1);
    return Boolean(last) && unit.met !== null && !isContext(unit) && !last.unit_codes.includes(unit.unit_code);
  }

  function hatch(unit) {
    const lines = L.GeoJSON.geometryToLayer({ type: "Feature", geometry: unit.geometry }, {});
    lines.options.pane = "areas";
    lines.options.interactive = false;
    lines.setStyle({ stroke: false, fillColor: "url(#hatch)", fillOpacity: 1 });
    lines.addTo(groups.units);
    const drawing = lines.getElement().ownerSVGElement;
    if (!document.getElementById("hatch")) drawing.prepend(ntm.symbols.hatchPattern());
  }

  function paintUnits() {
    const { selected } = ntm.state.now;
    for (const [unit, shape] of unitShapes) {
      const chosen = selected?.type === "unit" && selected.id === unit.unit_code;
      shape.setStyle({
        fillColor: unitColour(unit), fillOpacity: 0.85, color: chosen ? "#c2007a" : "#444",
        weight: chosen ? 5 : 2, dashArray: isSketch(unit) && !chosen ? "7 6" : null,
      });
      if (chosen) shape.bringToFront();
      reachable(shape.getElement(), unitWords(unit));
    }
  }

  // --- assets ------------------------------------------------------------------------------

  /* What is drawn: each asset with a row that fits, in the status of those rows together. */
  function assetsOf(rows) {
    const found = new Map();
    for (const row of rows) {
      if (row.asset.placed) found.set(row.asset, [...(found.get(row.asset) ?? []), row]);
    }
    return [...found].map(([asset, mine]) => {
      const works = mine.filter((row) => row.work);
      const status = ntm.filter.mergedStatus(works.map((row) => row.status));
      return { asset, look: lookOf(status, works.some((row) => row.overdue)), status };
    });
  }

  function assetWords({ asset, status, look }) {
    const { text, word, unitName } = ntm.words;
    const words = [asset.name, unitName(asset.unit_code),
      status === ntm.filter.IDLE ? text("no_works") : word("status", status)];
    if (look === "overdue") words.push(text("overdue"));
    return [...words, word("position", asset.position)];
  }

  function tooltip(thing) {
    const [name, ...rest] = assetWords(thing);
    return make("div", {}, typed(name, "b"), rest.map((words) => make("div", {}, words)));
  }

  function bind(layer, thing) {
    const choose = { type: "asset", id: thing.asset.asset_id };
    layer.bindTooltip(() => tooltip(thing), { sticky: true });
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      clicked([event.latlng.lng, event.latlng.lat], choose);
    });
    return layer;
  }

  const LINE_DEPTH = { LineString: 0, MultiLineString: 1 };
  const AREA_DEPTH = { Polygon: 1, MultiPolygon: 2 };

  function drawLine(thing) {
    const { asset, look } = thing;
    const { type, coordinates } = asset.geometry;
    const places = L.GeoJSON.coordsToLatLngs(coordinates, LINE_DEPTH[type]);
    const part = L.featureGroup();
    for (const { colour, weight, dash } of strokes(roadWidth(asset), look, isSketch(asset))) {
      L.polyline(places, {
        pane: "lines", lineCap: "butt", opacity: 1, color: colour, weight, dashArray: dash,
      }).addTo(part);
    }
    return part;
  }

  function drawArea({ asset, look }) {
    const { type, coordinates } = asset.geometry;
    const colour = STATUS[look].colour;
    return L.polygon(L.GeoJSON.coordsToLatLngs(coordinates, AREA_DEPTH[type]), {
      pane: "lines", color: isSketch(asset) ? colour : CASING, weight: 3, dashArray: STATUS[look].dash,
      fillColor: isSketch(asset) ? "#ffffff" : colour, fillOpacity: 0.8,
    });
  }

  function drawShape(thing) {
    const { type } = thing.asset.geometry;
    if (type in LINE_DEPTH) return drawLine(thing);
    return type in AREA_DEPTH ? drawArea(thing) : null;
  }

  function drawAssets() {
    for (const { asset, shape } of drawn) if (shape) groups[asset.layer].removeLayer(shape);
    drawn = assetsOf(ntm.filter.shown(ntm.state.now.filter)).map((thing) => {
      const shape = drawShape(thing);
      if (shape) bind(shape, thing).addTo(groups[thing.asset.layer]);
      return { ...thing, shape };
    });
  }

  // --- symbols, several in one where they would lie on each other ------------------------------

  const pixel = ({ asset }) => map.latLngToLayerPoint([asset.at[1], asset.at[0]]);

  /* Things of one unit whose symbols would meet, each lot under the first of them. */
  function lots() {
    const found = [];
    for (const thing of drawn) {
      const place = pixel(thing);
      const lot = found.find((one) => one.things[0].asset.unit_code === thing.asset.unit_code
        && one.place.distanceTo(place) < NEAR_PX);
      if (!lot) found.push({ things: [thing], place });
      else {
        const count = lot.things.push(thing);
        lot.place = lot.place.multiplyBy((count - 1) / count).add(place.divideBy(count));
      }
    }
    return found;
  }

  function marker(place, content, label, className) {
    const size = [SIZE, SIZE];
    const icon = L.divIcon({ html: content, className, iconSize: size, iconAnchor: [SIZE / 2, SIZE / 2] });
    const made = L.marker(place, { icon });
    made.on("add", () => reachable(made.getElement(), label));
    return made;
  }

  function single(thing) {
    const { asset, look } = thing;
    const code = ntm.by.layer.get(asset.layer).code;
    const content = symbol(code, look, { hollow: isSketch(asset) });
    const place = L.latLng(asset.at[1], asset.at[0]);
    return bind(marker(place, content, assetWords(thing).join(", "), "asset-place"), thing);
  }

  function openLot(things) {
    const bounds = L.latLngBounds(things.map(({ asset }) => [asset.at[1], asset.at[0]]));
    const closer = Math.min(map.getBoundsZoom(bounds, false, L.point(60, 60)), MAX_ZOOM);
    if (closer > map.getZoom() + 0.2 && bounds.getSouthWest().distanceTo(bounds.getNorthEast()) > 1) {
      map.setView(bounds.getCenter(), closer);
    } else ntm.state.set({ tab: "list", filter: { ...ntm.state.now.filter, unit: things[0].asset.unit_code } });
  }

  function lotWords(things) {
    const { text, word, unitName } = ntm.words;
    const looks = things.map(({ look }) => look);
    const counts = Object.keys(STATUS).filter((status) => looks.includes(status)).map((status) => {
      const words = status === ntm.filter.IDLE ? text("no_works")
        : status === "overdue" ? text("overdue") : word("status", status);
      return `${looks.filter((look) => look === status).length} ${words}`;
    });
    const name = unitName(things[0].asset.unit_code);
    return `${text("group", { count: things.length, unit: name })}: ${counts.join(", ")}`;
  }

  function several({ things, place }) {
    const made = marker(map.layerPointToLatLng(place), groupSymbol(things.map(({ look }) => look)),
      lotWords(things), "asset-place group");
    made.bindTooltip(lotWords(things));
    return made.on("click", (event) => {
      L.DomEvent.stop(event);
      openLot(things);
    });
  }

  function drawSymbols() {
    for (const made of symbols) groups.symbols.removeLayer(made.marker);
    symbols = lots().map((lot) => {
      const made = lot.things.length === 1 ? single(lot.things[0]) : several(lot);
      made.addTo(groups.symbols);
      return { marker: made, things: lot.things, place: lot.place };
    });
    markSelected();
  }

  function markSelected() {
    const { selected } = ntm.state.now;
    const isChosen = ({ asset }) => selected?.type === "asset" && selected.id === asset.asset_id;
    for (const { marker: made, things } of symbols) {
      made.getElement().classList.toggle("selected", things.some(isChosen));
    }
    for (const thing of drawn) {
      thing.shape?.eachLayer?.((part) => part.getElement()?.classList.toggle("selected", isChosen(thing)));
    }
  }

  /* Symbols and names find their places anew; both depend on the scale. */
  function arrange() {
    drawSymbols();
    ntm.labels.place(map, ntm.data.units, unitFigure, symbols.map(({ place }) => place));
    showNames(true);
  }

  function show({ type, id }) {
    if (type === "unit") map.fitBounds(unitShapes.get(ntm.by.unit.get(id)).getBounds(), { padding: [40, 40] });
    const asset = type === "asset" ? ntm.by.asset.get(id) : null;
    if (asset?.placed) map.setView([asset.at[1], asset.at[0]], Math.max(map.getZoom(), 12));
  }

  function draw(changed) {
    if (changed.has("filter") || changed.has("lang")) {
      paintUnits();
      drawAssets();
      arrange();
    } else if (changed.has("selected")) {
      paintUnits();
      markSelected();
    }
    if (changed.has("lang")) nameControls();
    map.getContainer().classList.toggle("asking", ntm.state.now.tab === "ask");
  }

  return {
    start, addGroup, fitAll, showsAll, drawUnits, draw, arrange, show, unitWords, unitFigure, isContext,
    isSketch, isSilent, criterionStatus, asksCriterion, get leaflet() { return map; },
    get drawn() { return drawn; },
  };
})();
