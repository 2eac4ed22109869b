/* Where the plan contradicts itself: both statements with their clauses, a click away from the place. */
"use strict";

ntm.findings = (() => {
  const { make, typed, unitName, byId, replace } = ntm.dom;

  let stale = true;

  const link = (words, act) => make("button", { type: "button", class: "link", onclick: act }, words);

  function links(finding) {
    const units = finding.unit_codes.filter((code) => ntm.by.unit.has(code)).map((code) =>
      link(unitName(code), () => {
        ntm.state.set({ selected: { type: "unit", id: code }, tab: "detail" });
        ntm.map.show({ type: "unit", id: code });
      }));
    const works = finding.work_ids.filter((id) => ntm.by.work.has(id)).map((id) => {
      const work = ntm.by.work.get(id);
      return link(typed(work.name), () => ntm.list.choose(ntm.by.asset.get(work.asset_id)));
    });
    const known = finding.criterion && ntm.filter.CHOICES.criterion.includes(finding.criterion);
    const criterion = known ? [link(ntm.words.criterion(finding.criterion), () =>
      ntm.state.set({ tab: "filter", filter: { ...ntm.state.emptyFilter(), criterion: finding.criterion } }))] : [];
    return [...criterion, ...units, ...works];
  }

  function entry(finding) {
    const { pick, text, word } = ntm.words;
    return make("li", { class: `finding ${finding.severity}`, "data-finding": finding.finding_id },
      make("h3", {}, make("span", { class: "severity" }, word("severity", finding.severity)), " ",
        pick(finding.title)),
      make("p", {}, pick(finding.statement_a)), make("p", {}, pick(finding.statement_b)),
      make("p", { class: "hint" }, pick(finding.hint)),
      make("p", { class: "clause" }, `${text("clause")}: `, typed(finding.clauses.map(ntm.words.clause).join("; "))),
      make("div", { class: "links" }, links(finding)));
  }

  function write() {
    const { text, word, number } = ntm.words;
    const found = ntm.data.findings;
    const counts = Object.keys(ntm.data.words.severity).map((severity) =>
      `${word("severity", severity)}: ${number(found.filter((one) => one.severity === severity).length)}`);
    replace("panel-findings", make("h2", {}, text("findings_title")),
      make("p", {}, text("findings_how", { rules: number(ntm.data.rules) })), make("p", {}, counts.join(" · ")),
      found.length ? make("ul", { class: "findings" }, found.map(entry))
        : make("p", { class: "empty" }, text("findings_none")));
  }

  /* The entries are written when somebody looks at them. */
  function draw(changed) {
    if (changed.has("lang")) {
      byId("tab-findings-count").textContent = ntm.words.number(ntm.data.findings.length);
      stale = true;
    }
    if (!stale || ntm.state.now.tab !== "findings") return;
    write();
    stale = false;
  }

  return { draw };
})();
