/* Elements made by hand: whatever people typed goes into the page as text, never as markup. */
"use strict";

ntm.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /* What stands in an attribute; nothing where the value is null or false. */
  function attribute(made, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (typeof value === "function") made.addEventListener(name.slice(2), value); // onclick: click
    else made.setAttribute(name, value === true ? "" : value);
  }

  function append(made, part) {
    if (Array.isArray(part)) for (const each of part) append(made, each);
    else if (part !== null && part !== undefined && part !== "") made.append(part);
  }

  function fill(made, attributes, content) {
    for (const name in attributes) attribute(made, name, attributes[name]);
    append(made, content);
    return made;
  }

  const make = (tag, attributes = {}, ...content) =>
    fill(document.createElement(tag), attributes, content);
  const svg = (tag, attributes = {}, ...content) =>
    fill(document.createElementNS(SVG, tag), attributes, content);

  /* Text as the record holds it: Vietnamese, also where the page is read in English. */
  const typed = (text, tag = "span") =>
    make(tag, { lang: ntm.words.lang === "vi" ? null : "vi" }, text);

  /* A unit is called as the record calls it, the district as a whole in the page's language. */
  const unitName = (code) => (ntm.by.unit.has(code)
    ? typed(ntm.words.unitName(code)) : make("span", {}, ntm.words.unitName(code)));

  /* A list of facts; a fact without a value is left out. */
  function facts(pairs) {
    const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
    return make("dl", { class: "facts" }, known.map(([name, value]) => [
      make("dt", {}, name), make("dd", {}, typeof value === "number" ? String(value) : value),
    ]));
  }

  /* Of a canvas that is never shown: it measures letters and finds points in areas. */
  const pen = document.createElement("canvas").getContext("2d");

  const byId = (id) => document.getElementById(id);

  /* Fills an element anew; whoever stood on something within it stands on the panel around it. */
  function replace(id, ...content) {
    const box = byId(id);
    const stood = box.contains(document.activeElement) && box !== document.activeElement;
    box.replaceChildren();
    append(box, content);
    if (stood) box.closest("[tabindex]")?.focus({ preventScroll: true });
  }

  return { make, svg, typed, unitName, facts, pen, byId, replace };
})();
