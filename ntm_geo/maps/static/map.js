/* The map: what it shows of the world, what a click on it means, and when what is drawn anew. */
"use strict";

ntm.map = (() => {
  const FIT_PX = 18; // symbols and names reach over the district's edge
  const WHOLE_ZOOM = 0.6; // this much farther out than needed is still a view of the whole
  const PANES = [["areas", 350], ["hatches", 360], ["asking", 380], ["lines", 420], ["leaders", 590],
    ["names", 640]];

  let map = null;
  const groups = {};
  let drawn = [];
  let arranged = null; // for which frame; null before anything is drawn
  let named = false;

  function start(made) {
    map = made;
    for (const [name, level] of PANES) map.createPane(name).style.zIndex = level;
    map.attributionControl.setPrefix("Leaflet");
    L.control.scale({ imperial: false }).addTo(map);
    const zoom = L.control.zoom({ position: "bottomright" }).addTo(map);
    for (const button of zoom.getContainer().children) onEnter(button, () => button.click()); // Space, too
    map.on("zoomend viewreset resize", rearrange);
    map.on("zoomstart", () => showNames(false));
    new ResizeObserver(() => map.invalidateSize({ pan: false, animate: false })).observe(map.getContainer());
    map.on("moveend", keepView);
    map.on("click", (event) => clicked([event.latlng.lng, event.latlng.lat], null));
    return map;
  }

  /* The view goes into the address, unless it is that of the whole: then each screen finds its own. */
  function keepView() {
    if (document.body.classList.contains("printing")) return;
    const { lat, lng } = map.getCenter();
    const round = (value, digits) => Number(value.toFixed(digits));
    const view = [round(lat, 5), round(lng, 5), round(map.getZoom(), 2)];
    ntm.state.set({ map: isWhole() ? null : view });
  }

  const isWhole = () => showsAll(map.getBounds())
    && map.getZoom() > map.getBoundsZoom(extent()) - WHOLE_ZOOM;

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

  // --- drawing ---------------------------------------------------------------------------------

  function open() {
    ntm.units.draw(groups.units);
    ntm.markers.start(map, groups.symbols);
  }

  /* The paths that draw a shape; none of what is a symbol only. */
  const partsOf = (shape) => (shape ? shape.getLayers?.() ?? [shape] : []);

  function drawAssets() {
    for (const { asset, shape } of drawn) if (shape) groups[asset.layer].removeLayer(shape);
    drawn = ntm.assets.shown(ntm.filter.shown(ntm.state.now.filter)).map((thing) => {
      const shape = ntm.assets.draw(thing);
      if (shape) groups[thing.asset.layer].addLayer(shape);
      return { ...thing, shape };
    });
  }

  function mark() {
    const { selected } = ntm.state.now;
    ntm.markers.mark();
    for (const { asset, shape } of drawn) {
      const chosen = selected?.type === "asset" && selected.id === asset.asset_id;
      for (const part of partsOf(shape)) part.getElement()?.classList.toggle("selected", chosen);
    }
  }

  /* What the places of symbols and names depend on; several events tell of one change of it. */
  const frame = () => [map.getZoom(), map.getPixelOrigin(), map.getSize()].join();

  function rearrange() {
    if (arranged !== null && arranged !== frame()) arrange();
  }

  /* Symbols and names find their places anew; both depend on the scale. */
  function arrange() {
    arranged = frame();
    ntm.markers.draw(drawn);
    if (named) name();
    mark();
  }

  /* For the first time only when the map can be seen and used: to find room takes as long as to draw
     everything else. */
  function name() {
    named = true;
    const ground = ntm.ground.under(map);
    ntm.labels.place(map, ntm.data.units, {
      figureOf: ntm.units.figure, symbols: ntm.markers.places, ground,
      makeWay: (names) => ntm.markers.makeWay(names, ground),
    });
    showNames(true);
  }

  function show({ type, id }) {
    if (type === "unit") map.fitBounds(ntm.units.boundsOf(ntm.by.unit.get(id)), { padding: [40, 40] });
    const asset = type === "asset" ? ntm.by.asset.get(id) : null;
    if (asset?.placed) map.setView([asset.at[1], asset.at[0]], Math.max(map.getZoom(), 12));
  }

  function draw(changed) {
    if (changed.has("filter") || changed.has("lang")) {
      ntm.units.paint();
      drawAssets();
      arrange();
    } else if (changed.has("selected")) {
      ntm.units.paint();
      mark();
    }
    if (changed.has("lang")) nameControls();
    map.getContainer().classList.toggle("asking", ntm.state.now.tab === "ask");
  }

  return {
    start, open, addGroup, fitAll, showsAll, isWhole, clicked, onEnter, reachable, draw, name, show,
    get leaflet() { return map; },
    get drawn() { return drawn; },
  };
})();
