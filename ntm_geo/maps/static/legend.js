/* Filter and legend in one: what explains a sign also chooses it, with live counts beside it. */
"use strict";

ntm.legend = (() => {
  const { make, byId, replace } = ntm.dom;
  const {
    CRITERION, ROAD_WIDTH, symbol, lineSample, areaSample, hatchSample,
  } = ntm.symbols;
  const SELECTS = {
    unit: (value) => ntm.words.unitName(value),
    kind: (value) => ntm.words.word("kind", value),
    criterion: (value) => ntm.words.criterion(value),
    office: (value) => ntm.words.offices([value]),
  };

  // --- filters with one choice ---------------------------------------------------------------

  function fillSelect(name) {
    const options = ntm.filter.CHOICES[name].map((value) => {
      const option = make("option", { value }, SELECTS[name](value));
      // A name in another language than the page's is read out in its own.
      if (ntm.by.unit.has(value) && ntm.words.lang !== "vi") option.lang = "vi";
      return option;
    });
    replace(`filter-${name}`, make("option", { value: "" }, ntm.words.text("any")), options);
  }

  // --- filters with several choices: statuses and layers ---------------------------------------

  /* All boxes ticked is no filter. */
  function toggle(name, value, checked) {
    const all = ntm.filter.CHOICES[name];
    const shown = new Set(ntm.state.now.filter[name] ?? all);
    if (checked) shown.add(value);
    else shown.delete(value);
    ntm.state.setFilter({ [name]: shown.size === all.length ? null : all.filter((one) => shown.has(one)) });
  }

  function choice(name, value, label, ...samples) {
    const box = make("input", { type: "checkbox", value });
    box.addEventListener("change", () => toggle(name, value, box.checked));
    const only = make("button", {
      type: "button", class: "only", "aria-label": `${ntm.words.text("only")}: ${label}`,
      onclick: () => ntm.state.setFilter({ [name]: [value] }),
    }, ntm.words.text("only"));
    return make("li", {}, make("label", {}, box, samples, make("span", { class: "word" }, label),
      make("span", { class: "count" })), only);
  }

  function statusChoices() {
    return ntm.filter.CHOICES.status.map((status) => choice("status", status, ntm.words.status(status),
      lineSample(6, status), symbol("", status)));
  }

  function layerChoices() {
    return ntm.data.layers.map(({ layer, code }) => choice("layer", layer, ntm.words.word("layer", layer),
      symbol(code, "not_started")));
  }

  const COUNTED = { status: (row) => row.status, layer: (row) => row.asset.layer };

  function markChoices(name) {
    const counts = ntm.filter.counts(name, ntm.state.now.filter, COUNTED[name]);
    const shown = ntm.state.now.filter[name];
    for (const box of byId(`filter-${name}`).querySelectorAll("input")) {
      box.checked = shown === null || shown.includes(box.value);
      box.closest("li").querySelector(".count").textContent = ntm.words.number(counts.get(box.value) ?? 0);
    }
  }

  // --- what only explains ----------------------------------------------------------------------

  const sign = (sample, words) => make("li", {}, sample, make("span", { class: "word" }, words));

  /* Classes of the choropleth: counts of criteria met, or what can be said of the chosen one. */
  function unitLegend() {
    const { text, word, criterion } = ntm.words;
    if (ntm.units.asksCriterion()) {
      return [make("h3", {}, criterion(ntm.state.now.filter.criterion)),
        make("ul", {}, Object.entries(CRITERION).map(([status, { colour, sign: mark }]) => {
          const count = ntm.data.units.filter((unit) => ntm.units.criterionStatus(unit) === status).length;
          return sign(areaSample(colour), `${mark} ${word("criterion_status", status)} (${count})`);
        }))];
    }
    if (ntm.data.units.every((unit) => unit.met === null)) return [];
    const total = ntm.data.met_steps.at(-1).last;
    const steps = ntm.data.met_steps.map((step) => {
      const box = make("span", {}, `${step.first}–${step.last}`);
      box.style.background = step.colour;
      return box;
    });
    return [make("h3", {}, `${text("criteria_met")} (/${total})`), make("div", { class: "steps" }, steps)];
  }

  function roadLegend() {
    return [make("h3", {}, ntm.words.text("road_classes")),
      make("ul", {}, Object.entries(ROAD_WIDTH).map(([name, width]) =>
        sign(lineSample(width, "in_progress"), ntm.words.word("class", name))))];
  }

  function placeLegend() {
    const { text } = ntm.words;
    return [make("h3", {}, text("places")), make("ul", {},
      sign(lineSample(8, "not_started", true), text("hollow")),
      sign(lineSample(8, "not_started"), text("solid")),
      sign(areaSample("#fff", true), text("dashed")),
      sign(areaSample("#fff"), text("undashed")),
      ntm.data.units.some(ntm.units.isSilent) ? sign(hatchSample(), text("hatched", {
        month: ntm.words.day(ntm.data.months.at(-1).month),
      })) : null)];
  }

  function overdueLegend() {
    return sign([lineSample(6, "overdue"), symbol("", "overdue")], ntm.words.text("overdue"));
  }

  // --- the tab -----------------------------------------------------------------------------------

  function write() {
    Object.keys(SELECTS).forEach(fillSelect);
    replace("filter-status", statusChoices());
    replace("filter-layer", layerChoices());
    replace("legend-road", roadLegend());
    replace("legend-place", placeLegend());
  }

  function mark() {
    const { filter } = ntm.state.now;
    for (const name of Object.keys(SELECTS)) byId(`filter-${name}`).value = filter[name];
    const search = byId("filter-search");
    if (search.value !== filter.search) search.value = filter.search;
    byId("filter-overdue").checked = filter.overdue;
    markChoices("status");
    markChoices("layer");
    const overdue = ntm.filter.shown(filter, "overdue").filter((row) => row.overdue).length;
    byId("count-overdue").textContent = ntm.words.number(overdue);
    replace("legend-unit", unitLegend());
  }

  function start() {
    for (const name of Object.keys(SELECTS)) {
      byId(`filter-${name}`).addEventListener("change", (event) =>
        ntm.state.setFilter({ [name]: event.target.value }));
    }
    byId("filter-search").addEventListener("input", (event) =>
      ntm.state.setFilter({ search: event.target.value }));
    byId("filter-overdue").addEventListener("change", (event) =>
      ntm.state.setFilter({ overdue: event.target.checked }));
    replace("sample-overdue", lineSample(6, "overdue"), symbol("", "overdue"));
    byId("filter-opening").addEventListener("click", () =>
      ntm.state.set({ filter: ntm.state.openingFilter() }));
    byId("filter-everything").addEventListener("click", () =>
      ntm.state.set({ filter: ntm.state.emptyFilter() }));
  }

  function draw(changed) {
    if (changed.has("lang")) write();
    if (changed.has("lang") || changed.has("filter")) mark();
  }

  /* The legend without its switches, for the printed sheet. */
  function printed() {
    const { filter } = ntm.state.now;
    const shown = ntm.filter.shown(filter);
    const count = (name, value) => shown.filter((row) => COUNTED[name](row) === value).length;
    const statuses = ntm.filter.CHOICES.status.filter((status) => count("status", status)).map((status) =>
      sign([lineSample(6, status), symbol("", status)], `${ntm.words.status(status)} (${count("status", status)})`));
    if (shown.some((row) => row.overdue)) statuses.push(overdueLegend());
    const layers = ntm.data.layers.filter(({ layer }) => count("layer", layer)).map(({ layer, code }) =>
      sign(symbol(code, "not_started"), `${ntm.words.word("layer", layer)} (${count("layer", layer)})`));
    return [unitLegend(), make("h3", {}, ntm.words.text("status")), make("ul", {}, statuses),
      make("h3", {}, ntm.words.text("layers")), make("ul", { class: "two" }, layers), roadLegend(), placeLegend()];
  }

  return { start, draw, printed };
})();
