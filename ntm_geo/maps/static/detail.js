/* What is known of the chosen unit or thing, each figure with the clause that it comes from. */
"use strict";

ntm.detail = (() => {
  const { make, typed, unitName, facts, replace } = ntm.dom;
  const { CRITERION } = ntm.symbols;
  let openCriterion = null;

  const clause = (place) => typed(ntm.words.clause(place));

  // --- a unit --------------------------------------------------------------------------------

  function criterionCell(row) {
    const { word } = ntm.words;
    const [setId, number] = row.criterion.split(":");
    const name = ntm.by.set.get(setId).criteria[number - 1];
    const words = `${number} ${name ? ntm.words.pick(name) : ""}: ${word("criterion_status", row.status)}`;
    const { colour, sign } = CRITERION[row.status];
    const cell = make("button", {
      type: "button", class: "criterion", "aria-label": words, title: words,
      "aria-expanded": String(openCriterion === row.criterion), "data-criterion": row.criterion,
      onclick: () => {
        openCriterion = openCriterion === row.criterion ? null : row.criterion;
        write();
        document.querySelector(`[data-criterion="${row.criterion}"]`)?.focus();
      },
    }, make("b", {}, number), make("span", { "aria-hidden": "true" }, sign));
    cell.style.background = colour;
    return cell;
  }

  /* What stands behind one criterion: the works and measures that feed it, who answers, the clause. */
  function behind(row) {
    const { text, word, criterion, offices } = ntm.words;
    const works = row.work_ids.map((id) => ntm.by.work.get(id));
    const measures = row.measure_ids.map((id) => ntm.by.measure.get(id));
    const isTarget = row.state === "achieve";
    return make("section", { class: "behind" },
      make("h4", {}, criterion(row.criterion)),
      facts([
        [text("status"), word("criterion_status", row.status)],
        [text("answers"), row.office.length ? offices(row.office) : isTarget ? text("nobody") : null],
        [text("clause"), row.clause ? clause(row.clause) : text("no_clause")],
      ]),
      ntm.later?.ofCriterion(row),
      works.length ? [make("h5", {}, `${text("works")} (${works.length})`), workLinks(works)] : null,
      measures.length ? [make("h5", {}, `${text("measures")} (${measures.length})`), measureList(measures)] : null,
      !works.length && !measures.length ? make("p", {}, text("nothing_feeds")) : null);
  }

  const rowOf = (work) => ntm.filter.rows.find((row) => row.work === work);
  const workLinks = (works) => make("ul", { class: "rows" },
    works.map((work) => make("li", {}, ntm.list.rowButton(rowOf(work)))));

  function measureWords(measure) {
    const { quantity, word, number } = ntm.words;
    if (measure.quantity === null) return "";
    const signs = { ">=": "≥ ", ">": "> ", "=": "", range: "" };
    const range = measure.quantity_max === null ? "" : `${number(measure.quantity)}–`;
    const value = measure.quantity_max ?? measure.quantity;
    return signs[measure.comparator ?? "="] + range + quantity(value, measure.measure);
  }

  function measureList(measures) {
    return make("ul", { class: "measures" }, measures.map((measure) => make("li", {},
      typed(measure.name), measureWords(measure) ? make("b", {}, ` ${measureWords(measure)}`) : null,
      make("small", {}, unitName(measure.unit_code), " · ", clause(measure.clause)))));
  }

  function criteriaGrid(unit, set) {
    const rows = ntm.data.criteria.filter((row) => row.unit_code === unit.unit_code
      && row.criterion.startsWith(`${set.set_id}:`));
    if (!rows.length) return null;
    const met = rows.filter((row) => row.status === "maintained").length;
    const opened = rows.find((row) => row.criterion === openCriterion);
    return make("section", {},
      make("h3", {}, `${ntm.words.pick(set.name)}: ${met}/${rows.length} ${ntm.words.text("met")}`),
      make("div", { class: "criteria" }, rows.map(criterionCell)),
      opened ? behind(opened) : null);
  }

  function signs(unit) {
    const mine = new Set(ntm.data.criteria.filter((row) => row.unit_code === unit.unit_code)
      .map((row) => row.status));
    return make("p", { class: "signs" }, Object.keys(CRITERION).filter((status) => mine.has(status))
      .map((status) => make("span", {},
        `${CRITERION[status].sign} ${ntm.words.word("criterion_status", status)}`)));
  }

  function ofUnit(unit) {
    const { text, number, word } = ntm.words;
    const before = ntm.later?.before(unit) ?? {};
    const rows = ntm.filter.rows.filter((row) => row.unit_code === unit.unit_code);
    const works = rows.filter((row) => row.work);
    const unfinished = works.filter((row) => !["completed", "cancelled"].includes(row.status));
    const overdue = works.filter((row) => row.overdue).length;
    const villages = ntm.data.criteria.filter((row) => row.unit_code === unit.unit_code && row.asset_id);
    return [
      make("h2", {}, `${word("unit_kind", unit.kind)} `, unitName(unit.unit_code)),
      ntm.later?.ofUnit(unit),
      unit.position === "sketch" ? make("p", { class: "warning" }, text("sketch_border")) : null,
      ntm.units.isContext(unit) ? make("p", { class: "warning" }, text("only_context")) : facts([
        [text("criteria_met"), unit.met === null ? text("not_in_programme") : `${unit.met}/${unit.total}`],
        [text("criteria_achieved"), unit.achieved ? String(unit.achieved) : null],
        [text("works"), `${number(works.length)} (${number(unfinished.length)} ${text("unfinished")}`
          + `${overdue ? `, ${number(overdue)} ${text("overdue")}` : ""})`],
        [text("reported"), unit.reported ? null : text("not_reported")],
        [before.area ?? text("area"), `${number(unit.area_km2, 2)} km²`],
        [before.population ?? text("population"), unit.population === null ? null : number(unit.population)],
        [text("source_figures"), typed(unit.source)],
        [text("source_border"), typed(unit.geometry_source)],
      ]),
      ntm.data.sets.map((set) => criteriaGrid(unit, set)), signs(unit),
      villages.length ? [make("h3", {}, text("villages_programme")), make("ul", { class: "measures" },
        villages.map((row) => make("li", {}, typed(ntm.by.asset.get(row.asset_id).name),
          make("small", {}, word("criterion_status", row.status), " · ", clause(row.clause)))))] : null,
      rows.length ? [make("h3", {}, `${text("works_and_assets")} (${number(rows.length)})`),
        make("ul", { class: "rows" }, rows.map((row) => make("li", {}, ntm.list.rowButton(row))))] : null,
    ];
  }

  // --- a thing -------------------------------------------------------------------------------

  function photos({ photos: count, last_photo: last }) {
    const { text, number, day } = ntm.words;
    return `${number(count)}${last ? `, ${text("last_photo", { day: day(last) })}` : ""}`;
  }

  function ofWork(work) {
    const { text, word, day, quantity, criterion, offices, sources } = ntm.words;
    const row = rowOf(work);
    return make("section", { class: "work" }, make("h3", {}, typed(work.name)), facts([
      [text("status"), ntm.list.statusWords(row)],
      [text("reported"), work.reported ? day(work.reported) : text("not_reported")],
      [text("kind"), word("kind", work.kind)],
      [text("quantity"), quantity(work.quantity, work.measure)],
      [text("done"), quantity(work.done, work.measure)],
      [text("report_note"), work.report_note && typed(work.report_note)],
      [text("photos"), work.photos ? photos(work) : null],
      [text("due"), work.due_stated ? day(work.due) : `${day(work.due)} (${text("year_end")})`],
      [text("office"), work.office.length ? offices(work.office) : text("nobody")],
      [text("office_clause"), work.office_clause && clause(work.office_clause)],
      [text("funding"), work.funding.length ? sources(work.funding) : text("funding_unnamed")],
      [text("criterion"), work.criterion && criterion(work.criterion)],
      [text("clause"), clause(work.clause)],
      [text("note"), work.note && typed(work.note)],
    ]));
  }

  function placeFacts(asset) {
    const { text, word, number } = ntm.words;
    const length = asset.length_m === null ? null : `${number(asset.length_m / 1000, 2)} km`;
    if (!asset.placed) return [];
    return [
      [text("places"), word("position", asset.position)],
      [text("length_on_map"), length && asset.position === "sketch" ? `${length} (${text("from_plan")})` : length],
      [text("source_place"), typed(asset.source)],
    ];
  }

  function ofAsset(asset) {
    const { text, word } = ntm.words;
    const works = ntm.data.works.filter((work) => work.asset_id === asset.asset_id);
    return [
      make("h2", {}, typed(asset.name)),
      !asset.placed ? make("p", { class: "warning" }, text("whole_district"))
        : asset.position === "sketch" ? make("p", { class: "warning" }, text("sketch_place")) : null,
      asset.placed ? make("div", { class: "buttons" }, make("button", {
        type: "button", onclick: () => ntm.map.show({ type: "asset", id: asset.asset_id }),
      }, text("show_on_map")), make("button", {
        type: "button", onclick: () => {
          ntm.state.set({ tab: "ask" });
          ntm.ask.about({ asset: asset.asset_id });
        },
      }, text("ask_around"))) : null,
      facts([
        [word("layer", asset.layer), word("class", asset.class)],
        [text("unit"), unitName(asset.unit_code)], ...ntm.later?.ofAsset(asset) ?? [],
        [text("count_of"), asset.count === null || asset.count === 1 ? null : String(asset.count)],
        [text("target"), asset.target && word("state", asset.target)],
        [text("note"), asset.note && typed(asset.note)],
        [text("clause"), clause(asset.clause)],
        ...placeFacts(asset),
      ]),
      works.length ? works.map(ofWork) : make("p", {}, text("no_works")),
    ];
  }

  function write() {
    const { selected } = ntm.state.now;
    const content = !selected ? make("p", { class: "empty" }, ntm.words.text("nothing_chosen"))
      : selected.type === "unit" ? ofUnit(ntm.by.unit.get(selected.id)) : ofAsset(ntm.by.asset.get(selected.id));
    replace("panel-detail", content);
  }

  function draw(changed) {
    if (changed.has("selected")) openCriterion = null;
    if (changed.has("selected") || changed.has("lang")) write();
  }

  return { draw };
})();
