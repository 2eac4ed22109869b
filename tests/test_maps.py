"""The page as HTML: self-contained, escaped, reproducible, honest about sketches."""

import base64
import hashlib
import inspect
import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, box

from ntm_geo import open_workspace
from ntm_geo.errors import Text
from ntm_geo.focus import focus_on_unit
from ntm_geo.maps import district_map, elements, page_data, render_page, write_map
from ntm_geo.maps.arcs import Arcs
from ntm_geo.maps.elements import LATER_SCRIPT, LATER_STYLE, SCRIPTS, TABS, TILES_HOST
from ntm_geo.maps.filling import MET_STEPS
from ntm_geo.maps.filling.geometry import drawn_areas, drawn_shape
from ntm_geo.maps.offline import LEAFLET_NOTICE, pin
from ntm_geo.maps.packing import pack, plain
from ntm_geo.maps.texts import LATER_TEXTS, TEXTS
from ntm_geo.model import Acceptance, overview_of

MAPS = Path(elements.__file__).parent
STATIC = sorted((MAPS / "static").iterdir())
TEMPLATES = sorted((MAPS / "templates").iterdir())
LANGS = ("vi", "en")


class _Page(HTMLParser):
    """Tags with their attributes, and the text inside scripts, styles, titles and comments."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.texts = []
        self.comments = []
        self._open = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, _):
        self._open = None

    def handle_data(self, data):
        if self._open:
            tag, attributes, text = self.texts.pop()
            self.texts.append((tag, attributes, text + data))

    def handle_comment(self, data):
        self.comments.append(data)

    def all(self, tag):
        return [(attributes, text) for name, attributes, text in self.texts if name == tag]

    @property
    def scripts(self):
        """Bodies of the scripts that run."""
        return [body for attributes, body in self.all("script") if "type" not in attributes]

    @property
    def styles(self):
        return [body for _, body in self.all("style")]

    @property
    def packed(self):
        """The page's data as it is written into the page."""
        return next(t for a, t in self.all("script") if a.get("id") == "ntm-data")

    @property
    def policy(self):
        """The content security policy: sources by directive."""
        content = next(
            a["content"] for t, a in self.tags if a.get("http-equiv") == "Content-Security-Policy"
        )
        parts = (part.split() for part in content.split(";"))
        return {name: sources for name, *sources in parts}


@pytest.fixture(scope="module")
def workspace(kbang):
    return open_workspace(kbang)


@pytest.fixture(scope="module")
def district(workspace):
    return workspace.district


@pytest.fixture(scope="module")
def data(workspace):
    view = overview_of(workspace.record.project)
    return page_data(workspace.district, view=view, file="kbang", findings=workspace.findings)


@pytest.fixture(scope="module")
def later_data(kbang):
    workspace = open_workspace(kbang, units_day=date(2025, 7, 1))
    view = overview_of(workspace.record.project)
    return page_data(workspace.district, view=view, file="kbang", findings=workspace.findings)


@pytest.fixture(scope="module")
def html(data):
    return render_page(data)


@pytest.fixture(scope="module")
def page(html):
    return _Page(html)


@pytest.fixture(scope="module")
def with_tiles(data):
    return _Page(render_page(replace(data, basemap=True)))


# --- nothing from the net ------------------------------------------------------------------------

FETCHING = ("src", "href", "srcset", "data", "poster", "action", "formaction", "background", "ping")


def _fetched(page):
    """Every address that the page names in an attribute and that is none within it."""
    return [
        (tag, name, value)
        for tag, attributes in page.tags
        for name in FETCHING
        if (value := attributes.get(name)) is not None and not value.startswith(("data:", "#"))
    ]


def test_nothing_is_fetched(page, with_tiles):
    assert _fetched(page) == []
    assert _fetched(with_tiles) == []
    assert not {"link", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}


def test_no_style_fetches_anything(page):
    css = "\n".join(page.styles)
    addresses = re.findall(r"url\(\s*[\"']?([^)]*)", css)
    assert len(addresses) >= 3  # Leaflet's images
    # Leaflet names a behaviour that old versions of Internet Explorer have built in.
    assert all(a.startswith("data:") for a in addresses if a != "#default#VML")
    assert "@import" not in css


def test_an_element_has_no_style_and_no_script_of_its_own(page, with_tiles):
    for tag, attributes in [*page.tags, *with_tiles.tags]:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag


def _pins(bodies):
    digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def test_the_policy_runs_the_pages_own_scripts_and_styles_only(page):
    assert page.policy == {
        "default-src": ["'none'"],
        "script-src": _pins(page.scripts),
        "style-src": _pins(page.styles),
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert len(page.scripts) == 2  # Leaflet; ours with Folium's lines
    assert len(page.styles) == 2  # Leaflet's, ours


def test_the_policy_stands_before_everything_that_it_is_about(page):
    tags = [tag for tag, _ in page.tags]
    policy = next(i for i, (_, a) in enumerate(page.tags) if a.get("http-equiv"))
    assert tags[:3] == ["html", "head", "meta"]
    assert policy < min(tags.index(tag) for tag in ("style", "script", "title", "body"))


def test_a_base_map_opens_one_host_for_pictures_and_nothing_else(page, with_tiles):
    pins = {
        "script-src": _pins(with_tiles.scripts),
        "style-src": _pins(with_tiles.styles),
        "img-src": ["data:", "https://tile.openstreetmap.org"],
    }
    assert with_tiles.policy == page.policy | pins
    assert TILES_HOST == "https://tile.openstreetmap.org"


def test_without_a_base_map_no_address_is_named(page, with_tiles):
    ours = page.scripts[1:]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", "\n".join(ours))
    addresses = re.findall(r"https?://[^\"/]+", "\n".join(with_tiles.scripts[1:]))
    assert set(addresses) == {TILES_HOST, "http://www.w3.org"}  # tiles; the name of SVG


@pytest.mark.parametrize("attributes", [' src="https://example.org/x.js"', " defer src=x.js"])
def test_a_script_from_elsewhere_is_refused(attributes):
    slot = "<!-- content security policy -->"
    with pytest.raises(ValueError, match="src="):
        pin(f"{slot}<script{attributes}></script>")


@pytest.mark.parametrize("slots", [0, 2])
def test_a_page_without_one_place_for_its_policy_is_refused(slots):
    slot = "<!-- content security policy -->"
    with pytest.raises(ValueError, match="content security policy"):
        pin(slot * slots)


# --- the file ------------------------------------------------------------------------------------


def test_every_page_is_light(workspace, tmp_path):
    views = workspace.record.views
    assert len(views) == 3
    for view in views:
        path = tmp_path / f"{view.id}.html"
        write_map(workspace.district, path, view=view, findings=workspace.findings)
        assert path.stat().st_size < 500_000


def test_a_page_with_boundaries_of_many_vertices_is_light_too(workspace, tmp_path):

    def winding(spots):
        x, y = spots.T
        return np.column_stack([x + 2e-4 * np.sin(3e3 * y), y + 2e-4 * np.sin(2.4e3 * x)])

    units = workspace.district.units.copy()
    units.geometry = shapely.transform(shapely.segmentize(units.geometry, 2e-4), winding)
    assert shapely.get_num_coordinates(units.geometry).sum() > 25_000
    path = tmp_path / "page.html"
    district = replace(workspace.district, units=units)
    view = overview_of(district.project)
    write_map(district, path, view=view, findings=workspace.findings)
    assert path.stat().st_size < 500_000


def test_the_page_carries_what_runs_and_no_comment_on_it(html):
    assert "/* The map: what it shows" in (MAPS / "static" / "map.js").read_text(encoding="utf-8")
    ours = html[html.index("const ntm") : html.index("const map_")]
    assert not re.search(r"^(\s|//|/\*)", ours.rstrip(), re.MULTILINE)


@pytest.mark.parametrize("name", [*SCRIPTS, LATER_SCRIPT])
def test_no_text_in_a_script_goes_over_the_end_of_a_line(name):
    """There it would lose its indentation in the page."""
    for line in (MAPS / "static" / name).read_text(encoding="utf-8").splitlines():
        assert line.count("`") % 2 == 0, line


def test_the_page_carries_no_unused_library(html):
    assert not re.search(r"bootstrap|jquery|font-?awesome|glyphicon", html, re.IGNORECASE)


def test_the_page_carries_its_librarys_licence(page):
    notice = next(comment for comment in page.comments if "Volodymyr Agafonkin" in comment)
    assert re.match(r"\s*Leaflet 1\.9\.\d", notice)
    assert LEAFLET_NOTICE.partition("\n")[2] in notice
    assert "Leaflet 1.9" in page.scripts[0]


def test_language_and_title_are_set(page):
    assert page.tags[0] == ("html", {"lang": "vi"})
    title = "Chương trình xây dựng nông thôn mới huyện Kbang năm 2023"
    assert page.all("title") == [({}, f"{title} – {title}")]


def test_language_and_title_are_those_that_are_asked_for(workspace):
    view = workspace.record.views[1]
    found = _Page(
        render_page(page_data(workspace.district, view=view, file="kbang-roads", lang="en"))
    )
    assert found.tags[0] == ("html", {"lang": "en"})
    assert found.all("title")[0][1].startswith("Road works – ")


def test_built_twice_it_is_the_same_file(kbang, tmp_path):
    written = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        workspace = open_workspace(kbang)
        view = workspace.record.views[0]
        path = tmp_path / folder / "page.html"
        write_map(workspace.district, path, view=view, findings=workspace.findings)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert b"\r" not in written[0]


def test_the_name_of_the_folder_is_not_in_the_page(district, tmp_path):
    path = tmp_path / "page.html"
    write_map(district, path, view=overview_of(district.project))
    assert tmp_path.name.encode() not in path.read_bytes()


def test_the_map_is_foliums_and_can_be_added_to(data):
    import folium

    map = district_map(data)
    folium.Marker([14.2, 108.6]).add_to(map)
    assert isinstance(map, folium.Map)
    assert "L.marker(" in map.get_root().render()


def test_every_script_is_part_of_the_page_and_strict():
    scripts = [path for path in STATIC if path.suffix == ".js"]
    assert sorted((*SCRIPTS, LATER_SCRIPT)) == [path.name for path in scripts]
    assert {path.name for path in STATIC} == {*SCRIPTS, "page.css", LATER_SCRIPT, LATER_STYLE}
    for path in scripts:
        text = path.read_text("utf-8")
        assert text.startswith("/* ")
        assert '*/\n"use strict";\n' in text


# --- what is typed stays text --------------------------------------------------------------------

BANNED = (r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
          r"setHTML|DOMParser|srcdoc|\.cssText|createContextualFragment")  # fmt: skip


@pytest.mark.parametrize("path", [p for p in STATIC if p.suffix == ".js"], ids=lambda p: p.name)
def test_no_script_makes_markup_of_text(path):
    assert not re.search(BANNED, path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_marks_as_safe_what_is_made_by_templates_or_packing_only(path):
    safe = set(re.findall(r"\{\{\s*(.*?)\s*\|\s*safe\b", path.read_text("utf-8")))
    ours = ("leaflet_script", "own_script", "notice", "packed", "parts[-1].render()")
    parts = (f"{part}.render()" for part in ("band", "time", "panel"))
    foliums = (f"{part}.render(**kwargs)" for part in ("header", "html", "script"))
    made = {"style", "tab.render()", *(f"this.{name}" for name in (*ours, *parts, *foliums))}
    assert safe <= made
    assert "autoescape" not in path.read_text("utf-8")


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<!--<script>",
    "]]>",
    "<img src=x onerror=window.hacked=1>",
    "${window.hacked=1}",
    "`-window.hacked=1-`",
    "\u2028window.hacked=1\u2029",
    "&lt;b&gt;",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- content security policy -->",
    '"><b x="',
    "\\u003c\\",
]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_names_stay_text(district, page, value):
    assets = district.assets.copy()
    assets.loc[assets.index[0], "name"] = value
    project = district.project.model_copy(
        update={"title_vi": value, "title_en": value, "plan_document": value}
    )
    made = replace(district, assets=assets, project=project)
    data = page_data(made, view=overview_of(project), file="page")
    found = _Page(render_page(data))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in page.tags]
    assert [list(attributes) for _, attributes in found.tags] == [list(a) for _, a in page.tags]
    assert json.loads(found.packed) == json.loads(pack(data))
    assert value in json.loads(found.packed)["assets"]["$table"]["name"]
    assert found.all("title")[0][1] == f"{value} – {value}"


SIGNS = ["<", ">", "&", "\u2028", "\u2029", "</script>", "<!--", "]]>"]


def test_packing_lets_no_sign_of_markup_through(data):
    text = Text(*("".join(SIGNS),) * 2)
    units = tuple(replace(unit, name=text.vi) for unit in data.units)
    packed = pack(replace(data, title=text, document=text.vi, units=units, texts={text.vi: text}))
    assert not [sign for sign in SIGNS if sign in packed and sign != "]]>"]
    assert json.loads(packed)["title"] == list(text)


def test_packing_is_of_one_line_and_refuses_what_is_no_number(data):
    assert "\n" not in pack(data)
    unit = replace(data.units[0], area_km2=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        pack(replace(data, units=(unit,)))


def test_a_border_that_two_areas_share_is_packed_once():
    square = ((0, 0), (0, 2), (2, 2), (2, 1), (2, 0), (0, 0))
    beside = ((4, 0), (2, 0), (2, 1), (2, 2), (4, 2), (4, 0))
    apart = ((9, 9), (9, 10), (10, 9), (9, 9))
    arcs = Arcs([square, beside, apart])
    references = [arcs.references(ring) for ring in (square, beside, apart)]
    border = arcs.found.index(((2, 2), (2, 1), (2, 0)))
    assert border in references[0]
    assert -1 - border in references[1]
    assert references[2] == [len(arcs.found) - 1]
    assert sum(len(arc) - 1 for arc in arcs.found) == 5 + 5 - 2 + 3


def test_plain_is_what_json_can_say(data):
    told = plain(data)
    assert json.loads(json.dumps(told)) == told
    assert told["assets"][0]["class"] == data.assets[0].class_
    assert told["units"][0]["geometry"] == json.loads(json.dumps(data.units[0].geometry))


# --- what the page knows -------------------------------------------------------------------------


def test_everything_of_the_district_is_in_the_pages_data(data, district, workspace):
    def ids(rows, name):
        return [getattr(row, name) for row in rows]

    assert ids(data.units, "unit_code") == list(district.units["unit_code"])
    assert ids(data.assets, "asset_id") == list(district.assets["asset_id"])
    assert ids(data.works, "work_id") == list(district.works["work_id"])
    assert ids(data.measures, "measure_id") == list(district.measures["measure_id"])
    assert ids(data.findings, "finding_id") == [one.finding_id for one in workspace.findings]
    assert len(data.criteria) == len(district.criteria)


def test_all_layers_are_in_the_layer_filter_and_on_the_map(data, district, html):
    layers = [layer.layer for layer in data.layers]
    assert set(layers) == set(district.assets["layer"])
    drawn = re.findall(r'ntm\.map\.addGroup\("(\w+)", feature_group_\w+\);', html)
    assert drawn == ["units", *layers, "symbols"]


def test_no_two_layers_have_the_same_letters(data):
    codes = [layer.code for layer in data.layers]
    assert len(codes) == len(set(codes))


def test_a_page_of_a_unit_knows_its_unit_and_the_whole(district, workspace):
    focused = focus_on_unit(district, "23641")
    view = workspace.record.views[0]
    data = page_data(focused, view=view, file="page", findings=workspace.findings)
    assert data.focus == "23641"
    assert data.view_title.vi == "Tổng quan: xã Kon Pne"
    assert len(data.units) == len(district.units)
    assert {asset.unit_code for asset in data.assets} <= {"23641", "625"}
    assert data.findings
    assert all("23641" in finding.unit_codes for finding in data.findings)


def _accept(finding_id):
    day = date(2023, 3, 1)
    return Acceptance(finding_id=finding_id, reason="đã hỏi", person="An", date=day)


def test_accepted_findings_stand_after_the_open_ones_and_change_no_figure(workspace, data):
    first, *others = workspace.findings
    view = overview_of(workspace.record.project)
    accepted = [_accept(first.finding_id), _accept(f"{others[0].finding_id[:-8]}00000000")]
    with_them = page_data(
        workspace.district, view=view, file="kbang", findings=workspace.findings, accepted=accepted
    )
    found = [(one.finding_id, one.accepted_on) for one in with_them.findings]
    assert found == [
        *((one.finding_id, None) for one in others), (first.finding_id, "2023-03-01"),
    ]  # fmt: skip
    (stale,) = with_them.stale
    assert stale.now == (others[0].finding_id,)
    assert with_them.findings_open == len(others)
    unmarked = {"findings": data.findings, "findings_open": data.findings_open, "stale": ()}
    assert replace(with_them, **unmarked) == data


def test_a_page_of_a_unit_shows_the_stale_acceptances_of_its_own_subjects(district, workspace):
    own = next(f for f in workspace.findings if f.unit_codes == ("23656",))
    accepted = [_accept(f"{own.finding_id[:-8]}00000000"), _accept("mistyped")]
    for unit, wanted in (("23656", accepted[:1]), ("23641", [])):
        data = page_data(
            focus_on_unit(district, unit), view=workspace.record.views[0], file="page",
            findings=workspace.findings, accepted=accepted,
        )  # fmt: skip
        assert [one.finding_id for one in data.stale] == [one.finding_id for one in wanted]


@pytest.mark.parametrize("total", [1, 2, 3, 5, 8, 19, 40])
def test_the_classes_of_the_choropleth_hold_every_count_once(district, total):
    main = district.project.main_set
    definition = district.criteria_sets[main]
    made = definition.model_copy(update={"criterion": (), "count": total})
    changed = replace(district, criteria_sets={**district.criteria_sets, main: made})
    steps = page_data(changed, view=overview_of(district.project), file="page").met_steps
    held = [count for step in steps for count in range(step.first, step.last + 1)]
    assert held == list(range(total + 1))
    assert len({step.colour for step in steps}) == len(steps) <= len(MET_STEPS)


@pytest.mark.parametrize(
    ("units", "assets", "sketch"),
    [(["sketch"], ["sketch"], "all"), (["sketch", "surveyed"], ["sketch"], "some"),
     (["sketch"], ["sketch", "digitised"], "some"), (["sketch"], ["digitised"], "borders"),
     (["surveyed"], ["digitised", "sketch"], "places"), (["surveyed"], ["digitised"], "none")],
)  # fmt: skip
def test_the_page_says_what_of_it_is_a_sketch(district, units, assets, sketch):
    made = replace(
        district,
        units=district.units.assign(position=np.resize(units, len(district.units))),
        assets=district.assets.assign(position=np.resize(assets, len(district.assets))),
    )
    data = page_data(made, view=overview_of(district.project), file="page")
    assert data.sketch == sketch
    banners = [text for a, text in _Page(render_page(data)).all("p") if a.get("class")]
    said = [text for text in banners if "SƠ HỌA" in text]
    assert said == ([] if sketch == "none" else [TEXTS[f"sketch_{sketch}"].vi])
    assert all(("nét đứt" in text) == (sketch in ("some", "borders")) for text in said)
    assert all(("để trắng" in text) == (sketch in ("some", "places")) for text in said)


def test_places_stand_on_a_grid_of_a_metre_and_names_inside(district):
    units = district.units.copy()
    shape = MultiPolygon([box(108, 14, 108.1, 14.1), box(108.2, 14, 108.25, 14.05)])
    units.loc[units.index[0], "geometry"] = shape
    data = page_data(
        replace(district, units=units), view=overview_of(district.project), file="page"
    )
    unit = data.units[0]
    assert unit.geometry["type"] == "MultiPolygon"
    assert shape.contains(Point(unit.at))
    assert unit.geometry["coordinates"][0][0][0] == pytest.approx([108.1, 14])


# --- words ---------------------------------------------------------------------------------------

_LITERAL = re.compile(r'\btext\("(\w+)"')
_COMPUTED = re.compile(r"\btext\((?!\))(?!\")([^,)]*)")
EXPANDED = {
    "tab_": TABS,
    "sketch_": ("all", "some", "borders", "places"),
    "zoom_": ("in", "out"),
    "csv_": ("work", "asset", "name", "unit", "layers", "kind", "status", "quantity", "measure",
             "done", "due", "criterion", "office", "funding", "places", "clause", "note",
             "plan_unit", "units_day"),
}  # fmt: skip
"""Names of sentences that are put together, by how they begin."""


def _said_in_scripts():
    """Names of the sentences that the scripts say, and what names are put together."""
    code = "\n".join(path.read_text("utf-8") for path in STATIC if path.suffix == ".js")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", code, flags=re.DOTALL)
    code = code.replace("function text(name, values = {})", "")
    return set(_LITERAL.findall(code)), set(_COMPUTED.findall(code))


def _said_in_templates():
    code = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
    names = set(_LITERAL.findall(code))
    names |= set(re.findall(r'data-(?:text|label)="(\w+)"', code))
    for listed in re.findall(r"for name in \(([^)]*)\)", code):
        names |= set(re.findall(r'"(\w+)"', listed))
    return names


def test_every_sentence_that_is_said_exists_and_every_one_that_exists_is_said():
    names, computed = _said_in_scripts()
    put_together = set(re.findall(r"`(\w+_)\$\{\w+\}`", " ".join(computed)))
    marked = {"part.dataset.text", "part.dataset.label"}  # what templates mark
    assert {f"`{start}${{name}}`" for start in put_together} == computed - marked
    said = names | _said_in_templates()
    assert put_together | {name for name in said if name.endswith("_")} == set(EXPANDED)
    expanded = {f"{start}{end}" for start, ends in EXPANDED.items() for end in ends}
    assert (said - set(EXPANDED)) | expanded == {*TEXTS, *LATER_TEXTS}


def test_the_texts_of_the_page_are_those_of_the_templates(page):
    named = {
        attributes[name]
        for _, attributes in page.tags
        for name in ("data-text", "data-label")
        if name in attributes
    }
    assert named
    assert named <= set(TEXTS)


def _fields(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize(
    ("name", "text"), [*TEXTS.items(), *LATER_TEXTS.items()], ids=lambda part: str(part)[:20]
)
def test_a_sentence_is_complete_in_both_languages(name, text):
    assert name
    assert text.vi.strip() == text.vi != ""
    assert text.en.strip() == text.en != ""
    assert text.vi != text.en
    assert _fields(text.vi) == _fields(text.en)


def test_every_sentence_gets_the_fields_that_it_has():
    code = "\n".join(path.read_text("utf-8") for path in STATIC if path.suffix == ".js")
    for name, text in (*TEXTS.items(), *LATER_TEXTS.items()):
        for call in re.findall(rf'\btext\("{name}"([^;]*)', code):
            given = set(re.findall(r"(\w+):", call)) if call.startswith(", {") else set()
            assert _fields(text.vi) <= given, name


SAME = {"%", "km", "m"}
"""Words that both languages write alike."""


def test_english_is_complete(data):
    pairs = [
        *(pair for words in data.words.values() for pair in words.values()),
        *(figure.label for figure in data.figures),
        *(figure.how for figure in data.figures),
        *(one.label for name, many in data.choices.items() if name != "unit" for one in many),
        *(one.name for one in (*data.offices, *data.sources, *data.sets)),
        *(criterion for one in data.sets for criterion in one.criteria),
        *(pair for one in data.findings for pair in (one.title, one.statement_b, one.hint)),
        data.title, data.district_name,
    ]  # fmt: skip
    assert all(pair.vi and pair.en for pair in pairs)
    assert {pair.vi for pair in pairs if pair.vi == pair.en} <= SAME


# --- what is written down ------------------------------------------------------------------------


TYPES = import_module("ntm_geo.maps.page_data")
KINDS = [kind for name in TYPES.__all__ if is_dataclass(kind := getattr(TYPES, name))]


def _attributes(kind):
    """Names under "Attributes" in a docstring, and whether each has a line that describes it."""
    _, _, section = inspect.getdoc(kind).partition("Attributes\n----------\n")
    entries = re.findall(r"^(\w[\w, ]*)\n((?:    .+\n?)+)", section, re.MULTILINE)
    return [name for names, _ in entries for name in names.split(", ")]


def _parts(value):
    """Every typed object within the page's data."""
    if is_dataclass(value):
        return [value, *(x for f in fields(value) for x in _parts(getattr(value, f.name)))]
    parts = value.values() if isinstance(value, dict) else value
    return [x for part in parts for x in _parts(part)] if isinstance(value, tuple | dict) else []


def test_the_pages_data_is_of_these_types(data, later_data):
    month = TYPES.MonthData(month="2023-02", unit_codes=("23641",))
    stale = TYPES.StaleData(finding_id="x", reason="x", person="x", accepted_on="x", now=())
    whole = replace(data, months=(month,), stale=(stale,))
    assert {type(part) for part in (*_parts(whole), *_parts(later_data))} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_the_pages_data_is_described(kind):
    assert _attributes(kind) == [field.name for field in fields(kind)]


def test_boundaries_of_many_vertices_are_drawn_with_fewer_and_alike_on_both_sides():

    y = np.linspace(13.5, 13.6, 4_001)
    border = np.column_stack([108.5 + 2e-5 * np.sin(np.arange(len(y))), y])
    west = shapely.Polygon([*border, (108.4, 13.6), (108.4, 13.5)])
    east = shapely.Polygon([*border, (108.6, 13.6), (108.6, 13.5)])
    areas = gpd.GeoSeries([west, east], crs="EPSG:4326")
    drawn = drawn_areas(areas)
    assert shapely.get_num_coordinates(drawn).sum() < 1_000
    assert shapely.coverage_is_valid(drawn)
    assert shapely.hausdorff_distance(areas.to_numpy(), drawn).max() < 15 / 100_000


def test_a_drawn_border_is_nowhere_farther_off_than_is_told():
    """A long spit of land is hardly an area, and far to go."""

    spit = [(108.5, 13.5499), (108.5, 13.55), (108.503, 13.55), (108.5, 13.55001)]
    rest = np.column_stack(
        [108.5 + 2e-5 * np.sin(np.arange(4_001)), np.linspace(13.56, 13.6, 4_001)]
    )
    land = shapely.Polygon([(108.5, 13.5), *spit, *rest, (108.4, 13.6), (108.4, 13.5)])
    [drawn] = drawn_areas(gpd.GeoSeries([land], crs="EPSG:4326"))
    assert shapely.get_num_coordinates(drawn) < 1_000
    assert shapely.hausdorff_distance(land, drawn) < 15 / 110_000


def test_a_long_track_is_drawn_without_what_the_grid_cannot_tell():

    track = shapely.LineString([(108.5 + i * 1e-5, 13.5 + i % 2 * 5e-6) for i in range(5_000)])
    drawn = drawn_shape(track)
    assert shapely.get_num_coordinates(drawn) < 10
    assert shapely.hausdorff_distance(track, drawn) < 1 / 100_000


def test_boundaries_of_few_vertices_are_drawn_as_they_are():

    square = shapely.Polygon([(0, 0), (0, 1), (0.5, 1.00001), (1, 1), (1, 0)])
    assert drawn_areas(gpd.GeoSeries([square])) == [square]
