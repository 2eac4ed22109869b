/* The tabs of the panel, after the pattern of the ARIA authoring practices: arrow keys go from tab to
   tab, Tab goes into the chosen one. */
"use strict";

ntm.tabs = (() => {
  const { byId } = ntm.dom;
  const tabOf = (name) => byId(`tab-${name}`);

  function step(event) {
    const { TABS, now, set } = ntm.state;
    const moves = { ArrowRight: 1, ArrowLeft: -1 };
    const last = TABS.length - 1;
    const place = TABS.indexOf(now.tab);
    let next = null;
    if (event.key in moves) next = (place + moves[event.key] + TABS.length) % TABS.length;
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = last;
    if (next === null) return;
    event.preventDefault();
    set({ tab: TABS[next] });
    tabOf(TABS[next]).focus();
  }

  function start() {
    // The address behind the # is the reader's state: the link must not take its place.
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      tabOf(ntm.state.now.tab).focus();
    });
    for (const name of ntm.state.TABS) {
      tabOf(name).addEventListener("click", () => ntm.state.set({ tab: name }));
      tabOf(name).addEventListener("keydown", step);
    }
  }

  function draw(changed) {
    if (!changed.has("tab")) return;
    const left = document.activeElement.closest(".tab-panel");
    for (const name of ntm.state.TABS) {
      const chosen = name === ntm.state.now.tab;
      tabOf(name).setAttribute("aria-selected", String(chosen));
      tabOf(name).tabIndex = chosen ? 0 : -1;
      byId(`panel-${name}`).hidden = !chosen;
    }
    // Whoever acted within a panel that is gone goes on in the one that has come.
    if (left?.hidden) byId(`panel-${ntm.state.now.tab}`).focus({ preventScroll: true });
  }

  return { start, draw };
})();
