/* What stands on the ground, drawn as lines and areas in the colour of its status. */
"use strict";

ntm.assets = (() => {
  const { make, typed } = ntm.dom;
  const { STATUS, CASING, strokes, lookOf, roadWidth } = ntm.symbols;

  const isSketch = (asset) => asset.position === "sketch";

  /* What is drawn: each asset with a row that fits, in the status of those rows together. */
  function shown(rows) {
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

  function words({ asset, status, look }) {
    const { text, word, unitName } = ntm.words;
    const parts = [asset.name, unitName(asset.unit_code),
      ntm.words.status(status)];
    if (look === "overdue") parts.push(text("overdue"));
    return [...parts, word("position", asset.position)];
  }

  function tooltip(thing) {
    const [name, ...rest] = words(thing);
    return make("div", {}, typed(name, "b"), rest.map((part) => make("div", {}, part)));
  }

  const choose = ({ asset }, { lng, lat }) =>
    ntm.map.clicked([lng, lat], { type: "asset", id: asset.asset_id });

  /* What of a shape takes the pointer for all of it; its symbol is what the keyboard reaches. */
  function bind(path, thing) {
    path.bindTooltip(() => tooltip(thing), { sticky: true });
    path.on("click", (event) => {
      L.DomEvent.stop(event);
      choose(thing, event.latlng);
    });
    // What has a tooltip would be reached by key, too, and had no name.
    path.on("add", () => path.getElement().setAttribute("tabindex", "-1"));
    return path;
  }

  const LINE_DEPTH = { LineString: 0, MultiLineString: 1 };
  const AREA_DEPTH = { Polygon: 1, MultiPolygon: 2 };

  function drawLine(thing) {
    const { asset, look } = thing;
    const { type, coordinates } = asset.geometry;
    const places = L.GeoJSON.coordsToLatLngs(coordinates, LINE_DEPTH[type]);
    const [lowest, ...others] = strokes(roadWidth(asset), look, isSketch(asset)).map(
      ({ colour, weight, dash }, i) => L.polyline(places, {
        pane: "lines", lineCap: "butt", opacity: 1, color: colour, weight, dashArray: dash,
        interactive: i === 0, // the lowest is the widest
      }));
    return L.layerGroup([bind(lowest, thing), ...others]);
  }

  function drawArea(thing) {
    const { asset, look } = thing;
    const { type, coordinates } = asset.geometry;
    const colour = STATUS[look].colour;
    return bind(L.polygon(L.GeoJSON.coordsToLatLngs(coordinates, AREA_DEPTH[type]), {
      pane: "lines", color: isSketch(asset) ? colour : CASING, weight: 3, dashArray: STATUS[look].dash,
      fillColor: isSketch(asset) ? "#ffffff" : colour, fillOpacity: 0.8,
    }), thing);
  }

  function draw(thing) {
    const { type } = thing.asset.geometry;
    if (type in LINE_DEPTH) return drawLine(thing);
    return type in AREA_DEPTH ? drawArea(thing) : null;
  }

  return { shown, words, tooltip, choose, draw, isSketch };
})();
