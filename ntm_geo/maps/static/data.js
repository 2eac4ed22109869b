/* The page's data, unpacked once and then only read. What each field holds is written down in
   ntm_geo/maps/page_data/; how it is packed, in ntm_geo/maps/packing.py. Nothing else on the page
   knows either packing. */
"use strict";

const ntm = {};

ntm.data = (() => {
  const DEGREE = 1e5;

  const SHAPE = /^\$(Multi)?(Point|LineString|Polygon)$/;
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /* The steps of packed positions, each in digits of 5 bits, the lowest first: 32 is added where more
     follow, and the lowest bit of all is the sign. */
  function stepsOf(packed) {
    const found = [];
    let [step, digits] = [0, 0];
    for (const sign of packed) {
      const digit = SIGNS.indexOf(sign);
      step += (digit % 32) << (5 * digits);
      digits += 1;
      if (digit >= 32) continue;
      found.push(step & 1 ? -(step + 1) / 2 : step / 2);
      [step, digits] = [0, 0];
    }
    return found;
  }

  /* Packed positions as [longitude, latitude] pairs; steps are hundred-thousandths of a degree. */
  function positions(packed) {
    const steps = stepsOf(packed);
    const found = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      found.push([x / DEGREE, y / DEGREE]);
    }
    return found;
  }

  const nested = (part) => (Array.isArray(part) ? part.map(nested) : positions(part));

  function shape(type, packed) {
    const coordinates = nested(packed);
    return { type, coordinates: type === "Point" ? coordinates[0] : coordinates };
  }

  /* Areas share their arcs; one that is told as -1 - n is arc n, reversed. */
  function areas({ areas: packed, arcs }) {
    const known = arcs.map(positions);
    const arc = (n) => (n < 0 ? [...known[-1 - n]].reverse() : known[n]);
    const ring = ([first, ...others]) => others.reduce((found, n) => found.concat(arc(n).slice(1)), arc(first));
    const rings = (part) => (typeof part[0] === "number" ? ring(part) : part.map(rings));
    return packed.map((one) => {
      const [[name, parts]] = Object.entries(one);
      return { type: name.slice(1), coordinates: rings(parts) };
    });
  }

  /* A table is packed by columns, in which what stands often may stand once. */
  function table(columns) {
    const rows = [];
    for (const name in columns) {
      const column = columns[name];
      const values = column.areas ? areas(column) : (column.of ?? column).map(unpack);
      const cells = column.of
        ? (column.at ?? Array(column.rows).fill(0)).map((place) => values[place]) : values;
      cells.forEach((cell, i) => { (rows[i] ??= {})[name] = cell; });
    }
    return rows;
  }

  function unpack(packed) {
    if (packed === null || typeof packed !== "object") return packed;
    if (Array.isArray(packed)) return packed.map(unpack);
    const [[name, part] = [""]] = Object.entries(packed);
    if (name === "$table") return table(part);
    if (SHAPE.test(name)) return shape(name.slice(1), part);
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
