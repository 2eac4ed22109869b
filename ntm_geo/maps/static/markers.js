/* Symbols of what stands on the ground; those that would lie on each other stand as one. */
"use strict";

ntm.markers = (() => {
  const { make } = ntm.dom;
  const { STATUS, SIZE, symbol, groupSymbol } = ntm.symbols;
  const FINGER_PX = 44;
  const GAP_PX = 5;
  const fingers = window.matchMedia("(max-width: 900px), (pointer: coarse)");
  let map = null;
  let group = null;
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

  function marker(place, content, label, className) {
    const icon = L.divIcon({
      html: content, className, iconSize: [size, size], iconAnchor: [size / 2, size / 2],
    });
    const made = L.marker(place, { icon });
    made.on("add", () => {
      ntm.map.reachable(made.getElement(), label);
      ntm.map.onEnter(made.getElement(), () => made.fire("click", { latlng: place }));
    });
    return made;
  }

  function single(thing) {
    const { asset, look } = thing;
    const code = ntm.by.layer.get(asset.layer).code;
    const content = symbol(code, look, { hollow: ntm.assets.isSketch(asset) });
    const place = L.latLng(asset.at[1], asset.at[0]);
    const words = [...ntm.assets.words(thing), code].join(", "); // what is seen is also said
    return ntm.assets.bind(marker(place, content, words, "asset-place"), thing);
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
    return `${text("group", { count: things.length, unit: name })}: ${counts.join(", ")}`;
  }

  function several({ things, place }) {
    const made = marker(map.layerPointToLatLng(place), groupSymbol(things.map(({ look }) => look)),
      lotWords(things), "asset-place group");
    made.bindTooltip(() => make("div", {}, lotWords(things))); // a string would be read as markup
    return made.on("click", (event) => {
      L.DomEvent.stop(event);
      openLot(things);
    });
  }

  function place(lot) {
    const made = lot.things.length === 1 ? single(lot.things[0]) : several(lot);
    made.addTo(group);
    return { marker: made, things: lot.things, place: lot.place };
  }

  /* Draws all symbols anew; who stands on one with the keyboard stands on its successor. */
  function draw(drawn) {
    const focused = symbols.find(({ marker: made }) => made.getElement() === document.activeElement);
    for (const { marker: made } of symbols) group.removeLayer(made);
    size = fingers.matches ? FINGER_PX : SIZE;
    symbols = lots(drawn).map(place);
    if (!focused) return;
    const { asset } = focused.things[0];
    // Leaflet brings a symbol that gets the focus into view: one that is out of it is let go.
    const successor = symbols.find(({ marker: made, things }) =>
      things.some((thing) => thing.asset === asset) && map.getBounds().contains(made.getLatLng()));
    (successor?.marker.getElement() ?? map.getContainer()).focus({ preventScroll: true });
  }

  // --- room for names and for each other --------------------------------------------------------

  const DIRECTIONS = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6);
  const REACHES = [18, 28, 38, 50];

  const under = ({ x, y }, { left, right, top, bottom }) => {
    const radius = SIZE / 2 - 3;
    return x > left - radius && x < right + radius && y > top - radius && y < bottom + radius;
  };

  /* A group stands for several places, and a sketched point for none: neither says where it is, so
     both make way for a name and for each other, within their unit. All others stay where they are. */
  const mayMove = ({ things }) => things.length > 1
    || (ntm.assets.isSketch(things[0].asset) && things[0].asset.geometry.type === "Point");

  function makeWay(names) {
    for (const one of symbols.filter(mayMove)) {
      const unit = ntm.by.unit.get(one.things[0].asset.unit_code);
      const hasRoom = (spot) => !names.some((name) => under(spot, name))
        && symbols.every((other) => other === one || other.place.distanceTo(spot) > size);
      if (!unit || hasRoom(one.place)) continue;
      const free = REACHES.flatMap((far) => DIRECTIONS.map((angle) =>
        one.place.add([far * Math.cos(angle), far * Math.sin(angle)]))).find((spot) =>
        hasRoom(spot) && ntm.units.holds(unit, [[spot.x, spot.y]]));
      if (!free) continue;
      one.place = free;
      one.marker.setLatLng(map.layerPointToLatLng(free));
    }
  }

  function mark() {
    const { selected } = ntm.state.now;
    for (const { marker: made, things } of symbols) {
      made.getElement().classList.toggle("selected", selected?.type === "asset"
        && things.some(({ asset }) => asset.asset_id === selected.id));
    }
  }

  function start(made, into) {
    map = made;
    group = into;
  }

  return { start, draw, makeWay, mark, get places() { return symbols.map((one) => one.place); } };
})();
