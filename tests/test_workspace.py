"""The front door: which pages are made, of what, and where they go."""

from datetime import date

import pytest

from ntm_geo import maps
from ntm_geo.errors import NameAmbiguousError, NameUnknownError, OptionError
from ntm_geo.workspace import Workspace, open_workspace

VIEWS = {
    "schools": 'order = 2\ntitle_vi = "Trường học"\ntitle_en = "Schools"\nlayers = ["schools"]',
    "roads": 'order = 1\ntitle_vi = "Đường"\ntitle_en = "Roads"\nfilter.unit = "90002"',
}


@pytest.fixture
def written(monkeypatch):
    """Take the place of the page writer; return what it was asked to write."""
    asked = []

    def write_map(district, path, *, view, findings, **options):
        asked.append((district, path, view, options))
        assert findings == ("finding",)
        return path

    monkeypatch.setattr(maps, "write_map", write_map)
    monkeypatch.setattr(Workspace, "findings", ("finding",))
    return asked


@pytest.fixture
def workspace(tiny):
    """Open the tiny workspace with two views of its own."""
    for view_id, text in VIEWS.items():
        tiny.write(f"gis/views/{view_id}.toml", f'id = "{view_id}"\n{text}\n')
    return tiny.open()


def names(paths):
    return [path.name for path in paths]


def test_without_a_view_the_first_by_order_is_taken(workspace, written):
    assert workspace.map() == (workspace.root / "maps/tiny-roads.html",)
    ((district, _, view, options),) = written
    assert district is workspace.district
    assert view == workspace.record.views[0]
    accepted = workspace.record.accepted
    assert options == {"accepted": accepted, "lang": None, "basemap": "none"}


def test_a_view_is_asked_for_by_its_id_and_all_by_one_word(workspace, written):
    assert names(workspace.map("schools")) == ["tiny-schools.html"]
    assert names(workspace.map("all")) == ["tiny-roads.html", "tiny-schools.html"]
    assert [view.id for _, _, view, _ in written] == ["schools", "roads", "schools"]


def test_an_unknown_view_is_told_with_those_that_are_there(workspace, written):
    with pytest.raises(OptionError) as raised:
        workspace.map("bridges")
    (problem,) = raised.value.problems
    assert (problem.column, problem.found) == ("VIEW", "bridges")
    assert problem.allowed.vi == "roads (Đường), schools (Trường học); all"
    assert problem.allowed.en == "roads (Roads), schools (Schools); all"
    assert "gis/views/" in problem.todo.vi
    assert not written


@pytest.mark.parametrize("name", ["Sơn Hạ", "sơnhạ", "xã Sơn Hạ", "90002"])
def test_a_unit_has_a_page_of_its_own(workspace, written, name):
    assert names(workspace.map(unit=name)) == ["tiny-roads-90002.html"]
    ((district, *_),) = written
    assert set(district.works["unit_code"]) == {"90002", "900"}


def test_a_page_of_one_unit_opens_with_no_other_one_chosen(workspace, written):
    assert workspace.record.views[0].filter.unit == "90002"
    workspace.map(unit="90001")
    (_, _, view, _), = written  # fmt: skip
    assert view == workspace.record.views[0].without_unit()
    assert view.filter.unit is None


def test_the_districts_own_name_means_the_whole_district(workspace, written):
    assert names(workspace.map(unit="huyện Ea Tơ")) == ["tiny-roads.html"]
    assert written[0][0] is workspace.district
    assert written[0][2].filter.unit == "90002"


@pytest.mark.parametrize(
    ("name", "error"), [("Nơi Không Có", NameUnknownError), ("Ea Tơ", NameAmbiguousError)]
)
def test_a_unit_that_is_none_or_two_is_not_guessed(workspace, written, name, error):
    with pytest.raises(error) as raised:
        workspace.map(unit=name)
    assert raised.value.problems[0].column == "--unit"
    assert not written


def test_every_unit_with_a_criterion_or_a_work_has_a_page(tiny, written):
    works = tiny.read("gis/plan/works.csv").splitlines(keepends=True)
    of_town = [line for line in works if "90010" in line]
    tiny.write("gis/plan/works.csv", "".join(line for line in works if line not in of_town))
    assert of_town
    codes = ["90001", "90002", "90003"]  # the third has a criterion and no work
    assert names(tiny.open().map(unit="all")) == [f"tiny-overview-{code}.html" for code in codes]
    tiny.write("gis/plan/works.csv", "".join(works))
    assert names(tiny.open().map(unit="all"))[-1] == "tiny-overview-90010.html"
    assert len(written) == 3 + 4


def test_all_views_of_all_units_are_made_unit_by_unit(workspace, written):
    assert names(workspace.map("all", unit="all"))[:3] == [
        "tiny-roads-90001.html",
        "tiny-schools-90001.html",
        "tiny-roads-90002.html",
    ]
    assert len(written) == 8


def test_without_any_plan_there_is_no_page_of_each_unit(tiny, written):
    tiny.delete("gis/progress/2023-03/90002.csv")
    for name in ("targets", "works"):
        file = f"gis/plan/{name}.csv"
        tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    with pytest.raises(OptionError) as raised:
        tiny.open().map(unit="all")
    assert raised.value.problems[0].column == "--unit"
    assert not written


def test_language_and_basemap_are_handed_on(workspace, written):
    workspace.map(lang="en", basemap="osm")
    options = written[0][3]
    assert (options["lang"], options["basemap"]) == ("en", "osm")


def test_one_page_goes_where_it_is_wanted(workspace, written, tmp_path):
    wanted = tmp_path / "of the meeting.HTML"
    assert workspace.map("schools", unit="90001", output=wanted) == (wanted,)
    assert written[0][1] == wanted


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ({"output": "page.html", "view": "all"}, "one page"),
        ({"output": "page.html", "unit": "all"}, "one page"),
        ({"output": "page.pdf"}, ".html"),
        ({"output": "page"}, ".html"),
        ({"output": "gis/page.html"}, "outside the folder gis/"),
        ({"output": "gis/views/page.html"}, "outside the folder gis/"),
    ],
)
def test_a_page_is_not_written_where_it_does_not_belong(workspace, written, asked, allowed):
    output = workspace.root / asked["output"]
    with pytest.raises(OptionError) as raised:
        workspace.map(**{**asked, "output": output})
    (problem,) = raised.value.problems
    assert (problem.column, problem.found) == ("--output", str(output))
    assert allowed in problem.allowed.en
    assert not written


def test_the_district_is_joined_once_for_all_pages(workspace, written, monkeypatch):
    from ntm_geo import join

    joined = []
    real = join.join_district
    monkeypatch.setattr(
        join, "join_district", lambda *args, **rest: joined.append(1) or real(*args, **rest)
    )
    workspace.build()
    workspace.map("all", unit="all")
    assert joined == [1]
    assert len(written) == 2 + 8


def test_a_build_makes_one_page_a_view_and_leaves_an_old_one_alone(tiny, workspace, written):
    tiny.write("maps/tiny.html", b"what an earlier version has made")
    built = workspace.build(lang="en")
    assert names(built.maps) == ["tiny-roads.html", "tiny-schools.html"]
    assert built.layers == tiny.path("layers/tiny.gpkg")
    assert [options["lang"] for *_, options in written] == ["en", "en"]
    assert tiny.read("maps/tiny.html") == "what an earlier version has made"


def test_the_findings_are_those_of_the_audit(kbang):
    from ntm_geo.audit import audit

    workspace = open_workspace(kbang, as_of=date(2023, 6, 30))
    assert workspace.findings == audit(workspace.record)
    assert workspace.findings is workspace.findings


def test_the_real_pages_are_written_for_district_and_unit(workspace):
    pages = [*workspace.build().maps, *workspace.map("schools", unit="Sơn Hạ", lang="en")]
    assert names(pages) == ["tiny-roads.html", "tiny-schools.html", "tiny-schools-90002.html"]
    for page, title in zip(pages, ("Đường", "Trường học", "Schools"), strict=True):
        assert title in page.read_text("utf-8")
