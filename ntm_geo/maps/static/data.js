/* The page's data, unpacked once and then only read. What each field holds is written down in
   ntm_geo/maps/page_data/; how it is packed, in ntm_geo/maps/packing.py. Nothing else on the page
   knows either packing. */
"use strict";

const ntm = {};

ntm.data = (() => {
  const DEGREE = 1e5;

  /* [x0, y0, dx1, dy1, …] in hundred-thousandths of a degree, as [longitude, latitude] pairs. */
  function places(steps) {
    if (Array.isArray(steps[0])) return steps.map(places);
    const found = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      found.push([x / DEGREE, y / DEGREE]);
    }
    return found;
  }

  function shape({ $shape: type, steps }) {
    const coordinates = places(steps);
    return { type, coordinates: type === "Point" ? coordinates[0] : coordinates };
  }

  /* A table is packed by columns, in which what stands often may stand once. */
  function table(columns) {
    const names = Object.keys(columns);
    const cells = names.map((name) => {
      const column = columns[name];
      const values = (column.of ?? column).map(unpack);
      return column.of ? column.at.map((place) => values[place]) : values;
    });
    const rows = names.length ? cells[0].map(() => ({})) : [];
    names.forEach((name, i) => cells[i].forEach((cell, row) => { rows[row][name] = cell; }));
    return rows;
  }

  function unpack(packed) {
    if (Array.isArray(packed)) return packed.map(unpack);
    if (packed === null || typeof packed !== "object") return packed;
    if (packed.$shape) return shape(packed);
    if (packed.$table) return table(packed.$table);
    return Object.fromEntries(Object.entries(packed).map(([name, part]) => [name, unpack(part)]));
  }

  return unpack(JSON.parse(document.getElementById("ntm-data").textContent));
})();

/* Tables by their key. */
ntm.by = {
  unit: new Map(ntm.data.units.map((unit) => [unit.unit_code, unit])),
  asset: new Map(ntm.data.assets.map((asset) => [asset.asset_id, asset])),
  work: new Map(ntm.data.works.map((work) => [work.work_id, work])),
  measure: new Map(ntm.data.measures.map((measure) => [measure.measure_id, measure])),
  office: new Map(ntm.data.offices.map((office) => [office.office_id, office])),
  source: new Map(ntm.data.sources.map((source) => [source.source_id, source])),
  set: new Map(ntm.data.sets.map((set) => [set.set_id, set])),
  layer: new Map(ntm.data.layers.map((layer) => [layer.layer, layer])),
};
