/* Symbols of what stands on the ground; those that would lie on each other stand as one. */
"use strict";

ntm.markers = (() => {
  const { make } = ntm.dom;
  const { STATUS, SIZE, symbol, groupSymbol } = ntm.symbols;
  const FINGER_PX = 44;
  const GAP_PX = 5;
  const fingers = window.matchMedia("(max-width: 900px), (pointer: coarse)");
  let map = null;
  const layer = new ntm.SymbolLayer();
  let symbols = [];

  /* How large a symbol is to whoever points at it; nearer than that two of them are one. Asked once a
     drawing: the browser brings its styles up to date to answer. */
  let size = SIZE;

  const pixel = ({ asset }) => map.latLngToLayerPoint([asset.at[1], asset.at[0]]);

  /* Things of one unit whose symbols would meet, each lot under the first of them. */
  function lots(drawn) {
    const found = [];
    for (const thing of drawn) {
      const place = pixel(thing);
      const lot = found.find((one) => one.things[0].asset.unit_code === thing.asset.unit_code
        && one.place.distanceTo(place) < size + GAP_PX);
      if (!lot) found.push({ things: [thing], place });
      else {
        const count = lot.things.push(thing);
        lot.place = lot.place.multiplyBy((count - 1) / count).add(place.divideBy(count));
      }
    }
    return found;
  }

  function single(thing, place) {
    const { asset, look } = thing;
    const code = ntm.by.layer.get(asset.layer).code;
    const latlng = L.latLng(asset.at[1], asset.at[0]);
    return {
      place, latlng, className: "",
      content: symbol(code, look, { hollow: ntm.assets.isSketch(asset) }),
      label: [...ntm.assets.words(thing), code].join(", "), // what is seen is also said
      tell: () => ntm.assets.tooltip(thing),
      act: () => ntm.assets.choose(thing, latlng),
    };
  }

  function openLot(things) {
    const bounds = L.latLngBounds(things.map(({ asset }) => [asset.at[1], asset.at[0]]));
    const closer = Math.min(map.getBoundsZoom(bounds, false, L.point(60, 60)), map.getMaxZoom());
    if (closer > map.getZoom() + 0.2 && bounds.getSouthWest().distanceTo(bounds.getNorthEast()) > 1) {
      map.setView(bounds.getCenter(), closer);
    } else ntm.state.set({ tab: "list", filter: { ...ntm.state.now.filter, unit: things[0].asset.unit_code } });
  }

  function lotWords(things) {
    const { text, status, unitName } = ntm.words;
    const looks = things.map(({ look }) => look);
    const counts = Object.keys(STATUS).filter((look) => looks.includes(look)).map((look) =>
      `${looks.filter((one) => one === look).length} ${status(look)}`);
    const name = unitName(things[0].asset.unit_code);
    const sketched = things.filter(({ asset }) => ntm.assets.isSketch(asset)).length;
    const words = `${text("group", { count: things.length, unit: name })}: ${counts.join(", ")}`;
    return sketched ? `${words}; ${text("group_sketch", { count: sketched })}` : words;
  }

  function several(things, place) {
    const label = lotWords(things);
    return {
      place, latlng: map.layerPointToLatLng(place), className: "group", label,
      content: groupSymbol(things.map(({ look }) => look), {
        hollow: things.some(({ asset }) => ntm.assets.isSketch(asset)),
      }),
      tell: () => make("div", {}, label), // a string would be read as markup
      act: () => openLot(things),
    };
  }

  const symbolOf = ({ things, place }) => ({
    ...(things.length === 1 ? single(things[0], place) : several(things, place)), things, size,
  });

  /* Draws all symbols anew; who stands on one with the keyboard stands on its successor. */
  function draw(drawn) {
    const focused = symbols.find(({ element }) => element === document.activeElement);
    size = fingers.matches ? FINGER_PX : SIZE;
    symbols = lots(drawn).map(symbolOf);
    layer.fill(symbols);
    if (!focused) return;
    const { asset } = focused.things[0];
    const successor = symbols.find(({ latlng, things }) =>
      things.some((thing) => thing.asset === asset) && map.getBounds().contains(latlng));
    if (successor) layer.focus(successor);
    else map.getContainer().focus({ preventScroll: true });
  }

  // --- room for names and for each other --------------------------------------------------------

  const DIRECTIONS = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6);
  const REACHES = [18, 28, 38, 50, 64, 80, 100];
  const TOUCHING = 0.75;
  const LETTERS = 6;
  const STAYS = 2; // as bad as two that make way

  const under = ({ x, y }, { left, right, top, bottom }) => {
    const radius = SIZE / 2 - 3;
    return x > left - radius && x < right + radius && y > top - radius && y < bottom + radius;
  };

  /* Its middle, that is its letters, is under the name. */
  const isHidden = ({ x, y }, { left, right, top, bottom }) =>
    x > left - LETTERS && x < right + LETTERS && y > top - LETTERS && y < bottom + LETTERS;

  /* A group stands for several places, and a sketched point for none: neither says where it is, so
     both make way for a name and for each other, within their unit. All others stay where they are. */
  const mayMove = ({ things }) => things.length > 1
    || (ntm.assets.isSketch(things[0].asset) && things[0].asset.geometry.type === "Point");

  /* Returns the names that still have a symbol under them, and the places of all symbols. */
  function makeWay(names, ground) {
    for (const one of symbols.filter(mayMove)) {
      const unit = ntm.by.unit.get(one.things[0].asset.unit_code);
      const hasRoom = (spot, gap) => !names.some((name) => under(spot, name))
        && symbols.every((other) => other === one || other.place.distanceTo(spot) > gap);
      if (!unit?.geometry || hasRoom(one.place, size)) continue;
      const spots = REACHES.flatMap((far) => DIRECTIONS.map((angle) =>
        one.place.add([far * Math.cos(angle), far * Math.sin(angle)])))
        .filter((spot) => !ground.countOutside(unit, [[spot.x, spot.y]], 0));
      // Two symbols that touch can be read, one under a name cannot.
      const free = spots.find((spot) => hasRoom(spot, size))
        ?? (hasRoom(one.place, TOUCHING * size) ? null : spots.find((spot) => hasRoom(spot, TOUCHING * size)));
      if (free) layer.move(one, free);
    }
    const over = names.filter((name) => symbols.some(({ place }) => isHidden(place, name)));
    return { over, places: places() };
  }

  function mark() {
    const { selected } = ntm.state.now;
    for (const { element, things } of symbols) {
      element.classList.toggle("selected", selected?.type === "asset"
        && things.some(({ asset }) => asset.asset_id === selected.id));
    }
  }

  function start(made, into) {
    map = made;
    layer.addTo(into);
  }

  /* What is drawn where it lies, while its symbol stands in a group elsewhere. */
  const drawnApart = ({ things }) => (things.length > 1 ? things.filter(({ asset }) =>
    !ntm.assets.isSketch(asset) && asset.geometry.type !== "Point") : []);

  /* What a name keeps off, most from symbols that do not make way for it. */
  const places = () => symbols.flatMap((one) => [
    Object.assign(one.place.clone(), { weight: mayMove(one) ? 1 : STAYS }),
    ...drawnApart(one).map((thing) => Object.assign(pixel(thing), { weight: 1 })),
  ]);

  return { start, draw, makeWay, mark, get places() { return places(); } };
})();
