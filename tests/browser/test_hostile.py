"""Whatever people type is text: nothing of it runs, all of it is shown, the page stays whole."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from ntm_geo.labels import format_clause
from ntm_geo.model import Acceptance, View, ViewFilter

pytestmark = pytest.mark.browser

HACK = "document.title='hacked';window.hacked=1"
LONG_WORD = "Nghĩa" * 100
HOSTILE = {
    # markup that would run
    "script": f"<script>{HACK}</script>",
    "script-end": f"</script><script>{HACK}</script>",
    "script-end-upper": f"</SCRIPT ><ScRiPt>{HACK}</sCrIpT>",
    "script-data": f'</script><script id="ntm-data">{HACK}</script>',
    "img": f'<img src=x onerror="{HACK}">',
    "img-open": f"<img src=x onerror={HACK}//",
    "svg": f"<svg onload={HACK}><animate onbegin={HACK} attributeName=x></svg>",
    "svg-script": f"<svg><script>{HACK}</script></svg>",
    "svg-use": '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
    "math": f'<math><mi xlink:href="javascript:{HACK}">x</mi></math>',
    "iframe": f'<iframe srcdoc="<script>parent.{HACK}</script>"></iframe>',
    "object": '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "details": f"<details open ontoggle={HACK}>",
    "input": f"<input autofocus onfocus={HACK}>",
    "video": f"<video><source onerror={HACK}></video>",
    "marquee": f"<marquee onstart={HACK}>",
    "style": "<style>*{display:none!important}</style>",
    "style-attribute": '<p style="position:fixed;inset:0;background:red">',
    "link": '<link rel=stylesheet href="https://example.org/x.css">',
    "base": '<base href="https://example.org/">',
    "meta": '<meta http-equiv=refresh content="0;url=https://example.org/">',
    "form": '<form action="https://example.org/"><button>x',
    "attribute-double": f'"><b onmouseover="{HACK}">x',
    "attribute-single": f"'><b onmouseover='{HACK}'>x",
    "attribute-handler": f'" onfocus="{HACK}" autofocus x="',
    "comment": "<!-- ",
    "comment-script": "<!--<script>",
    "comment-end": "--><!--[if IE]><b>x<![endif]-->",
    "cdata": "<![CDATA[<b>x</b>]]>",
    "unclosed": "<b><i><u",
    "policy": "<!-- content security policy -->",
    "title": f"</title><script>{HACK}</script>",
    "textarea": "</textarea></style></noscript><plaintext>",
    "template-element": f"<template shadowrootmode=open><script>{HACK}</script></template>",
    "entities": "&lt;b&gt; &amp;amp; &#60;i&#62; &quot; &NotEqual; &nbsp;&",
    "double-encoded": "%3Cscript%3E &amp;lt;script&amp;gt; \\u003cscript\\u003e \\x3c",
    # code and templates
    "interpolation": f"${{{HACK}}}",
    "backticks": f"`${{{HACK}}}`",
    "quotes-js": f"';{HACK};//",
    "quotes-js-double": f'";{HACK};//',
    "backslashes": "\\'\\\"\\`\\\\ C:\\new\\table \\",
    "jinja": "{{ 7 * 7 }} {% raw %}{# x #}{{ this.data }}",
    "braces": "{count} {total} {day} {0} {} %(x)s %s {{}}",
    "angular": "{{constructor.constructor('alert(1)')()}}",
    "javascript-url": f"javascript:{HACK}",
    "data-url": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "css": "red;} * { display: none } /* url(https://example.org/x) expression(alert(1))",
    "replacement": "$& $1 $` $' $$ $<name>",
    "regex": "^(.*+)+$ [a-z] \\d{3,} (?<x>.)",
    "sql": "'; DROP TABLE works; -- \" OR 1=1",
    "json": '{"a": [1, null]}, "b": "\\"',
    "hash": "#tab=list&unit=23656&selected=asset:school-all",
    # words of the page's own packing and of JavaScript's objects
    "proto": "__proto__",
    "constructor": "constructor",
    "to-string": "toString",
    "table": "$table",
    "shape": "$Point",
    "areas": "areas",
    "arcs": "arcs",
    "of": "of",
    "at": "at",
    "null": "null",
    "undefined": "undefined",
    "nan": "NaN",
    "zero": "0",
    "false": "false",
    "number": "1e308",
    # formulas
    "hyperlink": '=HYPERLINK("https://example.org/?"&A1,"bấm")',
    "dde": "=cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula-plus": "+84 26 3834 123",
    "formula-minus": "-2+3;\"x\",'y'",
    "formula-tab": "\t=1+1",
    "formula-wide": "＝1+1",
    "separators": 'a;b,c"d"\te|f',
    # letters that hide, turn, pile up
    "quotes": "\"'`´‘’“”«»‹›„‚〝〞＂＇",
    "rtl-override": "Trường \u202egnort\u202c \u202dx",
    "rtl-isolates": "\u2067ai\u2066 \u2069\u2069 \u200f\u200e",
    "rtl": "مرحبا بالعالم 123 שלום",
    "zero-width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
    "combining": "e" + "\u0301\u0323\u0336\u0489" * 50,
    "combining-only": "\u0301\u0300",
    "decomposed": "Đa\u0306k Hlo\u031b",
    "controls": "a\x01\x02\x07\x08\x0b\x0c\x0e\x1b[31m\x1f\x7fb",
    "controls-high": "a\x80\x85\x9fb",
    "newlines": "một\nhai\r\nba\rbốn\n",
    "separators-line": "một\u2028hai\u2029ba\u0085bốn",
    "blanks": "  một\u00a0\u2003 hai \u3000",
    "only-blanks": " \u00a0 ",
    "noncharacters": "a\ufffe\uffff\ufffdb",
    "private": "a\ue000\U000f0000b",
    "emoji": "👩‍🌾🏫🇻🇳1️⃣👨‍👩‍👧‍👦🏴\U000e0067\U000e0062\U000e007f❤️‍🔥",
    "astral": "𝕏𝕊𝕊 𓀀 \U0001f4a9",
    "zalgo": "".join(letter + "\u030d\u0316\u0334" * 8 for letter in "Kbang"),
    "wide": "ＢＣ㍿﷽ ꧅𒐫",
    # very long
    "long-word": LONG_WORD,
    "long-text": ("Đường trục chính nội đồng xã " * 400)[:10_000],
    "long-word-10kb": "W" * 10_000,
    "long-markup": "<b>" * 3_000,
}
"""What people might type into a field, by what it would do."""

LONG = [name for name, value in HOSTILE.items() if len(value) >= 200]
ASSET = "road-field-lo-ku"
UNIT = "23656"
CRITERION = "commune:2"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


# --- planted into every field --------------------------------------------------------------------


def plant(district, findings, value):
    """Put a value into every field that people can type, of one unit and what concerns it all."""

    def typed(frame, *columns):
        return frame.assign(**dict.fromkeys(columns, value))

    sets = {
        key: one.model_copy(
            update={
                "vi": value,
                "en": value,
                "criterion": tuple(
                    c.model_copy(update={"vi": value, "en": value}) for c in one.criterion
                ),
            }
        )
        for key, one in district.criteria_sets.items()
    }
    project = district.project.model_copy(
        update={
            "title_vi": value,
            "title_en": value,
            "plan_document": value,
            "district": district.project.district.model_copy(update={"name": value}),
        }
    )
    pair = type(findings[0].title)(value, value)
    sides = dict.fromkeys(("title", "statement_a", "statement_b", "hint"), pair)
    view = View.model_construct(
        id="hostile", order=1, title_vi=value, title_en=value, layers=(),
        filter=ViewFilter.model_construct(search=value[:100]),
    )  # fmt: skip
    planted = replace(
        district,
        project=project,
        criteria_sets=sets,
        units=typed(district.units, "name", "figures_source", "source"),
        assets=typed(district.assets, "name", "note", "asset_clause", "source", "unit_name"),
        works=typed(
            district.works, "name", "note", "clause", "report_note", "office_clause", "unit_name"
        ),
        offices=typed(district.offices, "name_vi", "name_en"),
        budget=typed(district.budget, "name_vi", "name_en", "clause"),
        measures=typed(district.measures, "name", "clause"),
        criteria=typed(district.criteria, "clause"),
    )
    found = [replace(finding, clauses=(value,), **sides) for finding in findings[:3]]
    return planted, {"view": view, "findings": found, "accepted": accept(found, value)}


def accept(findings, value):
    """Accept one finding, and one whose figures have changed since."""
    ids = (findings[-1].finding_id, f"{findings[0].finding_id[:-8]}00000000")
    typed = {"reason": value, "person": value}
    return [
        Acceptance.model_construct(finding_id=one, date=date(2023, 3, 1), **typed) for one in ids
    ]


@pytest.fixture(scope="module")
def small(district):
    """Give Kbang with what belongs to two units and to the district only: pages open quickly."""
    codes = {UNIT, "23641", district.project.district.code}
    frames = {
        name: frame[frame["unit_code"].isin(codes)].reset_index(drop=True)
        for name in ("assets", "works", "criteria", "measures")
        for frame in [getattr(district, name)]
    }
    criteria = frames["criteria"]
    for column, rows, key in (
        ("work_ids", "works", "work_id"),
        ("measure_ids", "measures", "measure_id"),
    ):
        known = set(frames[rows][key])
        criteria[column] = [
            "|".join(one for one in (cell or "").split("|") if one in known)
            for cell in criteria[f"{key}s"].fillna("")
        ]
    return replace(district, **frames)


# --- what is seen --------------------------------------------------------------------------------

SEEN = """([asset, unit, criterion]) => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const texts = (selector) => all(selector).map((one) => one.textContent);
    const facts = (selector) => Object.fromEntries(all(`${selector} dt`)
        .map((dt) => [dt.textContent, dt.nextElementSibling.textContent]));
    const wide = {};
    const widths = (name) => {
        const root = document.documentElement;
        const { left, right } = document.getElementById('panel').getBoundingClientRect();
        const scrolled = [root, document.body, ...all('.tab-panel:not([hidden])').filter((one) =>
            getComputedStyle(one).overflowX === 'auto')];
        const over = scrolled.map((one) => one.scrollWidth - one.clientWidth);
        wide[name] = Math.round(Math.max(...over, right - root.clientWidth, -left));
    };
    const show = (name, more = {}) => { ntm.state.set({ tab: name, ...more }); widths(name); };
    const seen = {};

    seen.band = [texts('#title')[0], texts('#view-title')[0], texts('#document')[0]];
    seen.opening = ntm.state.now.filter.search;
    seen.fits = ntm.filter.shown(ntm.state.now.filter).length;
    seen.rows = ntm.filter.rows.length;
    seen.names = all('.unit-name').map((one) =>
        [...one.querySelectorAll('span')].map((line) => line.textContent).join(' '));
    const symbols = (selector) => all(selector).map((one) => one.getAttribute('aria-label'));
    const tooltip = (selector) => {
        const place = document.querySelector(selector);
        const at = place.getBoundingClientRect();
        const mouse = { bubbles: true, clientX: at.x + 9, clientY: at.y + 9 };
        place.dispatchEvent(new MouseEvent('mouseover', mouse));
        const told = texts('.leaflet-tooltip').at(-1); // one that goes fades out
        place.dispatchEvent(new MouseEvent('mouseout', mouse));
        return told;
    };
    const map = ntm.map.leaflet;
    const at = L.latLng(ntm.by.unit.get(unit).at.toReversed());
    seen.units = symbols('.leaflet-areas-pane path');
    map.setView(at, 8, { animate: false });
    seen.groups = [symbols('.asset-place.group'), tooltip('.asset-place.group')];
    map.setView(at, 14, { animate: false });
    seen.symbols = [symbols('.asset-place:not(.group)'), tooltip('.asset-place:not(.group)')];
    ntm.map.fitAll();
    for (const card of all('details.figure')) {
        card.open = true;
        widths('figures');
    }
    const money = 'details.figure:last-child';
    seen.figures = texts(`${money} th, ${money} td.clause`);
    all('details.figure').forEach((card) => { card.open = false; });

    show('filter');
    seen.options = Object.fromEntries(['unit', 'criterion', 'office'].map((name) =>
        [name, texts(`#filter-${name} option`)]));
    ntm.state.setFilter({ search: '', criterion });
    widths('filter');
    seen.legend = texts('#legend-unit h3');
    ntm.state.setFilter({ criterion: '' });
    show('list');
    seen.list = [texts('#rows .row > span > span'), texts('#rows h3 > span')];

    ntm.list.choose(ntm.by.asset.get(asset));
    widths('asset');
    seen.asset = [texts('#panel-detail h2')[0], facts('#panel-detail > .facts')];
    seen.work = [texts('#panel-detail .work h3')[0], facts('#panel-detail .work .facts')];
    ntm.state.set({ selected: { type: 'unit', id: unit } });
    seen.unit = [texts('#panel-detail h2 > span')[0], facts('#panel-detail > .facts')];
    document.querySelector(`[data-criterion="${criterion}"]`).click();
    widths('unit');
    seen.criterion = [document.activeElement.getAttribute('aria-label'), texts('.behind h4')[0],
        facts('.behind .facts'), texts('.behind .row > span > span')];
    const other = ntm.data.criteria.find((row) => row.unit_code === unit && row.measure_ids.length
        && row.criterion.includes(':'));
    if (other) {
        document.querySelector(`[data-criterion="${other.criterion}"]`).click();
        seen.measures = texts('.measures li > span');
    }

    show('ask', { ask: { asset, within_m: 20000 } });
    seen.ask = [texts('#ask-answer h3')[0], texts('#ask-answer .row > span > span')];
    show('findings');
    seen.findings = [texts('.finding h3'), texts('.finding p'), texts('.finding .link')];
    seen.accepted = all('.finding .facts').map((one) =>
        [...one.querySelectorAll('dd > span')].map((typed) => typed.textContent));

    seen.csv = ntm.takeaway.toCsv(ntm.filter.rows);
    seen.geojson = ntm.takeaway.toGeojson(ntm.filter.rows);
    window.dispatchEvent(new Event('beforeprint'));
    seen.printed = document.getElementById('print-legend').textContent.length;
    window.dispatchEvent(new Event('afterprint'));

    show('detail', { lang: 'en', selected: { type: 'asset', id: asset } });
    seen.english = [texts('#title')[0], texts('#panel-detail h2')[0], document.title];
    show('filter', { lang: 'vi', selected: null, ask: null });
    seen.title = document.title;
    seen.hacked = [typeof window.hacked, Object.prototype.hacked, [].polluted].map(String);
    seen.elements = [...new Set(all('*').map((one) => one.localName))];
    seen.handlers = all('*').filter((one) =>
        [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc')).length;
    seen.wide = wide;
    return seen;
}"""
"""Goes through the whole page and tells every text that holds what was typed."""


@pytest.fixture(scope="module")
def window(open_shared_page, small):
    """Give the window that shows one page after the other."""
    return open_shared_page(small, width=1366, height=768)


@pytest.fixture
def look(open_shared_page, window, small, workspace):
    """Plant a value, open the page, go through it; fail on whatever the page did besides."""

    def looked(value):
        planted, more = plant(small, workspace.findings, value)
        open_shared_page(planted, window=window, **more)
        return window.evaluate(SEEN, [ASSET, UNIT, CRITERION])

    yield looked
    faults = open_shared_page.faults.copy()
    open_shared_page.faults.clear()
    assert faults == []


def as_title(text):
    """Write a text as a window's title shows it."""
    return " ".join(re.findall(r"[^\x00-\x0a\x0c-\x20\x7f]+", text))


def as_cell(value):
    return f"'{value}" if value.startswith(FORMULA) else value


@pytest.fixture(scope="module")
def harmless(open_shared_page, window, small, workspace):
    """Give what a page with ordinary names looks like."""
    findings = workspace.findings[:3]
    accepted = accept(findings, "đã hỏi")
    open_shared_page(small, findings=findings, accepted=accepted, window=window)
    return window.evaluate(SEEN, [ASSET, UNIT, CRITERION])


def require_nothing_ran(seen, value, harmless):
    """Hold the page against one with ordinary names: no script, no element, no attribute more."""
    assert seen["hacked"] == ["undefined"] * 3
    assert seen["title"] == seen["english"][2] == as_title(f"{value} – {value}")
    assert set(seen["elements"]) <= set(harmless["elements"])
    assert seen["handlers"] == 0


def require_shown_on_the_map(seen, value):
    assert {*seen["names"]} == {value}
    assert all(label.startswith(f"{value}, ") for label in seen["units"])
    labels, tooltip = seen["symbols"]
    assert all(label.startswith(f"{value}, {value}, ") for label in labels)
    assert tooltip.startswith(value * 2)
    labels, tooltip = seen["groups"]
    assert all(f" ở {value}: " in label for label in labels)
    assert tooltip in labels


def require_shown_in_band_filter_and_list(seen, value, rows):
    clause = format_clause(value, "vi")
    assert seen["band"] == [value] * 3
    assert {text.removeprefix("– ") for text in seen["figures"]} == {value, clause}
    assert seen["opening"] == value[:100]
    assert seen["fits"] == seen["rows"] == rows
    whole = f"Huyện {value}"
    # The template writes the lists: HTML knows one kind of line end.
    option, district = (re.sub(r"\r\n?", "\n", text) for text in (value, whole))
    assert {*seen["options"]["unit"][1:]} == {option, district}
    assert {*seen["options"]["office"][1:]} == {option}
    assert f"2. {option} ({option})" in seen["options"]["criterion"]
    assert seen["legend"] == [f"2. {value} ({value})"]
    listed, headings = seen["list"]
    assert listed == [value] * rows
    assert {*headings} == {value, whole}


def require_shown_in_details(seen, value):
    clause = format_clause(value, "vi")
    name, facts = seen["asset"]
    assert name == seen["english"][1] == value
    assert [facts[key] for key in ("Đơn vị", "Ghi chú", "Nguồn vị trí")] == [value] * 3
    assert facts["Mục kế hoạch"] == clause
    name, facts = seen["work"]
    assert name == value
    assert [facts[key] for key in ("Báo cáo ghi", "Cơ quan phụ trách", "Ghi chú")] == [value] * 3
    assert [facts[key] for key in ("Giao việc ở mục", "Mục kế hoạch")] == [clause] * 2
    assert facts["Tiêu chí"] == f"2. {value} ({value})"
    name, facts = seen["unit"]
    assert name == value
    assert [facts[key] for key in ("Nguồn số liệu", "Nguồn ranh giới")] == [value] * 2
    label, heading, facts, feeding = seen["criterion"]
    assert label.startswith(f"2 {value}: ")
    assert heading == f"2. {value} ({value})"
    assert facts["Mục kế hoạch"] == clause
    assert {*feeding} == {*seen["measures"]} == {value}


def require_shown_in_answers_and_findings(seen, value):
    heading, answers = seen["ask"]
    assert heading == f"Quanh {value}, trong 20 km"
    assert {*answers} == {value}
    assert seen["accepted"] == [[value, value]] * 2
    titles, paragraphs, links = seen["findings"]
    assert len(titles) == 3
    assert all(title.endswith(f" {value}") for title in titles)
    assert paragraphs.count(value) == 3 * len(titles)
    clause = f"Mục kế hoạch: {format_clause(value, 'vi')}"
    assert paragraphs.count(clause) == len(titles) + (value == clause) * 3 * len(titles)
    assert links
    assert all(text == value or text.endswith(f". {value} ({value})") for text in links)


def require_taken_away(seen, value, rows):
    """Hold the files against what was typed: all of it is there, and no cell starts a formula."""
    text = io.StringIO(seen["csv"].removeprefix("\ufeff"), newline="")
    heading, *cells = csv.reader(text, delimiter=";")
    assert len(cells) == rows
    assert {len(row) for row in cells} == {len(heading)}
    table = [dict(zip(heading, row, strict=True)) for row in cells]
    for name in ("Tên", "Ghi chú"):
        assert {row[name] for row in table} == {as_cell(value)}
    assert {row["Mục kế hoạch"] for row in table} == {as_cell(format_clause(value, "vi"))}
    assert not [cell for row in cells for cell in row if cell.startswith(FORMULA)]
    features = json.loads(seen["geojson"])["features"]
    assert {feature["properties"]["name"] for feature in features} == {value}
    assert seen["printed"] > 0


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_typed_is_shown_and_nothing_of_it_runs(look, harmless, name):
    value = HOSTILE[name]
    seen = look(value)
    rows = harmless["rows"]
    require_nothing_ran(seen, value, harmless)
    require_shown_on_the_map(seen, value)
    require_shown_in_band_filter_and_list(seen, value, rows)
    require_shown_in_details(seen, value)
    require_shown_in_answers_and_findings(seen, value)
    require_taken_away(seen, value, rows)
    assert {place: over for place, over in seen["wide"].items() if over > 0} == {}


def test_there_are_enough_of_them():
    assert len(HOSTILE) == len({*HOSTILE.values()}) >= 60


# --- long names on a phone -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [*LONG, "rtl", "zalgo"])
def test_a_long_name_does_not_widen_a_phones_page(look, window, name):
    window.set_viewport_size({"width": 390, "height": 844})
    seen = look(HOSTILE[name])
    window.set_viewport_size({"width": 1366, "height": 768})
    assert {place: over for place, over in seen["wide"].items() if over > 0} == {}


@pytest.mark.parametrize("name", LONG)
def test_a_long_title_leaves_room_for_the_map(open_page, small, workspace, name):
    planted, more = plant(small, workspace.findings, HOSTILE[name])
    page = open_page(planted, width=1366, height=768, **more)
    for part in (".folium-map", ".tab-panel:not([hidden])"):
        assert page.locator(part).bounding_box()["height"] > 150
    assert page.locator(".asset-place").count() > 0


# --- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["img", "hyperlink", "constructor", "newlines", "rtl-override"])
def test_a_page_of_hostile_names_works_by_hand(open_page, small, workspace, save_from, name):
    value = HOSTILE[name]
    planted, more = plant(small, workspace.findings, value)
    page = open_page(planted, width=1366, height=768, **more)
    page.get_by_role("searchbox").fill(value)
    page.get_by_role("combobox", name="Cơ quan phụ trách").select_option(index=1)
    page.get_by_role("tab", name="Danh sách").click()
    rows = page.locator("#rows button.row")
    count = rows.count()
    assert count > 0
    rows.first.click()
    assert page.locator("#panel-detail h2").text_content() == value
    page.get_by_role("tab", name="Hỏi bản đồ").click()
    page.get_by_role("button", name="Hỏi tại tâm bản đồ").click()
    page.get_by_role("combobox", name="Khoảng cách").select_option("20000")
    assert page.locator("#ask-answer .row").count() > 0
    page.get_by_role("tab", name="Phát hiện").click()
    page.locator(".finding .link").first.click()
    page.get_by_role("button", name="English").click()
    page.get_by_role("tab", name="Filter").click()
    file, content = save_from(page, "CSV")
    assert file == "page-1-2023-02-28.csv"
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(lines) >= 2
    assert {row[lines[0].index("Name")] for row in lines[1:]} == {as_cell(value)}


@pytest.mark.parametrize("word", ["constructor", "valueof", "hasownproperty"])
def test_a_measure_of_no_list_is_shown_as_typed(open_page, small, word):
    measures = small.measures.copy()
    row = measures.index[(measures["unit_code"] == UNIT) | (measures["criterion"].notna())][0]
    measures.loc[row, ["measure", "comparator", "quantity"]] = [word, "=", 7]
    page = open_page(replace(small, measures=measures))
    shown = page.evaluate("word => ntm.words.quantity(7, word)", word)
    assert shown == f"7 {word}"
