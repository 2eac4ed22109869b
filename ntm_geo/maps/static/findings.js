/* Where the plan contradicts itself: both statements with their clauses, a click away from the place. */
"use strict";

ntm.findings = (() => {
  const { make, typed, unitName, facts, byId, replace } = ntm.dom;

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

  const isOpen = (finding) => finding.accepted_on === null;

  /* Who accepted a finding, or what has become of it, and why. */
  const acceptance = ({ accepted_on, person, reason }) => [
    [ntm.words.text("accepted_on"), ntm.words.day(accepted_on)],
    [ntm.words.text("accepted_by"), typed(person)], [ntm.words.text("accepted_reason"), typed(reason)],
  ];

  /* The id is what gis/plan/accepted.csv names: a click chooses all of it. */
  const shownId = (id) => make("span", { class: "finding-id" }, id);

  function entry(finding) {
    const { pick, text, word } = ntm.words;
    const open = isOpen(finding);
    return make("li", { class: `finding of-${finding.severity}`, "data-finding": finding.finding_id },
      make("h3", {}, make("span", { class: "severity" }, word("severity", finding.severity)), " ",
        open ? null : [make("span", { class: "accepted" }, text("finding_accepted")), " "], pick(finding.title)),
      open ? null : facts(acceptance(finding)),
      make("p", {}, pick(finding.statement_a)), make("p", {}, pick(finding.statement_b)),
      make("p", { class: "hint" }, pick(finding.hint)),
      make("p", { class: "clause" }, `${text("clause")}: `, typed(finding.clauses.map(ntm.words.clause).join("; "))),
      ntm.later?.ofFinding(finding),
      make("div", {}, `${text("finding_id")}: `, shownId(finding.finding_id)),
      make("div", { class: "links" }, links(finding)));
  }

  /* An acceptance that fits nothing any more, with what the same rule finds there today. */
  function staleEntry(one) {
    const { text, pick } = ntm.words;
    const now = ntm.data.findings.filter((finding) => one.now.includes(finding.finding_id)).map((finding) =>
      make("div", {}, `${pick(finding.title)} – `, shownId(finding.finding_id)));
    return make("li", { class: "finding" }, make("div", {}, `${text("finding_id")}: `, shownId(one.finding_id)),
      facts([...acceptance(one), [text("stale_now"), now.length ? now : text("stale_gone")]]));
  }

  function write() {
    const { text, word, number } = ntm.words;
    const { findings: found, stale: left } = ntm.data;
    const open = found.filter(isOpen);
    const counts = Object.keys(ntm.data.words.severity).map((severity) =>
      `${word("severity", severity)}: ${number(open.filter((one) => one.severity === severity).length)}`);
    replace("panel-findings", make("h2", {}, text("findings_title")),
      make("p", {}, text("findings_how", { rules: number(ntm.data.rules) })),
      make("p", {}, text("findings_open", { counts: counts.join(" · ") })),
      found.length > open.length ? make("p", {}, text("findings_accepted", { count: number(found.length - open.length) })) : null,
      found.length ? make("ul", { class: "findings" }, found.map(entry))
        : make("p", { class: "empty" }, text("findings_none")),
      left.length ? [make("h3", {}, text("stale_title")), make("ul", { class: "findings" }, left.map(staleEntry))] : null);
  }

  /* The entries are written when somebody looks at them. */
  function draw(changed) {
    if (changed.has("lang")) {
      byId("tab-findings-count").textContent = ntm.words.number(ntm.data.findings_open);
      stale = true;
    }
    if (!stale || ntm.state.now.tab !== "findings") return;
    write();
    stale = false;
  }

  return { draw };
})();
