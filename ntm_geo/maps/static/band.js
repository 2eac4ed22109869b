/* The title band: what this is, of what day, on what ground, and the figures that a meeting asks for
   first. Each figure opens to what it is made of and where it comes from. */
"use strict";

ntm.band = (() => {
  const { make, typed, replace, byId } = ntm.dom;

  function facts() {
    const { text, day, number } = ntm.words;
    const { as_of: asOf, data_until: until, reported, places } = ntm.data;
    const said = [text("data_until", { day: day(until) })];
    if (asOf !== until) said.push(text("as_of", { day: day(asOf) }));
    said.push(text("reported_units", { count: number(reported.units), total: number(reported.of) }));
    said.push(text("places_known", {
      measured: number(places.surveyed + places.digitised), sketch: number(places.sketch),
      none: number(places.none),
    }));
    return said.map((fact) => make("span", {}, fact));
  }

  /* The plan, and those who published the borders: some want to be named wherever they are shown. */
  function sources() {
    const borders = ntm.data.units.filter(({ position }) => position !== "sketch")
      .map((unit) => unit.geometry_source);
    return [typed(ntm.data.document), borders.length ? ` · ${ntm.words.text("borders")} ` : null,
      borders.length ? typed([...new Set(borders)].join("; ")) : null];
  }

  function card(figure) {
    const { text, pick } = ntm.words;
    const lines = figure.lines.map((line) => make("tr", {},
      make("th", { scope: "row" }, pick(line.label)), make("td", {}, pick(line.value)),
      make("td", { class: "clause" }, typed(ntm.words.clause(line.clause)))));
    const box = make("details", { class: "figure" },
      make("summary", {}, make("b", {}, pick(figure.value)), make("span", {}, pick(figure.label))),
      make("div", {
        class: "figure-parts", role: "region", tabindex: "0", // it may have to be scrolled
        "aria-label": text("parts_of", { figure: pick(figure.label) }),
      }, make("table", {}, make("tbody", {}, lines)),
        make("p", {}, pick(figure.how))));
    box.addEventListener("toggle", () => {
      if (!box.open) return;
      for (const other of document.querySelectorAll("details.figure[open]")) {
        if (other !== box) other.open = false;
      }
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      box.open = false;
      box.querySelector("summary").focus();
    });
    return box;
  }

  function draw() {
    const { pick } = ntm.words;
    byId("title").textContent = pick(ntm.data.title);
    byId("view-title").textContent = pick(ntm.data.view_title);
    replace("facts", facts());
    replace("document", sources());
    replace("figures", ntm.data.figures.map(card));
    for (const button of byId("languages").children) {
      button.setAttribute("aria-pressed", String(button.lang === ntm.words.lang));
    }
  }

  function start() {
    for (const button of byId("languages").children) {
      button.addEventListener("click", () => ntm.state.set({ lang: button.lang }));
    }
    document.addEventListener("click", (event) => {
      for (const box of document.querySelectorAll("details.figure[open]")) {
        if (!box.contains(event.target)) box.open = false;
      }
    });
  }

  return { start, sources, draw: (changed) => { if (changed.has("lang")) draw(); } };
})();
