/* Filter and legend in one: what explains a sign also chooses it, with live counts beside it. */
"use strict";

ntm.legend = (() => {
  const { make, byId, replace } = ntm.dom;
  const {
    CRITERION, ROAD_WIDTH, symbol, groupSymbol, lineSample, areaSample, hatchSample,
  } = ntm.symbols;
  const SELECTS = ["unit", "kind", "criterion", "office"];
  const TICKED = {
    status: (value) => [lineSample(6, value), symbol("", value)],
    layer: (value) => [symbol(ntm.by.layer.get(value).code, "not_started")],
  };
  let lang = ntm.data.lang; // the template has written the choices in it

  const boxes = (name) => [...byId(`filter-${name}`).querySelectorAll("input")];

  /* What can be chosen, in another language than it stands there. */
  function translate() {
    const { text, pick } = ntm.words;
    for (const name of SELECTS) {
      const [any, ...options] = byId(`filter-${name}`).options;
      any.textContent = text("any");
      options.forEach((option, i) => {
        option.textContent = pick(ntm.data.choices[name][i].label);
        // A name in another language than the page's is read out in its own.
        if (ntm.by.unit.has(option.value)) option.lang = "vi";
      });
    }
    for (const name of Object.keys(TICKED)) {
      boxes(name).forEach((box, i) => {
        const label = pick(ntm.data.choices[name][i].label);
        const only = box.closest("li").querySelector(".only");
        box.parentElement.querySelector(".word").textContent = label;
        only.textContent = text("only");
        only.setAttribute("aria-label", `${text("only")}: ${label}`);
      });
    }
  }

  /* All boxes ticked is no filter. */
  function toggle(name) {
    const all = boxes(name);
    const shown = all.filter((box) => box.checked).map((box) => box.value);
    ntm.state.setFilter({ [name]: shown.length === all.length ? null : shown });
  }

  function startTicked(name) {
    byId(`filter-${name}`).addEventListener("change", () => toggle(name));
    byId(`filter-${name}`).addEventListener("click", ({ target }) => {
      if (!target.matches(".only")) return;
      ntm.state.setFilter({ [name]: [target.closest("li").querySelector("input").value] });
    });
    for (const box of boxes(name)) box.after(...TICKED[name](box.value));
  }

  const COUNTED = { status: (row) => row.status, layer: (row) => row.asset.layer };

  function markChoices(name) {
    const counts = ntm.filter.counts(name, ntm.state.now.filter, COUNTED[name]);
    const shown = ntm.state.now.filter[name];
    for (const box of boxes(name)) {
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
    const borders = new Set(ntm.data.units.map((unit) => unit.position === "sketch"));
    return [make("h3", {}, text("places")), make("ul", {},
      sign(lineSample(8, "not_started", true), text("hollow")),
      sign(lineSample(8, "not_started"), text("solid")),
      borders.has(true) ? sign(areaSample("#fff", true), text("dashed")) : null,
      borders.has(false) ? sign(areaSample("#fff"), text("undashed")) : null,
      sign(groupSymbol(["not_started", "not_started"], { hollow: true }), text("several")),
      ntm.data.units.some(ntm.units.isSilent) ? sign(hatchSample(), text("hatched", {
        month: ntm.words.day(ntm.data.months.at(-1).month),
      })) : null)];
  }

  function overdueLegend() {
    return sign([lineSample(6, "overdue"), symbol("", "overdue")], ntm.words.text("overdue"));
  }

  // --- the tab -----------------------------------------------------------------------------------

  function write() {
    if (lang !== ntm.words.lang) translate();
    lang = ntm.words.lang;
    replace("legend-road", roadLegend());
    replace("legend-place", placeLegend());
  }

  function mark() {
    const { filter } = ntm.state.now;
    for (const name of SELECTS) byId(`filter-${name}`).value = filter[name];
    const search = byId("filter-search");
    if (search.value !== filter.search) search.value = filter.search;
    byId("filter-overdue").checked = filter.overdue;
    Object.keys(TICKED).forEach(markChoices);
    const overdue = ntm.filter.shown(filter, "overdue").filter((row) => row.overdue).length;
    byId("count-overdue").textContent = ntm.words.number(overdue);
    replace("legend-unit", unitLegend());
  }

  function start() {
    Object.keys(TICKED).forEach(startTicked);
    for (const name of SELECTS) {
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
