"""`ntm-geo map` and what `ntm-geo build` says of its pages."""

from pathlib import Path

import pytest

from ntm_geo import maps
from ntm_geo.workspace import Workspace

VIEW = 'id = "{0}"\norder = {1}\ntitle_vi = "Trang {0}"\ntitle_en = "Page {0}"\n'


@pytest.fixture
def written(monkeypatch):
    """Take the place of the page writer: pages that say what they were asked for."""

    def write_map(district, path, *, view, lang=None, basemap="none", **_):
        path.write_text(f"{view.id} {district.as_of} {lang} {basemap}", encoding="utf-8")
        return path

    monkeypatch.setattr(maps, "write_map", write_map)
    monkeypatch.setattr(Workspace, "findings", ())


@pytest.fixture
def show(run_main, tiny, written):  # noqa: ARG001 (the writer must be replaced)
    """Run `ntm-geo map` in a workspace of two views; return the outcome."""
    for order, view_id in enumerate(("roads", "schools"), start=1):
        tiny.write(f"gis/views/{view_id}.toml", VIEW.format(view_id, order))
    return lambda *args: run_main(["map", *args], tiny.root)


def test_a_page_is_named_with_how_to_open_it(show, tiny):
    done = show("schools", "--lang", "en")
    page = Path("maps/tiny-schools.html")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"Wrote {page}", f"Open in a browser: {page}"]
    assert tiny.read("maps/tiny-schools.html") == "schools 2023-03-31 en none"


def test_without_any_argument_the_first_view_is_written_in_the_projects_language(show, tiny):
    done = show()
    page = Path("maps/tiny-roads.html")
    assert done.stdout.splitlines() == [f"Đã ghi {page}", f"Mở bằng trình duyệt: {page}"]
    assert tiny.read("maps/tiny-roads.html") == "roads 2023-03-31 None none"


def test_a_unit_a_day_and_a_file_can_be_given(show, tiny):
    done = show("roads", "--unit", "xã sơn hạ", "--as-of", "30/06/2023", "-o", "họp.html")
    assert done.stdout.splitlines() == ["Đã ghi họp.html", "Mở bằng trình duyệt: họp.html"]
    assert tiny.read("họp.html") == "roads 2023-06-30 None none"
    assert not list(tiny.path("maps").glob("tiny-roads*"))


def test_every_view_of_every_unit_is_named(show):
    done = show("all", "--unit", "all")
    assert done.code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 16
    assert all(line.startswith("Đã ghi ") for line in lines[:8])
    assert all(line.startswith("Mở bằng trình duyệt: ") for line in lines[8:])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pictures_from_the_net_are_told_on_stderr(show, tiny, lang):
    done = show("--basemap", "osm", "--lang", lang)
    assert done.code == 0
    assert "tile.openstreetmap.org" in done.stderr
    assert ("network" if lang == "en" else "mạng") in done.stderr
    assert "tile.openstreetmap.org" not in done.stdout
    assert tiny.read("maps/tiny-roads.html").endswith(f"{lang} osm")


@pytest.mark.parametrize(
    "args",
    [
        ["bridges"],
        ["roads", "schools"],
        ["--basemap", "google"],
        ["--as-of", "hôm qua"],
        ["all", "-o", "page.html"],
        ["--unit", "all", "-o", "page.html"],
        ["-o", "page.pdf"],
        ["-o", "gis/page.html"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_two_and_writes_nothing(show, tiny, args):
    before = tiny.made()
    done = show(*args)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr
    assert tiny.made() == before
    assert not list(tiny.root.rglob("page.*"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_unknown_view_is_told_with_the_titles_of_the_others(show, lang):
    said = show("bridges", "--lang", lang).stderr
    title = {"vi": "Trang", "en": "Page"}[lang]
    assert "«bridges»" in said
    assert f"roads ({title} roads), schools ({title} schools); all" in said


def test_a_unit_of_no_or_two_meanings_is_a_message(show):
    done = show("--unit", "Ea Tơ")
    assert (done.code, done.stdout) == (2, "")
    assert "thị trấn Ea Tơ (90010), huyện Ea Tơ (900)" in done.stderr


def test_a_fault_of_a_view_stops_the_page_and_is_told(show, tiny):
    show()
    tiny.replace("gis/views/roads.toml", "order = 1", "order = 2")
    before = tiny.made()
    done = show()
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith("gis/views/schools.toml, cột order: ")
    assert tiny.made() == before


@pytest.mark.usefixtures("written")
def test_build_names_all_pages_to_open(run_main, tiny):
    for order, view_id in enumerate(("a", "b", "c"), start=1):
        tiny.write(f"gis/views/{view_id}.toml", VIEW.format(view_id, order))
    done = run_main(["build"], tiny.root)
    assert (done.code, done.stderr) == (0, "")
    pages = [Path(f"maps/tiny-{name}.html") for name in "abc"]
    assert done.stdout.splitlines() == [
        f"Đã ghi {Path('layers/tiny.gpkg')}",
        *(f"Đã ghi {page}" for page in pages),
        *(f"Mở bằng trình duyệt: {page}" for page in pages),
    ]


def test_the_real_page_is_written_by_a_process_of_its_own(run_cli, tiny):
    done = run_cli(["map", "--unit", "Sơn Hạ"], tiny.root)
    assert done.code == 0, done.stderr
    page = Path("maps/tiny-overview-90002.html")
    assert done.stdout.splitlines()[-1] == f"Mở bằng trình duyệt: {page}"
    assert tiny.path(page).stat().st_size > 100_000
