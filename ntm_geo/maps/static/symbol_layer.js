/* A Leaflet layer of symbols that can be pointed at and reached by key. One set of listeners and one
   tooltip serve all of them: a marker each would bring its own, and take several times as long. */
"use strict";

ntm.SymbolLayer = L.Layer.extend({
  options: { pane: "markerPane" },

  onAdd() {
    this._box = L.DomUtil.create("div", "symbols", this.getPane());
    this._symbols = new Map();
    this._tooltip = L.tooltip();
    L.DomEvent.on(this._box, {
      click: this._click, keydown: this._keydown, dblclick: L.DomEvent.stop,
      mouseover: this._tell, focusin: this._focusin, mouseout: this._hush, focusout: this._hush,
    }, this);
  },

  onRemove(map) {
    map.closeTooltip(this._tooltip);
    L.DomEvent.off(this._box);
    this._box.remove();
  },

  getEvents() {
    return { zoom: this._follow, zoomanim: this._follow };
  },

  /* Shows these symbols and no others. Each has a `place` in layer points, the same as `latlng`, a
     `size` [px], `content`, `label` and `className`; `tell()` makes the tooltip's element, `act()`
     is what a click and the Enter key mean. It gets an `element`. */
  fill(symbols) {
    this._map.closeTooltip(this._tooltip);
    this._symbols.clear();
    for (const symbol of symbols) {
      symbol.element = this._draw(symbol);
      this._symbols.set(symbol.element, symbol);
    }
    this._box.replaceChildren(...this._symbols.keys());
  },

  _draw({ place, size, content, label, className }) {
    const made = document.createElement("div");
    made.className = `asset-place leaflet-zoom-animated ${className}`;
    made.tabIndex = 0;
    made.setAttribute("role", "button");
    made.setAttribute("aria-label", label);
    made.style.width = `${size}px`;
    made.style.height = `${size}px`;
    made.style.margin = `${-size / 2}px`;
    made.append(content);
    L.DomUtil.setPosition(made, place);
    return made;
  },

  /* Another place for a symbol, in layer points. */
  move(symbol, place) {
    symbol.place = place;
    symbol.latlng = this._map.layerPointToLatLng(place);
    L.DomUtil.setPosition(symbol.element, place);
  },

  /* The keyboard comes to a symbol, and the map stays where it is. */
  focus(symbol) {
    this._still = true;
    symbol.element.focus({ preventScroll: true });
    this._still = false;
  },

  _of(event) {
    return this._symbols.get(event.target.closest(".asset-place"));
  },

  _click(event) {
    L.DomEvent.stop(event);
    if (!this._map.dragging?.moved()) this._of(event)?.act();
  },

  _keydown(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    this._of(event)?.act();
  },

  _focusin(event) {
    const { latlng, size } = this._of(event);
    if (!this._still) this._map.panInside(latlng, { padding: [size / 2, size / 2] });
    this._tell(event);
  },

  _tell(event) {
    const symbol = this._of(event);
    if (!symbol) return;
    this._tooltip.options.offset = [symbol.size / 2, 0];
    this._map.openTooltip(this._tooltip.setLatLng(symbol.latlng).setContent(symbol.tell()));
  },

  _hush() {
    this._map.closeTooltip(this._tooltip);
  },

  /* While the map changes its scale, to where it goes. */
  _follow({ center, zoom }) {
    const map = this._map;
    const scale = zoom ?? map.getZoom();
    const origin = map.project(center ?? map.getCenter(), scale).subtract(map.getSize().divideBy(2))
      .add(L.DomUtil.getPosition(map.getPane("mapPane"))).round();
    for (const [element, { latlng }] of this._symbols) {
      L.DomUtil.setPosition(element, map.project(latlng, scale).subtract(origin).round());
    }
  },
});
