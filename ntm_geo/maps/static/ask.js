/* Ask the map: what is unfinished, and which schools, stations and villages lie within a distance of
   a place or a thing. Distances are geodesic; those of a sketch say that they are no facts. */
"use strict";

ntm.ask = (() => {
  const { make, typed, unitName, byId, replace } = ntm.dom;
  const DISTANCES_M = [500, 1000, 2000, 3000, 5000, 10000, 20000];
  const FIRST_M = 2000;
  const LAYERS = ["schools", "health_stations", "villages"];
  const FINISHED = ["completed", "cancelled"];
  let drawn = null;

  const geometryOf = (question) => (question.asset
    ? ntm.by.asset.get(question.asset).geometry : { type: "Point", coordinates: question.at });

  /* What lies within the distance, nearest first: unfinished works, then each layer. The same answers
     as `ntm-geo query works --unfinished --near … --within …` and `query assets --layer …`. */
  function answer(question) {
    const from = geometryOf(question);
    const near = new Map();
    for (const asset of ntm.data.assets) {
      if (!asset.placed) continue;
      const found = ntm.geodesy.nearest(from, asset.geometry);
      if (found.metres <= question.within_m) near.set(asset.asset_id, { asset, ...found });
    }
    const sorted = (list) => list.sort((a, b) => a.metres - b.metres);
    const works = ntm.data.works.filter((work) => near.has(work.asset_id) && !FINISHED.includes(work.status))
      .map((work) => ({ work, ...near.get(work.asset_id) }));
    const others = [...near.values()].filter(({ asset }) => asset.asset_id !== question.asset);
    return {
      works: sorted(works),
      ...Object.fromEntries(LAYERS.map((layer) =>
        [layer, sorted(others.filter(({ asset }) => asset.layer === layer))])),
    };
  }

  function about(question) {
    const within = Number(byId("ask-distance").value);
    const at = question.at?.map((degrees) => Number(degrees.toFixed(5)));
    ntm.state.set({ ask: { ...question, ...(at ? { at } : {}), within_m: within } });
  }

  const isSketched = ({ asset }, question) => asset.position === "sketch"
    || (question.asset && ntm.by.asset.get(question.asset).position === "sketch");

  function line(found, question) {
    const { text, distance } = ntm.words;
    const name = found.work ? found.work.name : found.asset.name;
    const row = ntm.filter.rows.find((one) => (found.work ? one.work === found.work : one.asset === found.asset));
    return make("li", {}, make("button", {
      type: "button", class: "row", onclick: () => ntm.list.choose(found.asset),
    }, ntm.symbols.ofRow(row), make("span", {}, typed(name), make("small", {},
      make("b", {}, distance(found.metres)), isSketched(found, question) ? ` (${text("sketch_short")})` : "",
      " · ", unitName(found.asset.unit_code)))));
  }

  function group(title, list, question) {
    const { text, number } = ntm.words;
    return make("section", {}, make("h3", {}, `${title} (${number(list.length)})`), list.length
      ? make("ul", { class: "rows" }, list.map((found) => line(found, question)))
      : make("p", { class: "empty" }, text("none_within")));
  }

  function placeWords(question) {
    const { text } = ntm.words;
    if (question.asset) return [text("around"), " ", typed(ntm.by.asset.get(question.asset).name)];
    const [lon, lat] = question.at.map((degrees) => degrees.toFixed(5));
    return `${text("around_place")} ${lon}, ${lat}`;
  }

  function write() {
    const { text, word, distance } = ntm.words;
    const question = ntm.state.now.ask;
    byId("ask-clear").hidden = !question;
    if (!question) {
      replace("ask-answer", make("p", { class: "empty" }, text("ask_how")));
      return;
    }
    byId("ask-distance").value = String(question.within_m);
    const found = answer(question);
    const every = [...found.works, ...LAYERS.flatMap((layer) => found[layer])];
    replace("ask-answer",
      make("h3", {}, placeWords(question), ", ", text("within", { distance: distance(question.within_m) })),
      every.some((one) => isSketched(one, question))
        ? make("p", { class: "warning" }, text("sketch_distance")) : null,
      group(text("unfinished_works"), found.works, question),
      LAYERS.map((layer) => group(word("layer", layer), found[layer], question)),
      make("p", { class: "note" }, text("unplaced_left_out", {
        count: ntm.data.assets.filter((asset) => !asset.placed).length,
      })));
  }

  // --- on the map ------------------------------------------------------------------------------

  /* The ring of a place, and lines to what was found. */
  function ring([lon, lat], metres) {
    const [east, north] = ntm.geodesy.degreeLengths(lat);
    return Array.from({ length: 72 }, (_, i) => {
      const angle = (i * Math.PI) / 36;
      return [lat + (metres * Math.sin(angle)) / north, lon + (metres * Math.cos(angle)) / east];
    });
  }

  function show() {
    drawn?.remove();
    drawn = null;
    const question = ntm.state.now.ask;
    if (!question || ntm.state.now.tab !== "ask") return;
    const found = answer(question);
    drawn = L.featureGroup();
    const style = { pane: "asking", interactive: false, color: "#c2007a" };
    const places = new Set([...found.works, ...LAYERS.flatMap((layer) => found[layer])]);
    for (const { from, to } of places) {
      L.polyline([[from[1], from[0]], [to[1], to[0]]], { ...style, weight: 2, dashArray: "2 5" }).addTo(drawn);
      // What the filter hides has no symbol: the end of the line shows where it is.
      L.circleMarker([to[1], to[0]], { ...style, radius: 5, weight: 2, fillColor: "#fff", fillOpacity: 1 }).addTo(drawn);
    }
    if (question.at) {
      L.polygon(ring(question.at, question.within_m), { ...style, weight: 2, fillOpacity: 0.06 }).addTo(drawn);
      L.circleMarker([question.at[1], question.at[0]], {
        ...style, radius: 7, fillColor: "#fff", fillOpacity: 1, weight: 4,
      }).addTo(drawn);
    } else {
      L.geoJSON(geometryOf(question), {
        style: { ...style, weight: 10, opacity: 0.6 }, pane: "asking",
        pointToLayer: (_, place) => L.circleMarker(place, { ...style, radius: 20, weight: 4, fillOpacity: 0 }),
      }).addTo(drawn);
    }
    drawn.addTo(ntm.map.leaflet);
  }

  function start() {
    const choice = byId("ask-distance");
    choice.addEventListener("change", () => {
      const question = ntm.state.now.ask;
      if (question) ntm.state.set({ ask: { ...question, within_m: Number(choice.value) } });
    });
    byId("ask-centre").addEventListener("click", () => {
      const { lng, lat } = ntm.map.leaflet.getCenter();
      about({ at: [lng, lat] });
    });
    byId("ask-clear").addEventListener("click", () => {
      ntm.state.set({ ask: null });
      byId("ask-centre").focus(); // the button that was pressed is gone
    });
  }

  /* In another language, and still what was chosen. */
  function writeDistances() {
    const chosen = ntm.state.now.ask?.within_m ?? (Number(byId("ask-distance").value) || FIRST_M);
    replace("ask-distance", DISTANCES_M.map((metres) =>
      make("option", { value: metres, selected: metres === chosen }, ntm.words.distance(metres))));
  }

  function draw(changed) {
    if (changed.has("lang")) writeDistances();
    if (changed.has("ask") || changed.has("lang")) write();
    if (changed.has("ask") || changed.has("tab")) show();
  }

  return { DISTANCES_M, start, draw, about, answer };
})();
