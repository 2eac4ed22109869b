/* The works that fit the filter, by unit; a click shows one on the map and tells its details. */
"use strict";

ntm.list = (() => {
  const { make, typed, byId, replace } = ntm.dom;

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

  function write() {
    const rows = ntm.filter.shown(ntm.state.now.filter);
    const { text, number, unitName } = ntm.words;
    const units = new Map();
    for (const row of rows) units.set(row.unit_code, [...(units.get(row.unit_code) ?? []), row]);
    const works = rows.filter((row) => row.work).length;
    const count = text("count_shown", {
      works: number(works), of: number(ntm.data.works.length), idle: number(rows.length - works),
    });
    byId("count").textContent = count;
    byId("tab-list-count").textContent = number(rows.length);
    if (!rows.length) {
      replace("rows", make("p", { class: "empty" }, text("nothing_fits")));
      return;
    }
    replace("rows", [...units].map(([code, mine]) => make("section", {},
      make("h3", {}, typed(unitName(code)), ` (${number(mine.length)})`),
      make("ul", { class: "rows" }, mine.map((row) => make("li", {}, rowButton(row)))))));
  }

  function mark() {
    const { selected } = ntm.state.now;
    for (const button of byId("rows").querySelectorAll("button.row")) {
      const chosen = selected?.type === "asset" && selected.id === button.dataset.asset;
      if (chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (ntm.state.now.tab === "list") {
      byId("rows").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    }
  }

  function draw(changed) {
    const anew = changed.has("lang") || changed.has("filter");
    if (anew) write();
    if (anew || changed.has("selected") || changed.has("tab")) mark();
  }

  return { draw, rowButton, choose, statusWords, placeWords };
})();
