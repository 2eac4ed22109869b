/* What the reader has chosen: language, tab, filter, selection, question, view of the map. It lives
   in the address behind the # too, so that a link opens the same page. */
"use strict";

ntm.state = (() => {
  const TABS = ["filter", "list", "detail", "ask", "findings"];
  const LISTS = ["status", "layer"];
  const WORDS = ["unit", "kind", "criterion", "office"];
  const listeners = [];
  const now = start();
  let hashTimer = null;

  /* `status` and `layer` hold what is shown, null for everything; "" means any in the others. */
  function start() {
    return {
      lang: ntm.data.lang, tab: "filter", filter: openingFilter(), selected: null, ask: null, map: null,
    };
  }

  function openingFilter() {
    return { ...ntm.data.opening };
  }

  function emptyFilter() {
    return {
      status: null, layer: null, unit: "", kind: "", criterion: "", office: "", overdue: false, search: "",
    };
  }

  const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

  function set(changes) {
    const changed = Object.keys(changes).filter((name) => !same(now[name], changes[name]));
    if (!changed.length) return;
    Object.assign(now, changes);
    for (const listener of listeners) listener(new Set(changed));
    keep();
  }

  const setFilter = (changes) => set({ filter: { ...now.filter, ...changes } });

  // --- the address -------------------------------------------------------------------------

  function toHash() {
    const words = new URLSearchParams();
    if (now.lang !== ntm.data.lang) words.set("lang", now.lang);
    if (now.tab !== "filter") words.set("tab", now.tab);
    const opening = openingFilter();
    for (const [name, value] of Object.entries(now.filter)) {
      if (same(value, opening[name])) continue;
      words.set(name, LISTS.includes(name) ? (value ? value.join(",") : "*") : String(value));
    }
    if (now.selected) words.set("selected", `${now.selected.type}:${now.selected.id}`);
    if (now.ask) {
      const of = now.ask.asset ? `asset:${now.ask.asset}` : now.ask.at.join(",");
      words.set("ask", `${of},${now.ask.within_m}`);
    }
    if (now.map) words.set("map", now.map.join(","));
    return words.toString();
  }

  /* Reads an address that anybody may have typed: what does not fit is passed over. */
  function fromHash(hash) {
    const words = new URLSearchParams(hash);
    const found = start();
    if (["vi", "en"].includes(words.get("lang"))) found.lang = words.get("lang");
    if (TABS.includes(words.get("tab"))) found.tab = words.get("tab");
    for (const name of LISTS) {
      const allowed = ntm.filter.CHOICES[name];
      if (words.get(name) === "*") found.filter[name] = null;
      else if (words.has(name)) {
        const asked = words.get(name).split(",");
        found.filter[name] = allowed.filter((value) => asked.includes(value));
      }
    }
    for (const name of WORDS) {
      const value = words.get(name);
      if (value === "" || ntm.filter.CHOICES[name].includes(value)) found.filter[name] = value;
    }
    if (words.has("overdue")) found.filter.overdue = words.get("overdue") === "true";
    if (words.has("search")) found.filter.search = words.get("search").slice(0, 100);
    found.selected = selectedFrom(words.get("selected") ?? "");
    found.ask = askFrom(words.get("ask") ?? "");
    found.map = viewFrom(words.get("map") ?? "");
    return found;
  }

  const NUMBER = /^-?\d{1,3}(\.\d{1,8})?$/;
  const numbersFrom = (words) => (words.every((word) => NUMBER.test(word)) ? words.map(Number) : []);

  /* A view that shows something of the district. */
  function viewFrom(word) {
    const [lat, lon, zoom] = numbersFrom(word.split(","));
    const [west, south, east, north] = ntm.data.bounds;
    const isNear = lat > south - 1 && lat < north + 1 && lon > west - 1 && lon < east + 1;
    return isNear && zoom >= 6 && zoom <= 19 ? [lat, lon, zoom] : null;
  }

  function selectedFrom(word) {
    const [type, id] = word.split(":");
    return ["unit", "asset"].includes(type) && ntm.by[type].has(id) ? { type, id } : null;
  }

  function askFrom(word) {
    const parts = word.split(",");
    const within = Number(parts.pop());
    if (!ntm.ask.DISTANCES_M.includes(within)) return null;
    const asset = parts[0]?.startsWith("asset:") ? parts[0].slice(6) : null;
    if (asset !== null) return ntm.by.asset.get(asset)?.placed ? { asset, within_m: within } : null;
    const at = numbersFrom(parts);
    const isPlace = at.length === 2 && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90;
    return isPlace ? { at, within_m: within } : null;
  }

  function keep() {
    clearTimeout(hashTimer);
    hashTimer = setTimeout(() => history.replaceState(null, "", `#${toHash()}`), 150);
  }

  const restore = () => set(fromHash(location.hash.slice(1)));

  window.addEventListener("hashchange", restore);

  return {
    TABS, now, set, setFilter, emptyFilter, openingFilter, restore, toHash,
    onChange: (listener) => listeners.push(listener),
  };
})();
