/* The two languages of the page: sentences, words of the closed lists, figures and days. */
"use strict";

ntm.words = (() => {
  const LOCALE = { vi: "vi-VN", en: "en-GB" };
  let lang = ntm.data.lang;
  let numbers = new Map();

  /* What stands in both languages is a pair: Vietnamese, English. */
  const pick = (pair) => pair[lang === "vi" ? 0 : 1];

  function text(name, values = {}) {
    const sentence = pick(ntm.data.texts[name]);
    return sentence.replace(/\{(\w+)\}/g, (_, field) => String(values[field]));
  }

  /* A word of a closed list; what is of no list stays as it is. */
  function word(list, value) {
    const pair = ntm.data.words[list][value];
    return pair ? pick(pair) : value;
  }

  function number(value, digits = 3) {
    if (!numbers.has(digits)) {
      numbers.set(digits, new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits }));
    }
    return numbers.get(digits).format(Number(value.toFixed(digits))); // rounds as Python does
  }

  /* 2023-09-30 as 30/09/2023 or 30 September 2023; 2023-09 as 09/2023 or September 2023. */
  function day(iso) {
    const [year, month, dayOfMonth] = iso.split("-");
    if (lang === "vi") return [dayOfMonth, month, year].filter(Boolean).join("/");
    const style = { timeZone: "UTC", year: "numeric", month: "long" };
    if (dayOfMonth) style.day = "numeric";
    const date = new Date(Date.UTC(year, month - 1, dayOfMonth ?? 1));
    return new Intl.DateTimeFormat(LOCALE.en, style).format(date);
  }

  function quantity(value, measure) {
    if (value === null) return "";
    return `${number(value)} ${measure ? word("measure", measure) : ""}`.trim();
  }

  function distance(metres) {
    return metres < 1000 ? `${number(metres, 0)} m` : `${number(metres / 1000, 2)} km`;
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
    numbers = new Map();
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
    pick, text, word, number, day, quantity, distance, unitName, criterion, clause, offices, sources, use,
    get lang() { return lang; },
  };
})();
