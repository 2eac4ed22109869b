/* The works that fit the filter, by unit; a click shows one on the map and tells its details. */
"use strict";

ntm.list = (() => {
  const { make, typed, unitName, byId, replace } = ntm.dom;
  let stale = true;

  function statusWords(row) {
    const { text, word } = ntm.words;
    if (!row.work) return text("no_works");
    return row.overdue ? `${word("status", row.status)}, ${text("overdue")}` : word("status", row.status);
  }

  function placeWords(asset) {
    if (!asset.placed) return ntm.words.text("without_place");
    return asset.position === "sketch" ? ntm.words.text("sketch_short") : "";
  }

  function rowButton(row) {
    const { asset, work } = row;
    const { quantity } = ntm.words;
    const facts = [statusWords(row), work && quantity(work.quantity, work.measure), placeWords(asset)];
    return make("button", {
      type: "button", class: "row", "data-asset": asset.asset_id,
      onclick: () => choose(asset),
    }, ntm.symbols.ofRow(row), make("span", {}, typed(work ? work.name : asset.name),
      make("small", {}, facts.filter(Boolean).join(" · "))));
  }

  function choose(asset) {
    ntm.state.set({ selected: { type: "asset", id: asset.asset_id }, tab: "detail" });
    ntm.map.show({ type: "asset", id: asset.asset_id });
  }

  function count(rows) {
    const { text, number } = ntm.words;
    const works = rows.filter((row) => row.work).length;
    byId("count").textContent = text("count_shown", {
      works: number(works), of: number(ntm.data.works.length), idle: number(rows.length - works),
    });
    byId("tab-list-count").textContent = number(rows.length);
  }

  function write(rows) {
    const { text, number } = ntm.words;
    const units = new Map();
    for (const row of rows) units.set(row.unit_code, [...(units.get(row.unit_code) ?? []), row]);
    replace("rows", rows.length ? [...units].map(([code, mine]) => make("section", {},
      make("h3", {}, unitName(code), ` (${number(mine.length)})`),
      make("ul", { class: "rows" }, mine.map((row) => make("li", {}, rowButton(row))))))
      : make("p", { class: "empty" }, text("nothing_fits")));
  }

  function mark() {
    const { selected } = ntm.state.now;
    for (const button of byId("rows").querySelectorAll("button.row")) {
      const chosen = selected?.type === "asset" && selected.id === button.dataset.asset;
      if (chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    byId("rows").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /* The rows are written when somebody looks at them. */
  function draw(changed) {
    if (changed.has("lang") || changed.has("filter")) {
      count(ntm.filter.shown(ntm.state.now.filter));
      stale = true;
    }
    if (ntm.state.now.tab !== "list") return;
    if (stale) write(ntm.filter.shown(ntm.state.now.filter));
    stale = false;
    mark();
  }

  return { draw, rowButton, choose, statusWords, placeWords };
})();
