/* The units: a choropleth of criteria met, or of the state of one criterion. */
"use strict";

ntm.units = (() => {
  const { CRITERION, hatchPattern } = ntm.symbols;
  const NO_FIGURE = "#e6e6e6";
  const CONTEXT = "#f4f4f2";
  const CHOSEN = "#c2007a";
  const shapes = new Map();
  let outline = null;

  /* Of a page about one unit, the others are there to be recognised by. */
  const isContext = (unit) => ntm.data.focus !== null && ntm.data.focus !== unit.unit_code;

  function criterionStatus(unit) {
    const { criterion } = ntm.state.now.filter;
    return ntm.data.criteria.find((row) => row.criterion === criterion && row.unit_code === unit.unit_code
      && row.asset_id === null)?.status ?? null;
  }

  const asksCriterion = () => ntm.state.now.filter.criterion.includes(":");

  function colour(unit) {
    if (isContext(unit)) return CONTEXT;
    if (asksCriterion()) return CRITERION[criterionStatus(unit)]?.colour ?? NO_FIGURE;
    if (unit.met === null) return NO_FIGURE;
    return ntm.data.met_steps.find((step) => unit.met <= step.last).colour;
  }

  /* "10/19"; "10 (+1)/19" where the works of one more are completed but nobody has appraised it. */
  function figure(unit) {
    if (isContext(unit)) return "";
    if (asksCriterion()) return CRITERION[criterionStatus(unit)]?.sign ?? "";
    if (unit.met === null) return "";
    return unit.achieved ? `${unit.met} (+${unit.achieved})/${unit.total}` : `${unit.met}/${unit.total}`;
  }

  function words(unit) {
    const { text, word, unitName } = ntm.words;
    const name = unitName(unit.unit_code);
    if (isContext(unit)) return name;
    const status = asksCriterion() ? criterionStatus(unit) : null;
    if (status) return `${name}, ${word("criterion_status", status)}`;
    return unit.met === null ? `${name}, ${text("not_in_programme")}`
      : `${name}, ${text("criteria_met")}: ${figure(unit)}`;
  }

  function draw(group) {
    for (const unit of ntm.data.units) {
      const shape = L.GeoJSON.geometryToLayer({ type: "Feature", geometry: unit.geometry }, {});
      shape.options.pane = "areas";
      shape.on("click", (event) => {
        L.DomEvent.stop(event);
        ntm.map.clicked([event.latlng.lng, event.latlng.lat], { type: "unit", id: unit.unit_code });
      });
      shape.addTo(group);
      shapes.set(unit, shape);
      ntm.map.onEnter(shape.getElement(), () => ntm.map.clicked(unit.at, { type: "unit", id: unit.unit_code }));
    }
    ntm.data.units.filter(isSilent).forEach((unit) => hatch(unit, group));
  }

  /* Units that did not report for the last month that anybody reported. */
  function isSilent(unit) {
    const last = ntm.data.months.at(-1);
    return Boolean(last) && unit.met !== null && !isContext(unit) && !last.unit_codes.includes(unit.unit_code);
  }

  function hatch(unit, group) {
    const lines = L.GeoJSON.geometryToLayer({ type: "Feature", geometry: unit.geometry }, {});
    lines.options.pane = "hatches";
    lines.options.interactive = false;
    lines.setStyle({ stroke: false, fillColor: "url(#hatch)", fillOpacity: 1 });
    lines.addTo(group);
    const drawing = lines.getElement().ownerSVGElement;
    if (!document.getElementById("hatch")) drawing.prepend(hatchPattern());
  }

  /* Paints all units. The chosen one is outlined above its neighbours by a line of its own: were it
     moved in front of them, it would lose the focus and its place in the order of the keyboard. */
  function paint() {
    const { selected } = ntm.state.now;
    outline?.remove();
    for (const [unit, shape] of shapes) {
      const chosen = selected?.type === "unit" && selected.id === unit.unit_code;
      shape.setStyle({
        fillColor: colour(unit), fillOpacity: ntm.data.basemap ? 0.6 : 0.85, color: chosen ? CHOSEN : "#444",
        weight: chosen ? 5 : 2, dashArray: unit.position === "sketch" && !chosen ? "7 6" : null,
      });
      if (chosen) {
        outline = L.polygon(shape.getLatLngs(), {
          pane: "hatches", interactive: false, fill: false, color: CHOSEN, weight: 5,
        }).addTo(ntm.map.leaflet);
      }
      ntm.map.reachable(shape.getElement(), words(unit));
    }
  }

  const boundsOf = (unit) => shapes.get(unit).getBounds();

  return {
    draw, paint, figure, boundsOf, isContext, isSilent, criterionStatus, asksCriterion,
  };
})();
