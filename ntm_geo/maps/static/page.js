/* The start: every part draws what a change concerns. */
"use strict";

ntm.open = () => {
  const frame = [ntm.band, ntm.months]; // they decide how much room is left for the map
  const panel = [ntm.tabs, ntm.legend, ntm.list, ntm.detail, ntm.ask, ntm.findings];
  const map = ntm.map.leaflet;

  function draw(changed) {
    if (changed.has("lang")) ntm.words.use(ntm.state.now.lang);
    for (const part of [...frame, ...panel, ntm.map]) part.draw(changed);
    if (changed.has("map") && isElsewhere()) move();
  }

  /* To the view that the address asks for; without one, to that of the whole. */
  function move() {
    if (!ntm.state.now.map) {
      ntm.map.fitAll();
      return;
    }
    const [lat, lng, zoom] = ntm.state.now.map;
    map.setView([lat, lng], zoom, { animate: false });
  }

  /* Whether the address asks for another view than the map shows. */
  function isElsewhere() {
    if (!ntm.state.now.map) return !ntm.map.isWhole();
    const [lat, lng, zoom] = ntm.state.now.map;
    const centre = map.getCenter();
    return Math.abs(centre.lat - lat) > 1e-4 || Math.abs(centre.lng - lng) > 1e-4
      || Math.abs(map.getZoom() - zoom) > 0.01;
  }

  ntm.state.restore();
  const everything = new Set(Object.keys(ntm.state.now));
  for (const part of [...frame, ...panel, ntm.takeaway]) part.start?.();
  if (ntm.state.now.lang !== ntm.data.lang) ntm.words.use(ntm.state.now.lang);
  for (const part of frame) part.draw(everything);
  map.invalidateSize({ animate: false });
  move(); // Leaflet draws nothing before it has a view
  ntm.map.open();
  // The panel comes last, hidden till then: measuring the map would lay it out, too.
  for (const part of [ntm.map, ...panel]) part.draw(everything);
  document.getElementById("panel").hidden = false;
  ntm.state.onChange(draw);
  document.body.dataset.ready = "";
  requestAnimationFrame(() => setTimeout(() => { // after the first frame
    ntm.map.name();
    document.body.dataset.named = "";
  }));
};
