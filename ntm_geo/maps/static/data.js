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
    const rows = [];
    for (const name in columns) {
      const column = columns[name];
      const values = (column.of ?? column).map(unpack);
      const cells = column.of
        ? (column.at ?? Array(column.rows).fill(0)).map((place) => values[place]) : values;
      cells.forEach((cell, i) => { (rows[i] ??= {})[name] = cell; });
    }
    return rows;
  }

  function unpack(packed) {
    if (packed === null || typeof packed !== "object") return packed;
    if (Array.isArray(packed)) return packed.map(unpack);
    if (packed.$shape) return shape(packed);
    if (packed.$table) return table(packed.$table);
    return Object.fromEntries(Object.entries(packed).map(([name, part]) => [name, unpack(part)]));
  }

  /* Each part is unpacked when it is first asked for: nobody waits for what no first sight shows. */
  function lazily(packed) {
    const data = {};
    for (const [name, part] of Object.entries(packed)) {
      let value;
      Object.defineProperty(data, name, { enumerable: true, get: () => (value ??= unpack(part)) });
    }
    return data;
  }

  return lazily(JSON.parse(document.getElementById("ntm-data").textContent));
})();

/* Tables by their key, each made when it is first asked for. */
ntm.by = (() => {
  const KEYS = {
    unit: ["units", "unit_code"], asset: ["assets", "asset_id"], work: ["works", "work_id"],
    measure: ["measures", "measure_id"], office: ["offices", "office_id"], source: ["sources", "source_id"],
    set: ["sets", "set_id"], layer: ["layers", "layer"],
  };
  const by = {};
  for (const [name, [table, key]] of Object.entries(KEYS)) {
    let rows;
    Object.defineProperty(by, name, {
      get: () => (rows ??= new Map(ntm.data[table].map((row) => [row[key], row]))),
    });
  }
  return by;
})();
