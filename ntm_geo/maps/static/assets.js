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

  function bind(layer, thing) {
    const choose = { type: "asset", id: thing.asset.asset_id };
    layer.bindTooltip(() => tooltip(thing), { sticky: true });
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      ntm.map.clicked([event.latlng.lng, event.latlng.lat], choose);
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
    strokes(roadWidth(asset), look, isSketch(asset)).forEach(({ colour, weight, dash }, i) => {
      L.polyline(places, {
        pane: "lines", lineCap: "butt", opacity: 1, color: colour, weight, dashArray: dash,
        interactive: i === 0, // the lowest is the widest: it takes the pointer for all
      }).addTo(part);
    });
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

  function draw(thing) {
    const { type } = thing.asset.geometry;
    if (type in LINE_DEPTH) return drawLine(thing);
    return type in AREA_DEPTH ? drawArea(thing) : null;
  }

  return { shown, words, bind, draw, isSketch };
})();
