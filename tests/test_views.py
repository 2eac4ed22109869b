"""Views under gis/views/: how they are read, and what is wrong with those that cannot be taken."""

import pytest

from ntm_geo.model import Layer, Status, View, ViewFilter, WorkKind
from ntm_geo.record import read_record

ROADS = "gis/views/roads.toml"
WHOLE = """\
# Everything that a view can say.
id = "roads"
order = 1
title_vi = "Đường làng"
title_en = "Village roads"
layers = ["roads", "schools"]

[filter]
status = ["in_progress", "not_started"]
unit = "90001"
kind = "harden"
criterion = "commune:2"
office = "works-office"
overdue = true
search = "làng A"
"""


def plain(view_id, order, *lines):
    title = f'title_vi = "Trang {view_id}"\ntitle_en = "Page {view_id}"\n'
    return f'id = "{view_id}"\norder = {order}\n{title}' + "".join(f"{line}\n" for line in lines)


def only(workspace):
    reading = workspace.reading()
    assert reading.record is None
    (problem,) = reading.problems
    assert problem.what.vi != problem.what.en
    assert problem.allowed
    assert problem.todo
    return problem


# --- what is read ------------------------------------------------------------------------------


def test_a_view_says_title_layers_and_filter(tiny):
    tiny.write(ROADS, WHOLE)
    (view,) = tiny.record().views
    assert view == View(
        id="roads",
        order=1,
        title_vi="Đường làng",
        title_en="Village roads",
        layers=(Layer.ROADS, Layer.SCHOOLS),
        filter=ViewFilter(
            status=(Status.IN_PROGRESS, Status.NOT_STARTED),
            unit="90001",
            kind=WorkKind.HARDEN,
            criterion="commune:2",
            office="works-office",
            overdue=True,
            search="làng A",
        ),
    )


def test_what_a_view_leaves_out_narrows_nothing(tiny):
    tiny.write(ROADS, plain("roads", 1))
    (view,) = tiny.record().views
    assert view.layers == ()
    assert view.filter == ViewFilter()
    assert not any(view.filter.model_dump().values())


def test_views_stand_by_their_order_not_by_their_names(tiny):
    for view_id, order in (("a", 30), ("b", 2), ("c", 1)):
        tiny.write(f"gis/views/{view_id}.toml", plain(view_id, order))
    assert [view.id for view in tiny.record().views] == ["c", "b", "a"]


@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an empty folder"])
def test_a_workspace_without_views_has_one_of_everything(tiny, there):
    if there:
        tiny.path("gis/views").mkdir()
    record = tiny.record()
    (view,) = record.views
    assert (view.id, view.layers, view.filter) == ("overview", (), ViewFilter())
    assert (view.title_vi, view.title_en) == (record.project.title_vi, record.project.title_en)


def test_the_district_itself_can_be_the_unit_of_a_filter(tiny):
    tiny.write(ROADS, plain("roads", 1, "[filter]", 'unit = "900"'))
    assert tiny.record().views[0].filter.unit == "900"


def test_a_view_of_a_windows_editor_is_read(tiny):
    tiny.write(ROADS, WHOLE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert tiny.record().views[0].filter.search == "làng A"


def test_the_repository_has_three_views_and_each_says_what_it_is(kbang):
    views = read_record(kbang).record.views
    assert [(view.id, view.layers) for view in views] == [
        ("overview", ()),
        ("roads", ("roads",)),
        ("schools-health", ("schools", "health_stations")),
    ]
    for view in views:
        assert view.filter == ViewFilter()
        assert (kbang / f"gis/views/{view.id}.toml").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("name", ["roads.json", "roads.toml.bak", "roads (1).TOML"])
def test_a_file_beside_the_views_is_told_and_not_read(tiny, name):
    tiny.write(f"gis/views/{name}", "anything")
    reading = tiny.reading()
    assert [view.id for view in reading.record.views] == ["overview"]
    (notice,) = reading.notices
    assert (notice.file, notice.what.en) == (f"gis/views/{name}", "this file is not read")


def test_traces_of_programs_beside_the_views_are_no_matter(tiny):
    for name in (".DS_Store", "README.md", "~$roads.xlsx"):
        tiny.write(f"gis/views/{name}", b"\x00")
    assert tiny.reading().notices == []


# --- one file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "column", "found", "allowed"),
    [
        (('id = "roads"', 'id = "Đường"'), "id", "Đường", "[a-z0-9]"),
        (("order = 1", "order = 0"), "order", "0", "từ 1 trở lên"),
        (("order = 1", "order = 1.5"), "order", "1.5", "một số nguyên"),
        (("order = 1", 'order = "đầu"'), "order", "đầu", "một số nguyên"),
        (("order = 1\n", ""), "order", None, "một giá trị"),
        (('title_en = "Village roads"\n', ""), "title_en", None, "một giá trị"),
        (('"Đường làng"', '""'), "title_vi", "", "một giá trị"),
        (('"Đường làng"', "5"), "title_vi", "5", "chữ trong ngoặc kép"),
        (('"Đường làng"', '"\u00d0ường"'), "title_vi", "\u00d0ường", "Đường"),
        (('["roads", "schools"]', '"roads"'), "layers", "roads", "danh sách"),
        (('"schools"]', '"rail"]'), "layers[2]", "rail", "'roads'"),
        (('"schools"]', '"roads"]'), "layers[2]", "roads", "mỗi từ một lần"),
        (("layers", "layer"), "layer", "['roads', 'schools']", "các mục của mẫu"),
        (("search", "text"), "filter.text", "làng A", "các mục của mẫu"),
        (('"not_started"', '"xong"'), "filter.status[2]", "xong", "'completed'"),
        (('"not_started"', '"in_progress"'), "filter.status[2]", "in_progress", "mỗi từ một lần"),
        (('unit = "90001"', "unit = 90001"), "filter.unit", "90001", "chữ trong ngoặc kép"),
        (('"90001"', '"Đăk Mơ"'), "filter.unit", "Đăk Mơ", "[0-9]"),
        (('"90001"', '"90009"'), "filter.unit", "90009", "90001"),
        (('"harden"', '"paint"'), "filter.kind", "paint", "'harden'"),
        (('"commune:2"', '"commune"'), "filter.criterion", "commune", "[a-z]"),
        (('"commune:2"', '"commune:9"'), "filter.criterion", "commune:9", "từ 1 đến 3"),
        (('"commune:2"', '"advanced:2"'), "filter.criterion", "advanced:2", "commune, village"),
        (('"works-office"', '"no-office"'), "filter.office", "no-office", "works-office"),
        (("overdue = true", "overdue = 7"), "filter.overdue", "7", "true, false"),
        (("overdue = true", 'overdue = "trễ"'), "filter.overdue", "trễ", "true, false"),
        (('"làng A"', f'"{"x" * 101}"'), "filter.search", "x" * 101, "tối đa 100 ký tự"),
    ],
)
def test_each_fault_of_a_view_is_named_with_what_is_allowed(tiny, change, column, found, allowed):
    assert change[0] in WHOLE
    tiny.write(ROADS, WHOLE.replace(*change))
    problems = [p for p in tiny.reading().problems if p.column == column]
    assert tiny.reading().record is None
    assert [(p.file, p.found) for p in problems[:1]] == [(ROADS, found)]
    assert allowed in problems[0].allowed.vi
    assert problems[0].todo


def test_a_filter_that_is_no_table_is_named(tiny):
    tiny.write(ROADS, plain("roads", 1, 'filter = "overdue"'))
    problem = only(tiny)
    assert (problem.file, problem.column, problem.found) == (ROADS, "filter", "overdue")


def test_broken_toml_is_named_with_its_line(tiny):
    tiny.write(ROADS, plain("roads", 1, "layers = [roads]"))
    problem = only(tiny)
    assert (problem.file, problem.row) == (ROADS, 5)


def test_a_view_is_called_as_its_file(tiny):
    tiny.write("gis/views/duong.toml", plain("roads", 1))
    problem = only(tiny)
    assert (problem.file, problem.column) == ("gis/views/duong.toml", "id")
    assert (problem.found, problem.allowed.vi) == ("roads", "duong")


def test_a_view_called_as_another_file_is_still_held_against_the_tables(tiny):
    tiny.write("gis/views/duong.toml", plain("roads", 1, "[filter]", 'unit = "90009"'))
    places = [(p.file, p.column) for p in tiny.reading().problems]
    assert places == [("gis/views/duong.toml", "id"), ("gis/views/duong.toml", "filter.unit")]


def test_no_view_is_called_as_the_word_for_all_of_them(tiny):
    tiny.write("gis/views/all.toml", plain("all", 1))
    problem = only(tiny)
    assert (problem.file, problem.column, problem.found) == ("gis/views/all.toml", "id", "all")


# --- all of them -------------------------------------------------------------------------------


def test_two_views_in_one_place_are_found_at_the_second(tiny):
    tiny.write("gis/views/a.toml", plain("a", 2))
    tiny.write("gis/views/b.toml", plain("b", 2))
    problem = only(tiny)
    assert (problem.file, problem.column, problem.found) == ("gis/views/b.toml", "order", "2")
    assert "gis/views/a.toml" in problem.what.vi


def test_all_faults_of_all_views_are_told_at_once(tiny):
    tiny.write("gis/views/a.toml", plain("a", 0))
    tiny.write("gis/views/b.toml", plain("b", 1, "[filter]", 'unit = "90009"', 'office = "no"'))
    tiny.write("gis/views/c.toml", "= c")
    places = {(p.file, p.column) for p in tiny.reading().problems}
    assert places == {
        ("gis/views/a.toml", "order"),
        ("gis/views/b.toml", "filter.unit"),
        ("gis/views/b.toml", "filter.office"),
        ("gis/views/c.toml", "1"),
    }


@pytest.mark.parametrize(
    ("file", "column"),
    [("gis/units.csv", "filter.unit"), ("gis/plan/offices.csv", "filter.office")],
)
def test_nothing_is_held_against_a_table_that_could_not_be_read(tiny, file, column):
    tiny.delete(file)
    tiny.write(ROADS, WHOLE)
    problems = tiny.reading().problems
    assert file in {p.file for p in problems}
    assert column not in {p.column for p in problems}


# --- the document ------------------------------------------------------------------------------


def test_the_document_names_every_key_and_its_example_is_read(tiny, kbang):
    page = (kbang / "docs/record.md").read_text("utf-8")
    section = page.partition("## Views\n")[2].partition("\n## ")[0]
    keys = [*View.model_fields, *(f"filter.{name}" for name in ViewFilter.model_fields)]
    keys.remove("filter")
    assert [key for key in keys if f"`{key}`" not in section] == []
    tiny.write("gis/views/late-roads.toml", section.partition("```toml\n")[2].partition("```")[0])
    assert tiny.record().views[0].filter.overdue
