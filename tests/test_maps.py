"""The page as HTML: self-contained, escaped, reproducible, honest about sketches."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from ntm_geo import open_workspace
from ntm_geo.maps import district_map, write_map
from ntm_geo.maps.district import render_page
from ntm_geo.maps.offline import pin_scripts
from ntm_geo.maps.page_data import page_data


class _Page(HTMLParser):
    """Tags with their attributes, and the text inside scripts."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.scripts = []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, _):
        self._in_script = False

    def handle_data(self, data):
        if self._in_script:
            attributes, body = self.scripts.pop()
            self.scripts.append((attributes, body + data))


@pytest.fixture(scope="module")
def district(kbang):
    return open_workspace(kbang).district


@pytest.fixture(scope="module")
def html(district):
    return render_page(district_map(district))


@pytest.fixture(scope="module")
def page(html):
    return _Page(html)


def test_nothing_is_fetched(page):
    for tag, attributes in page.tags:
        for name in ("src", "href", "srcset", "data", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith("data:"), (tag, name, value)


def test_no_style_fetches_anything(html):
    addresses = re.findall(r"url\(\s*[\"']?([^)]*)", html)
    assert len(addresses) >= 3  # Leaflet's images
    # Leaflet names a behaviour that old versions of Internet Explorer have built in.
    assert all(a.startswith("data:") for a in addresses if a != "#default#VML")
    assert "@import" not in html


def test_the_policy_runs_the_pages_own_scripts_only(page):
    policy = next(
        a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    directives = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["img-src"] == "data:"
    bodies = [body for attributes, body in page.scripts if attributes.get("id") != "ntm-data"]
    digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
    pins = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    assert set(directives["script-src"].split()) == pins
    assert len(pins) == 3  # Leaflet, our script, Folium's
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert "unsafe-eval" not in policy


def test_a_script_from_elsewhere_is_refused():
    slot = "<!-- content security policy -->"
    with pytest.raises(ValueError, match="src="):
        pin_scripts(f'{slot}<script src="https://example.org/x.js"></script>')


def test_the_page_says_that_it_is_a_sketch(html):
    assert "SƠ HỌA – ranh giới và vị trí trên bản đồ này dựng từ bảng số liệu" in html


def test_the_page_is_light(html):
    assert len(html.encode()) < 500_000


def test_the_page_carries_no_unused_library(html):
    assert not re.search(r"bootstrap|jquery|font-?awesome|glyphicon", html, re.IGNORECASE)


def test_the_page_carries_its_librarys_licence(html):
    assert "Volodymyr Agafonkin" in html


def test_language_and_title_are_set(page, html):
    assert ("html", {"lang": "vi"}) in page.tags
    assert "<title>Chương trình xây dựng nông thôn mới huyện Kbang năm 2023</title>" in html


def test_built_twice_it_is_the_same_file(district, tmp_path):
    first = write_map(district, tmp_path / "a.html").read_bytes()
    assert write_map(district, tmp_path / "b.html").read_bytes() == first


def test_all_layers_are_in_the_layer_control(html, district):
    control = re.search(r"layer_control_\w+_layers = {.*?overlays :\s*{(.*?)}", html, re.DOTALL)
    overlays = re.findall(r'("(?:[^"\\]|\\.)*") : (feature_group_\w+),', control[1])
    drawn = dict(re.findall(r'ntmGeo\.\w+\((feature_group_\w+)(?:, "(\w+)")?\)', html))
    assert [(json.loads(label), drawn[group]) for label, group in overlays] == [
        ("Ranh giới và tiêu chí các xã", ""),
        *((layer["label"], layer["id"]) for layer in page_data(district, lang="vi").layers),
    ]


def test_every_asset_and_unit_is_in_the_pages_data(page, district):
    text = next(body for attributes, body in page.scripts if attributes.get("id") == "ntm-data")
    data = json.loads(text)
    assert len(data["units"]["features"]) == len(district.units)
    assert len(data["assets"]["features"]) == len(district.assets)
    assert sum(len(works) for works in data["works"].values()) == len(district.works)


def test_english_is_complete(district):
    english = page_data(district, lang="en")
    vietnamese = page_data(district, lang="vi")
    assert english.texts.keys() == vietnamese.texts.keys()
    assert not [name for name, text in english.texts.items() if text == vietnamese.texts[name]]


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "${window.hacked=1}",
    "`-window.hacked=1-`",
    "\u2028window.hacked=1",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_names_stay_text(district, value):
    from dataclasses import replace

    assets = district.assets.copy()
    assets.loc[0, "name"] = value
    made = replace(district, assets=assets)
    page = _Page(render_page(district_map(made)))
    assert not [tag for tag, _ in page.tags if tag == "img"]
    text = next(body for attributes, body in page.scripts if attributes.get("id") == "ntm-data")
    assert json.loads(text)["assets"]["features"][0]["properties"]["name"] == value
