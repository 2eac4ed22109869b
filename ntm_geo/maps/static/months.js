/* The place of time on the page: the months that have been reported, and who reported. */
"use strict";

ntm.months = (() => {
  const { replace } = ntm.dom;

  function write() {
    const { text, day, number } = ntm.words;
    const of = number(ntm.data.reported.of);
    const months = ntm.data.months.map(({ month, unit_codes: units }) =>
      `${day(month)}: ${text("reported_units", { count: number(units.length), total: of })}`);
    replace("months", months.join(" · ") || text("no_months"));
  }

  return { draw: (changed) => { if (changed.has("lang")) write(); } };
})();
