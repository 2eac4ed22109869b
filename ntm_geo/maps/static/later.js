/* What a page by the units of a later day says beside all else: which units of the plan each was
   formed of, how a criterion stands in each of these, and where a thing was when the plan was made. */
"use strict";

ntm.later = (() => {
  const { make, typed, facts } = ntm.dom;
  const { later } = ntm.data;
  const { CRITERION } = ntm.symbols;

  CRITERION.mixed = { colour: "#d9cbe8", sign: "≠" };
  // They have rows to be listed by name, and no land to be drawn.
  for (const unit of later.undrawn) ntm.by.unit.set(unit.unit_code, unit);

  const origins = new Map(later.assets.map(({ asset_id: id, unit_code: code }) => [id, code]));

  const nameOf = (code) => (later.plan_units[code] ? typed(ntm.words.pick(later.plan_units[code]))
    : ntm.dom.unitName(code));

  /* What is left of a divided unit is no unit that has a name of its own. */
  const { unitName } = ntm.words;
  ntm.words.unitName = (code) => (later.rests[code] ? ntm.words.pick(later.rests[code]) : unitName(code));

  /* Its figures are those of the unit as it was: the parts have them already. */
  function before(unit) {
    const { text } = ntm.words;
    return later.rests[unit.unit_code] ? { area: text("area_before"), population: text("population_before") } : {};
  }

  function ofUnit(unit) {
    const said = later.formed[unit.unit_code];
    return said ? make("p", { class: "note" }, ntm.words.pick(said)) : null;
  }

  /* Each former unit with its status; a unit by itself needs no more than its own. */
  function ofCriterion(row) {
    const { text, word } = ntm.words;
    const found = later.criteria.find((one) => one.criterion === row.criterion
      && one.unit_code === row.unit_code);
    if (!found || row.asset_id) return null;
    return [make("h5", {}, text("former_units")), facts([
      ...Object.entries(found.held).map(([code, status]) =>
        [nameOf(code), `${CRITERION[status].sign} ${word("criterion_status", status)}`]),
      ...found.unheld.map((code) => [nameOf(code), text("unheld")]),
    ])];
  }

  const ofAsset = (asset) => [[ntm.words.text("unit_of_plan"), nameOf(origins.get(asset.asset_id))]];

  function ofFinding(finding) {
    const codes = later.findings[finding.finding_id];
    if (!codes) return null;
    const named = codes.map((code) => nameOf(code).textContent).join(", ");
    return make("p", { class: "clause" }, ntm.words.text("found_in", { units: named }));
  }

  const plainName = (asset) => nameOf(origins.get(asset.asset_id)).textContent;

  const cells = (asset) => ({ plan_unit: plainName(asset), units_day: later.day });
  const properties = (asset) => ({ plan_unit_code: origins.get(asset.asset_id), units_day: later.day });

  function list() {
    const said = Object.values(later.formed).map(ntm.words.pick);
    return make("ul", {}, (said.length ? said : [ntm.words.text("as_planned")]).map((one) => make("li", {}, one)));
  }

  /* The banner says of which day the units are, and opens to what they were formed of. */
  function writeBanner() {
    ntm.dom.byId("later-heading").textContent = ntm.words.pick(later.heading);
    ntm.dom.replace("later-told", list());
  }

  const { draw } = ntm.band;
  ntm.band.draw = (changed) => {
    draw(changed);
    if (changed.has("lang")) writeBanner();
  };

  /* The printed legend says it, too: a sheet of paper opens nothing. */
  const { printed } = ntm.legend;
  ntm.legend.printed = () => [...printed(), make("h3", {}, ntm.words.pick(later.heading)), list()];

  /* A unit that is not drawn is told, and not gone to. */
  const { show } = ntm.map;
  ntm.map.show = (thing) => {
    if (thing.type !== "unit" || ntm.by.unit.get(thing.id).geometry) show(thing);
  };

  return { before, ofUnit, ofCriterion, ofAsset, ofFinding, cells, properties };
})();
