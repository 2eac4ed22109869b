/* Which rows fit the filter. A row is a work, or an asset to which nothing is done this year. The
   filters combine with AND and mean what they mean in `ntm-geo query` (ntm_geo/query). */
"use strict";

ntm.filter = (() => {
  const IDLE = "none";
  const rows = makeRows();
  const keys = new Map();

  function makeRows() {
    const busy = new Set(ntm.data.works.map((work) => work.asset_id));
    const order = new Map([["", -1], ...ntm.data.units.map((unit, i) => [unit.unit_code, i])]);
    const made = [
      ...ntm.data.works.map((work) => ({
        work, asset: ntm.by.asset.get(work.asset_id), key: work.work_id, status: work.status,
        criteria: work.criterion ? [work.criterion] : [], offices: work.office, kind: work.kind,
        overdue: work.overdue, unit_code: work.unit_code,
      })),
      ...ntm.data.assets.filter((asset) => !busy.has(asset.asset_id)).map((asset) => ({
        work: null, asset, key: asset.asset_id, status: IDLE, criteria: asset.criterion ? [asset.criterion] : [],
        offices: [], kind: "", overdue: false, unit_code: asset.unit_code,
      })),
    ];
    const place = (row) => order.get(row.unit_code) ?? -1;
    const layers = new Map(ntm.data.layers.map(({ layer }, i) => [layer, i]));
    return made.sort((a, b) =>
      place(a) - place(b) || layers.get(a.asset.layer) - layers.get(b.asset.layer));
  }

  /* Text without diacritics, case and punctuation, as names.search_key in Python makes it. */
  function searchKey(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[đðɖ]/gu, "d")
      .replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function rowKey(row) {
    if (!keys.has(row)) {
      const { work, asset } = row;
      const names = [work?.name, asset.name, ntm.by.unit.get(row.unit_code)?.name
        ?? ntm.data.district_name[0], work ? work.clause : asset.clause];
      keys.set(row, searchKey(names.filter(Boolean).join(" ")));
    }
    return keys.get(row);
  }

  const inCriterion = (row, wanted) => row.criteria.some((criterion) =>
    criterion === wanted || criterion.split(":")[0] === wanted);

  const TESTS = {
    status: (row, shown) => shown === null || shown.includes(row.status),
    layer: (row, shown) => shown === null || shown.includes(row.asset.layer),
    unit: (row, code) => !code || row.unit_code === code,
    kind: (row, kind) => !kind || row.kind === kind,
    criterion: (row, criterion) => !criterion || inCriterion(row, criterion),
    office: (row, office) => !office || row.offices.includes(office),
    overdue: (row, wanted) => !wanted || row.overdue,
    search: (row, typed) => !typed || searchKey(typed).split(" ").every((word) => rowKey(row).includes(word)),
  };

  const NAMES = Object.keys(TESTS);

  const fits = (row, filter, except) => NAMES.every((name) =>
    name === except || TESTS[name](row, filter[name]));

  /* Rows that fit; `except` names a filter that is left out, to count what it would choose from. */
  const shown = (filter, except) => rows.filter((row) => fits(row, filter, except));

  /* Live counts of the values of one filter, under all the others. */
  function counts(name, filter, valueOf) {
    const found = new Map();
    for (const row of shown(filter, name)) {
      for (const value of [valueOf(row)].flat()) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  /* The values that each filter can be set to. */
  const CHOICES = Object.fromEntries(Object.entries(ntm.data.choices).map(([name, choices]) =>
    [name, choices.map(({ value }) => value)]));

  /* One status for several works on one asset, as join.merge_status in Python: cancelled works count
     only where there is nothing else, what is partly completed is in progress. */
  function mergedStatus(statuses) {
    const live = new Set(statuses.filter((status) => status !== "cancelled"));
    if (!statuses.length) return IDLE;
    if (!live.size) return "cancelled";
    if (live.size === 1) return [...live][0];
    return live.has("completed") || live.has("in_progress") ? "in_progress" : "preparation";
  }

  /* The filter in words, a line each; empty where everything is shown. */
  function inWords(filter) {
    const { text, word, status, criterion, offices, unitName } = ntm.words;
    const listed = (name, say) => filter[name].map(say).join(", ") || text("nothing");
    return [
      filter.layer && [text("layers"), listed("layer", (layer) => word("layer", layer))],
      filter.status && [text("status"), listed("status", status)],
      filter.unit && [text("unit"), unitName(filter.unit)],
      filter.kind && [text("kind"), word("kind", filter.kind)],
      filter.criterion && [text("criterion"), criterion(filter.criterion)],
      filter.office && [text("office"), offices([filter.office])],
      filter.overdue && [text("overdue"), text("only")],
      filter.search && [text("search"), filter.search],
    ].filter(Boolean);
  }

  return { rows, shown, counts, mergedStatus, searchKey, inWords, CHOICES };
})();
