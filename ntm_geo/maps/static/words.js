/* The two languages of the page: sentences, words of the closed lists, figures and days. */
"use strict";

ntm.words = (() => {
  let lang = ntm.data.lang;

  /* What stands in both languages is a pair: Vietnamese, English. */
  const pick = (pair) => pair[lang === "vi" ? 0 : 1];

  function text(name, values = {}) {
    const sentence = pick(ntm.data.texts[name]);
    return sentence.replace(/\{(\w+)\}/g, (_, field) => String(values[field]));
  }

  /* A word of a closed list; what is of no list stays as it is. */
  function word(list, value) {
    const words = ntm.data.words[list];
    return Object.hasOwn(words, value) ? pick(words[value]) : value; // "constructor" is of no list
  }

  /* 152863.3 as 152.863,3 or 152,863.3, as labels.format_number in Python. */
  function number(value, digits = 3) {
    const [whole, part = ""] = value.toFixed(digits).split(".");
    const [group, decimal] = lang === "vi" ? [".", ","] : [",", "."];
    const rest = part.replace(/0+$/, "");
    return whole.replace(/\B(?=(\d{3})+$)/g, group) + (rest && decimal + rest);
  }

  /* 2023-09-30 as 30/09/2023 or 30 September 2023; 2023-09 as 09/2023 or September 2023. */
  function day(iso) {
    const [year, month, dayOfMonth] = iso.split("-");
    if (lang === "vi") return [dayOfMonth, month, year].filter(Boolean).join("/");
    const style = { timeZone: "UTC", year: "numeric", month: "long" };
    if (dayOfMonth) style.day = "numeric";
    const date = new Date(Date.UTC(year, month - 1, dayOfMonth ?? 1));
    return new Intl.DateTimeFormat("en-GB", style).format(date);
  }

  function quantity(value, measure) {
    if (value === null) return "";
    return `${number(value)} ${measure ? word("measure", measure) : ""}`.trim();
  }

  function distance(metres) {
    return Math.round(metres) < 1000 ? `${number(metres, 0)} m` : `${number(metres / 1000, 2)} km`;
  }

  /* A status, also that of what has no work this year, and the flag that goes before any. */
  function status(value) {
    if (value === "overdue") return text("overdue");
    return value === "none" ? text("no_works") : word("status", value);
  }

  function unitName(code) {
    return ntm.by.unit.get(code)?.name ?? pick(ntm.data.district_name);
  }

  /* "2. Giao thông (Xã nông thôn mới)"; a set alone where the plan speaks of it as a whole. */
  function criterion(key) {
    const [setId, number] = key.split(":");
    const set = ntm.by.set.get(setId);
    const names = number ? set.criteria[number - 1] : null;
    if (!number) return pick(set.name);
    return `${names ? `${number}. ${pick(names)}` : number} (${pick(set.name)})`;
  }

  /* "III.5.2 Giao thông fn 2" as "III.5.2 Giao thông chú thích 2", as labels.format_clause in Python. */
  const clauseWords = new RegExp(`\\b(${Object.keys(ntm.data.words.clause).join("|")})\\b`, "g");
  const clause = (place) => place.replace(clauseWords, (found) => word("clause", found));

  const offices = (ids) => ids.map((id) => pick(ntm.by.office.get(id).name)).join(", ");
  const sources = (ids) => ids.map((id) => pick(ntm.by.source.get(id).name)).join(", ");

  function use(chosen) {
    lang = chosen;
    document.documentElement.lang = lang;
    document.title = pick(ntm.data.page_title);
    for (const part of document.querySelectorAll("[data-text]")) {
      part.textContent = text(part.dataset.text);
    }
    for (const part of document.querySelectorAll("[data-label]")) {
      part.setAttribute("aria-label", text(part.dataset.label));
    }
  }

  return {
    pick, text, word, status, number, day, quantity, distance, unitName, criterion, clause, offices, sources, use,
    get lang() { return lang; },
  };
})();
