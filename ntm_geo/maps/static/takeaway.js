/* What can be taken away: the rows now shown as CSV, their features as GeoJSON, a printed sheet. */
"use strict";

ntm.takeaway = (() => {
  const { make, typed, byId, replace } = ntm.dom;
  /* A spreadsheet takes a cell that starts so for a formula. */
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

  const shown = () => ntm.filter.shown(ntm.state.now.filter);

  /* Cells of a row by the heading's name, as the page shows them; figures stay figures. */
  function cells(row) {
    const { work, asset } = row;
    const { text, word, unitName, criterion, offices, sources, day } = ntm.words;
    return {
      work: work?.work_id ?? "", asset: asset.asset_id, name: work?.name ?? asset.name,
      unit: unitName(row.unit_code), layers: word("layer", asset.layer), kind: work ? word("kind", work.kind) : "",
      status: ntm.list.statusWords(row), quantity: work?.quantity ?? null,
      measure: work?.measure ? word("measure", work.measure) : "", done: work?.done ?? null,
      due: work ? day(work.due) : "", criterion: row.criteria.map(criterion).join(", "),
      office: offices(row.offices), funding: work ? sources(work.funding) : "",
      places: asset.placed ? word("position", asset.position) : text("without_place"),
      clause: ntm.words.clause(work?.clause ?? asset.clause), note: work?.note ?? asset.note ?? "",
      ...ntm.later?.cells(asset),
    };
  }

  /* As a spreadsheet set to the page's language writes it: 0,3 and ; in Vietnamese, 0.3 and , in
     English; in quotes, UTF-8 with a byte order mark. */
  function toCsv(rows) {
    const [separator, decimal] = ntm.words.lang === "vi" ? [";", ","] : [",", "."];
    const cell = (value) => {
      if (value === null) return "";
      if (typeof value === "number") return String(value).replace(".", decimal);
      return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
    };
    const records = rows.map(cells);
    const names = Object.keys(cells(ntm.filter.rows[0]));
    const lines = [names.map((name) => cell(ntm.words.text(`csv_${name}`))),
      ...records.map((record) => names.map((name) => cell(record[name])))];
    return `\uFEFF${lines.map((line) => line.join(separator)).join("\r\n")}\r\n`;
  }

  /* Longitude and latitude (RFC 7946); what has no known place has no geometry. */
  function toGeojson(rows) {
    const features = rows.map(({ work, asset, status, overdue }) => ({
      type: "Feature",
      geometry: asset.placed ? asset.geometry : null,
      properties: {
        asset_id: asset.asset_id, work_id: work?.work_id ?? null, name: work?.name ?? asset.name,
        layer: asset.layer, class: asset.class, unit_code: asset.unit_code,
        status: work ? status : null, overdue, quantity: work?.quantity ?? null,
        measure: work?.measure ?? null, due: work?.due ?? null, criterion: work?.criterion ?? asset.criterion,
        clause: work?.clause ?? asset.clause, position: asset.position, placed: asset.placed,
        source: asset.source, ...ntm.later?.properties(asset),
      },
    }));
    return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
  }

  function save(content, type, ending) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = make("a", { href: address, download: `${ntm.data.file}-${ntm.data.data_until}.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // --- the printed sheet: A3, landscape ----------------------------------------------------------

  const SHEET_PX = 1000; // of 1047 within the margins of A3: on paper the band may be higher
  let before = null;

  function writeSheet() {
    const { text, day } = ntm.words;
    const filter = ntm.filter.inWords(ntm.state.now.filter);
    replace("print-legend", make("h2", {}, text("shown_on_map")), make("p", {}, byId("count").textContent),
      filter.length ? make("dl", { class: "facts" }, filter.map(([name, value]) =>
        [make("dt", {}, name), make("dd", {}, value)])) : make("p", {}, text("no_filter")),
      make("h2", {}, text("legend")), ntm.legend.printed(),
      make("p", {}, text("data_until", { day: day(ntm.data.data_until) })),
      make("p", {}, text("source"), " ", ntm.band.sources()));
  }

  const sheetParts = () => [ntm.map.leaflet.getContainer(), byId("print-legend")];

  /* Map and legend share what the title band leaves of the sheet; a long legend is made smaller. */
  function fitSheet() {
    const [map, legend] = sheetParts();
    const height = SHEET_PX - Math.ceil(map.getBoundingClientRect().top + window.scrollY);
    map.style.height = `${height}px`;
    legend.style.maxHeight = `${height}px`;
    const over = legend.scrollHeight / height;
    if (over > 1) legend.style.zoom = String(Math.floor(98 / over) / 100);
  }

  function beforePrint() {
    if (before) return;
    const map = ntm.map.leaflet;
    before = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
    writeSheet();
    document.body.classList.add("printing");
    fitSheet();
    map.invalidateSize({ animate: false });
    // The sheet has another shape than the screen: a view of everything stays one of everything.
    if (ntm.map.showsAll(before.bounds)) ntm.map.fitAll();
    else map.fitBounds(before.bounds, { animate: false });
  }

  function afterPrint() {
    if (!before) return;
    document.body.classList.remove("printing");
    // Leaflet has set styles of its own on the map: only ours are taken back.
    for (const part of sheetParts()) {
      for (const name of ["height", "maxHeight", "zoom"]) part.style[name] = "";
    }
    ntm.map.leaflet.invalidateSize({ animate: false });
    ntm.map.leaflet.setView(before.centre, before.zoom, { animate: false });
    before = null;
  }

  function start() {
    byId("take-csv").addEventListener("click", () => save(toCsv(shown()), "text/csv;charset=utf-8", "csv"));
    byId("take-geojson").addEventListener("click", () =>
      save(toGeojson(shown()), "application/geo+json", "geojson"));
    byId("take-print").addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
  }

  return { start, toCsv, toGeojson };
})();
