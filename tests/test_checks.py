"""Tables held against each other."""

import pytest

from ntm_geo.checks import check_record

WORKS, TARGETS, UNITS = "gis/plan/works.csv", "gis/plan/targets.csv", "gis/units.csv"
STATEMENTS, MEASURES = "gis/plan/statements.csv", "gis/plan/measures.csv"


def problems_of(workspace):
    reading = workspace.reading()
    return reading.problems


def only(workspace):
    (problem,) = problems_of(workspace)
    assert problem.allowed
    assert problem.todo
    return problem


def test_the_tiny_record_is_clean(tiny):
    assert check_record(tiny.record()) == []


def test_the_repositorys_record_is_clean(kbang):
    from ntm_geo.record import read_record

    reading = read_record(kbang)
    assert reading.problems == []
    assert check_record(reading.record) == []


@pytest.mark.parametrize(
    ("place", "value", "target"),
    [
        (("gis/neighbours.csv", 2, "unit_code"), "90099", UNITS),
        (("gis/neighbours.csv", 2, "neighbour_code"), "900", UNITS),
        ((TARGETS, 8, "asset_id"), "village-x", "gis/plan/assets.csv"),
        (("gis/plan/assets.csv", 3, "unit_code"), "90099", UNITS),
        ((WORKS, 2, "asset_id"), "road-x", "gis/plan/assets.csv"),
        ((WORKS, 5, "office"), "works-office|no-office", "gis/plan/offices.csv"),
        ((WORKS, 2, "funding"), "central|lottery", "gis/plan/budget.csv"),
        (("gis/plan/measures.csv", 2, "unit_code"), "90099", UNITS),
        (("gis/plan/measures.csv", 3, "office"), "no-office", "gis/plan/offices.csv"),
        (("gis/plan/measures.csv", 3, "funding"), "lottery", "gis/plan/budget.csv"),
        (("gis/plan/budget.csv", 3, "parent"), "lottery", "gis/plan/budget.csv"),
        (("gis/plan/assignments.csv", 2, "office"), "no-office", "gis/plan/offices.csv"),
        (("gis/plan/assignments.csv", 2, "unit_code"), "90099", UNITS),
        (("gis/plan/statements.csv", 2, "unit_code"), "90099", UNITS),
        (("gis/plan/statements.csv", 3, "units"), "90001|90099", UNITS),
        (("gis/progress/2023-03/90002.csv", 2, "work_id"), "no-work", WORKS),
    ],
)
def test_a_code_that_stands_for_nothing_is_named(tiny, place, value, target):
    file, row, column = place
    tiny.edit(*place, value)
    problem = problems_of(tiny)[0]
    assert (problem.file, problem.row, problem.column) == (file, row, column)
    assert problem.found == value.split("|")[-1]
    assert target in problem.what.vi
    assert target in problem.todo.vi


def test_near_codes_are_suggested_first(tiny):
    tiny.edit(WORKS, 2, "office", "works-ofice")
    assert only(tiny).allowed.vi.startswith("works-office, ")


def test_the_district_itself_is_a_place(tiny):
    tiny.edit("gis/plan/measures.csv", 3, "unit_code", "900")
    assert tiny.record().measures.rows[1].unit_code == "900"


@pytest.mark.parametrize("number", ["4", "99"])
def test_a_number_that_the_set_does_not_have_is_named_with_the_range(tiny, number):
    tiny.edit(TARGETS, 3, "number", number)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (TARGETS, 3, "number")
    assert (problem.found, problem.allowed.vi) == (number, "từ 1 đến 3")


def test_a_set_that_is_not_there_is_named_with_those_that_are(tiny):
    tiny.edit(TARGETS, 3, "set", "advanced")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (3, "set", "advanced")
    assert problem.allowed.vi == "commune, village"


def test_a_number_without_its_set_means_nothing(tiny):
    tiny.edit(WORKS, 2, "set", "")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (2, "set", "2")


def test_a_name_of_two_units_is_found_at_the_second(tiny):
    tiny.edit(UNITS, 4, "aliases", "ĐĂKMƠ")
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (UNITS, 4, "aliases")
    assert "Đăk Mơ (90001), Sơn Hà (90003)" in problem.what.vi


def test_a_unit_named_like_another_is_found(tiny):
    tiny.edit(UNITS, 4, "name", "Sơn Hạ")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (4, "name", "Sơn Hạ")


def test_a_unit_may_repeat_its_own_name_and_be_named_like_the_district(tiny):
    tiny.edit(UNITS, 5, "aliases", "Ea Tơ|EaTơ|EA TƠ")
    assert tiny.record().units.rows[3].name == "Ea Tơ"


def test_a_unit_does_not_end_before_it_begins(tiny):
    tiny.edit(UNITS, 3, "valid_from", "2023-06-01")
    tiny.edit(UNITS, 3, "valid_to", "2023-05-31")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (3, "valid_to", "2023-05-31")
    assert "2023-06-01" in problem.allowed.vi


@pytest.mark.parametrize(
    ("column", "day"), [("valid_from", "2024-01-01"), ("valid_to", "2022-12-31")]
)
def test_a_unit_is_valid_in_the_plan_year(tiny, column, day):
    tiny.edit(UNITS, 2, column, day)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (UNITS, 2, "valid_to")


def test_a_set_is_valid_in_the_plan_year(tiny):
    tiny.replace("gis/criteria/commune.toml", "2025-12-31", "2022-12-31")
    assert only(tiny).file == "gis/criteria/commune.toml"


def test_a_class_belongs_to_its_layer(tiny):
    tiny.edit("gis/plan/assets.csv", 3, "class", "market")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (3, "class", "market")
    assert "school" in problem.allowed.en


def test_a_target_of_communes_names_its_criterion(tiny):
    tiny.edit(TARGETS, 7, "number", "")
    problem = only(tiny)
    assert (problem.row, problem.column) == (7, "number")


def test_a_criterion_of_villages_is_for_works_on_villages(tiny):
    tiny.edit("gis/plan/works.csv", 3, "set", "village")
    tiny.edit("gis/plan/works.csv", 3, "number", "1")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (3, "set", "village")


def test_the_main_set_is_one_of_communes(tiny):
    tiny.replace("gis/project.toml", 'main_set = "commune"', 'main_set = "village"')
    assert only(tiny).column == "main_set"


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32632"])
def test_a_crs_that_spoils_distances_here_is_found(tiny, crs):
    tiny.replace("gis/project.toml", "EPSG:9218", crs)
    assert only(tiny).column == "working_crs"


def test_two_files_may_not_tell_of_one_work_in_one_month(tiny):
    tiny.write("gis/progress/2023-03/900.csv", "work_id,status\nschool-b-build,completed\n")
    problem = only(tiny)
    assert (problem.column, problem.found) == ("work_id", "school-b-build")


def test_a_set_is_targeted_as_a_whole_or_by_its_numbers(tiny):
    cells = {"unit_code": "90001", "asset_id": "village-a", "state": "achieve", "clause": "I"}
    tiny.append(TARGETS, set="village", number="1", **cells)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (TARGETS, 8, "number")


@pytest.mark.parametrize(
    ("pair", "found"), [("90001", "90001 / 90001"), ("90002", "90002 / 90001")]
)
def test_neighbours_are_two_units_and_each_pair_stands_once(tiny, pair, found):
    file = "gis/neighbours.csv"
    row = tiny.append(file, unit_code=pair, neighbour_code="90001", source="bịa")
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (file, row, "neighbour_code")
    assert problem.found == found


def test_a_reference_into_an_empty_table_is_told(tiny):
    file = "gis/plan/offices.csv"
    tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    problems = problems_of(tiny)
    assert {problem.allowed.vi for problem in problems} == {"–"}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [(8, "asset_id", ""), (2, "asset_id", "village-a"), (2, "unit_code", "900")],
)
def test_a_target_fits_the_level_of_its_set(tiny, row, column, value):
    tiny.edit(TARGETS, row, column, value)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (TARGETS, row, column)
    assert problem.found == value


def test_a_district_set_is_for_the_district_alone(tiny):
    tiny.write(
        "gis/criteria/district.toml",
        tiny.read("gis/criteria/village.toml").replace('"village"', '"district"'),
    )
    row = tiny.append(TARGETS, set="district", unit_code="90001", state="achieve", clause="I")
    tiny.append(TARGETS, set="district", unit_code="900", state="achieve", clause="I")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (row, "unit_code", "90001")


def test_a_work_lies_in_the_unit_of_its_asset(tiny):
    tiny.edit(WORKS, 2, "unit_code", "90003")
    problem = only(tiny)
    assert (problem.row, problem.column, problem.found) == (2, "unit_code", "90003")
    assert "90001" in problem.allowed.vi


@pytest.mark.parametrize(("emptied", "named"), [("quantity", "quantity"), ("measure", "measure")])
def test_a_quantity_and_its_measure_come_together(tiny, emptied, named):
    tiny.edit(WORKS, 2, emptied, "")
    problem = only(tiny)
    assert (problem.row, problem.column) == (2, named)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('main_set = "commune"', 'main_set = "advanced"', "main_set"),
        ("EPSG:9218", "EPSG:4326", "working_crs"),
        ("EPSG:9218", "EPSG:2229", "working_crs"),
        ("EPSG:9218", "EPSG:999999", "working_crs"),
        ("EPSG:9218", "EPSG:5773", "working_crs"),
    ],
)
def test_the_project_names_a_set_and_a_plane_crs_in_metres(tiny, old, new, column):
    tiny.replace("gis/project.toml", old, new)
    problem = only(tiny)
    assert (problem.file, problem.column) == ("gis/project.toml", column)


def test_the_district_is_none_of_its_units(tiny):
    tiny.replace("gis/project.toml", 'code = "900"', 'code = "90001"')
    assert "district.code" in {problem.column for problem in problems_of(tiny)}


def test_a_district_has_units(tiny):
    tiny.write(UNITS, tiny.read(UNITS).partition("\n")[0] + "\n")
    assert any(p.file == UNITS and p.row is None for p in problems_of(tiny))


def test_a_report_is_of_a_unit_that_is_there(tiny):
    tiny.write("gis/progress/2023-04/90099.csv", "work_id,status\nroad-a-harden,completed\n")
    problem = only(tiny)
    assert (problem.file, problem.found) == ("gis/progress/2023-04/90099.csv", "90099")


def test_a_unit_reports_of_its_own_works(tiny):
    file = "gis/progress/2023-04/90001.csv"
    tiny.write(file, "work_id,status\nroad-a-harden,completed\nschool-b-build,cancelled\n")
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (file, 3, "work_id")
    assert problem.found == "school-b-build"


def test_the_district_may_report_of_every_work(tiny):
    tiny.write("gis/progress/2023-04/900.csv", "work_id,status\nroad-a-harden,completed\n")
    assert tiny.record().reports[-1].unit_code == "900"


def test_problems_of_all_tables_are_told_at_once(tiny):
    tiny.edit(WORKS, 2, "asset_id", "road-x")
    tiny.edit(TARGETS, 3, "number", "9")
    tiny.edit(UNITS, 3, "valid_to", "2019-12-31")
    assert {problem.file for problem in problems_of(tiny)} == {WORKS, TARGETS, UNITS}


def test_places_are_the_units_and_the_district(tiny):
    record = tiny.record()
    named = record.place_names()
    assert [(thing.code, thing.kind) for thing in named[-2:]] == [
        ("90010", "town"),
        ("900", "district"),
    ]
    assert named[0].spellings == ("Đăk Mơ", "ĐăkMơ", "Đak Mơ")


def test_a_town_and_a_commune_may_share_a_name(tiny):
    tiny.edit("gis/units.csv", 5, "name", "Sơn Hà")
    assert tiny.record().units.rows[3].name == "Sơn Hà"


def test_two_units_with_one_centre_are_found(tiny):
    tiny.edit("gis/units.csv", 3, "lon", "108.4769")
    problems = tiny.reading().problems
    assert [(p.file, p.row, p.column) for p in problems] == [("gis/units.csv", 3, "lon")]
    assert "90001" in problems[0].what.en


def test_a_centre_far_from_the_seat_is_found(tiny):
    tiny.edit("gis/units.csv", 3, "lat", "23.5")
    problems = tiny.reading().problems
    assert [(p.file, p.row, p.column) for p in problems] == [("gis/units.csv", 3, "lon")]
    assert "km from the seat" in problems[0].what.en


def test_a_report_of_a_far_month_is_found(tiny):
    tiny.write("gis/progress/2032-03/90002.csv", "work_id,status\nschool-b-build,completed\n")
    problems = tiny.reading().problems
    assert [(p.file, p.found) for p in problems] == [("gis/progress/2032-03/90002.csv", "2032-03")]


def test_a_missing_table_is_told_once_not_once_a_reference(tiny):
    tiny.delete("gis/plan/offices.csv")
    assert [p.file for p in tiny.reading().problems] == ["gis/plan/offices.csv"]


def test_the_projects_language_is_that_of_the_answers(tiny, run_main):
    tiny.replace("gis/project.toml", "plan_year = 2023\n", 'plan_year = 2023\nlanguage = "en"\n')
    assert "The record is clean" in run_main(["check"], tiny.root).stdout
    assert "Hồ sơ không có lỗi" in run_main(["check", "--lang", "vi"], tiny.root).stdout


@pytest.mark.parametrize("day", ["2023-13-45", "31/02/2023", "2023", "x"])
def test_a_cited_day_that_there_is_not_is_named(tiny, day):
    tiny.edit(STATEMENTS, 2, "subject", "decision_citation")
    tiny.edit(STATEMENTS, 2, "note", f"symbol=7/QĐ date={day} issuer=UBND")
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (STATEMENTS, 2, "note")


def test_a_cited_day_may_be_written_as_any_other(tiny):
    from ntm_geo.model.facts import facts_of

    tiny.edit(STATEMENTS, 2, "subject", "decision_citation")
    tiny.edit(STATEMENTS, 2, "note", "symbol=7/QĐ date=16/11/2022; khác=x")
    assert problems_of(tiny) == []
    assert facts_of(next(iter(tiny.record().statements)))["date"] == "2022-11-16"


# --- subjects and facts of statements ----------------------------------------------------------


def state(workspace, subject, **cells):
    known = {"statement_id": "s-9", "unit_code": "900", "text": "kế hoạch nói", "clause": "I"}
    workspace.append(STATEMENTS, subject=subject, **{**known, **cells})


ROAD = {"set": "commune", "number": "2", "value": "1.5", "text": "1,5 km", "measure": "km"}


@pytest.mark.parametrize(("subject", "cells", "column"), [
    ("unit_met", {}, "subject"),
    ("units_met", {"set": "commune", "units": "90001"}, "number"),
    ("units_met", {"set": "commune", "number": "1"}, "value"),
    ("units_answered", {"set": "commune", "number": "1"}, "units"),
    ("villages", {"set": "village", "value": "1", "text": "1 làng"}, "units_role"),
    ("villages", {"set": "village", "value": "1", "text": "1 làng", "units_role": "listed"},
     "units_role"),
    ("length_km", {**ROAD, "note": "clas=village_road"}, "note"),
    ("length_km", {**ROAD, "note": "class=village_raod; một phần"}, "note"),
    ("length_km", {**ROAD, "note": "kind=hardn"}, "note"),
    ("length_km", {**ROAD, "note": "row=road-a-harden|road-b"}, "note"),
    ("amount_mvnd", {"value": "9", "text": "9 triệu", "note": "source=centrl"}, "note"),
    ("office_named", {"note": "office=no-office"}, "note"),
    ("office_named", {"note": "Phòng Công trình"}, "note"),
    ("stage", {"set": "commune", "number": "1", "note": "stage=aproval"}, "note"),
    ("rate_percent", {"measure": "precent"}, "measure"),
    ("units_met", {"set": "commune", "number": "1", "value": "3", "text": "3 xã"}, "measure"),
    ("decision_citation", {"note": "symbol=7/QĐ; thiếu ngày"}, "note"),
])  # fmt: skip
def test_a_word_that_would_switch_a_rule_off_is_told(tiny, subject, cells, column):
    state(tiny, subject, **cells)
    problem = only(tiny)
    assert (problem.file, problem.row, problem.column) == (STATEMENTS, 4, column)


@pytest.mark.parametrize(("subject", "cells"), [
    ("units_met", {"set": "commune", "number": "1", "units": "90001"}),
    ("length_km", {**ROAD, "note": "class=village_road; một phần, x=y"}),
    ("length_km", {**ROAD, "note": "kind=harden row=road-a-harden|poverty; theo mục"}),
    ("length_km", ROAD),
    ("amount_mvnd", {"value": "9", "text": "9 triệu", "note": "tổng của hai nguồn"}),
    ("office_named", {"note": "office=works-office"}),
    ("stage", {"set": "commune", "number": "1", "note": "stage=approval"}),
])  # fmt: skip
def test_what_a_subject_wants_is_enough(tiny, subject, cells):
    state(tiny, subject, **cells)
    assert problems_of(tiny) == []


@pytest.mark.parametrize(
    ("subject", "cells", "columns"),
    [
        ("due_date", {"value": "2024.5"}, ["value"]),
        ("due_date", {"value": "2024"}, []),
        ("period", {"value": "2021", "value_max": "20255"}, ["value_max"]),
        ("period", {"value": "2021", "value_max": "2025"}, []),
    ],
)
def test_a_year_is_one_of_the_calendar(tiny, subject, cells, columns):
    text = ", ".join(cells.values())
    tiny.append(STATEMENTS, statement_id="s-9", subject=subject, unit_code="900", clause="I",
                text=text, **cells)  # fmt: skip
    assert [p.column for p in tiny.reading().problems] == columns


@pytest.mark.parametrize(("comparator", "low", "high", "column"), [
    ("range", "3", "5", None), ("", "3", "5", None), ("range", "3", "3", None),
    ("range", "5", "3", "max"), ("", "5", "3", "max"), ("range", "5", "", "max"),
    ("range", "", "5", "low"), (">=", "3", "5", "comparator"),
])  # fmt: skip
def test_a_range_goes_from_low_to_high(tiny, comparator, low, high, column):
    state(tiny, "products", comparator=comparator, value=low, value_max=high, measure="products",
          text=f"{low}-{high} sản phẩm")  # fmt: skip
    tiny.append(MEASURES, measure_id="products", name="Sản phẩm", unit_code="900",
                comparator=comparator, quantity=low, quantity_max=high, measure="products",
                clause="I")  # fmt: skip
    columns = {"max": ["quantity_max", "value_max"], "low": ["quantity", "value"],
               "comparator": ["comparator"] * 2, None: []}[column]  # fmt: skip
    assert [p.column for p in problems_of(tiny)] == columns


def notices_of(workspace):
    return [n for n in workspace.reading().notices if n.file == STATEMENTS]


@pytest.mark.parametrize(("value", "text", "count"), [
    ("33", "cho 33 hộ", 0), ("33", "cho 43 hộ", 1), ("3", "cho 33 hộ", 1),
    ("15.13", "15,13 km", 0), ("15.1", "15,13 km", 1), ("152863.3", "152.863,3 triệu", 0),
    ("0", "không còn nhà tạm", 0), ("0", "còn nhà tạm", 1), ("2", "02 xã", 0), ("2", "hai xã", 0),
    ("9", "9/13 xã", 0), ("1.5", "1.5 km", 0), ("3.1", "đường 3,1km", 0), ("3", "3,1km", 1),
    ("20500", "20,5 tỷ đồng", 0), ("20.5", "20,5 tỷ đồng", 1), ("0.8", "800 m", 0),
    ("800", "800 m2", 0),
])  # fmt: skip
def test_a_figure_that_its_words_do_not_hold_is_a_notice(tiny, value, text, count):
    state(tiny, "households", set="commune", number="1", value=value, text=text)
    assert problems_of(tiny) == []
    assert [n.column for n in notices_of(tiny)] == ["value"] * count


@pytest.mark.parametrize(("comparator", "text", "allowed"), [
    ("=", "đạt trên 98%", [">"]), ("", "> 98 %", [">"]), ("", "≥98%", [">="]), (">", "≥98%", []),
    ("=", "ít nhất 98%", [">="]), ("=", "từ 98% trở lên", [">="]), ("=", "đạt 98%", []),
    ("", "trên 3 xã đạt 98%", []),
])  # fmt: skip
def test_a_least_figure_that_is_recorded_as_an_exact_one_is_a_notice(
    tiny, comparator, text, allowed
):
    state(tiny, "rate_percent", value="98", comparator=comparator, text=text, measure="percent")
    assert [n.allowed.en for n in notices_of(tiny)] == allowed


@pytest.mark.parametrize(("text", "found"), [
    ("1 làng (Làng A – xã Đăk Mơ)", []), ("1 làng (LàngA, Đăk Mơ)", []), ("tại 1 làng", []),
    ("1 làng (Làng B – xã Đăk Mơ)", ["Làng A (village-a)"]),
])  # fmt: skip
def test_a_village_that_words_call_otherwise_is_a_notice(tiny, text, found):
    state(tiny, "villages", set="village", value="1", units="90001", units_role="target",
          measure="villages", text=text)  # fmt: skip
    assert [n.found for n in notices_of(tiny)] == found


def test_on_the_ground_of_so_many_communes_is_no_bound(tiny):
    state(tiny, "units_target", set="commune", value="3", measure="communes", text="trên 3 xã")
    assert notices_of(tiny) == []


@pytest.mark.parametrize(("text", "count"), [
    ("2 TC: 2, 3", 0), ("2 TC: 3, 2.", 0), ("2 TC: 2, 1", 1), ("3 TC: 2, 3, 3", 0), ("2 TC", 0),
    ("2 TC: 2 và 3", 0), ("2 TC: 1 và 3", 1), ("2 TC: 2-3", 0), ("3 TC: 1 – 3", 1),
    ("2 tiêu chí: 2 đến 3", 0), ("3 TC: 1, 2, và 3", 1), ("2 TC: 2; 3", 0),
])  # fmt: skip
def test_a_list_of_criteria_that_is_not_the_tables_is_a_notice(tiny, text, count):
    state(tiny, "targets_achieve", set="commune", unit_code="90002", text=text)
    assert [n.column for n in notices_of(tiny)] == ["text"] * count


def test_a_criterion_may_be_both_kept_and_targeted(tiny):
    tiny.append(TARGETS, set="commune", number="2", unit_code="90002", state="maintain", clause="I")
    assert problems_of(tiny) == []
    criteria = tiny.open().district.criteria
    row = criteria[(criteria.unit_code == "90002") & (criteria.criterion == "commune:2")]
    assert list(row.state) == ["achieve"]


@pytest.mark.parametrize(("text", "units", "role", "found"), [
    ("tại xã Đăk Mơ, Sơn Hạ", "90001|90002", "target", []),
    ("tại xã ĐăkMơ, SơnHạ", "90001|90002", "target", []),
    ("tại xã Đăk Mơ, Sơn Hà", "90001|90002", "target", ["Sơn Hà (90003)", "Sơn Hạ (90002)"]),
    ("tại xã Đăk Mơ", "90001|90002", "target", ["Sơn Hạ (90002)"]),
    ("tại xã Đăk Mơ", "", "", ["Đăk Mơ (90001)"]),
    ("tại các xã", "90001|90002", "target", []),
    ("các xã, trừ Sơn Hà", "90001|90002", "target", []),
    ("các xã, trừ Sơn Hà", "90002", "except", ["Sơn Hà (90003)", "Sơn Hạ (90002)"]),
    ("Đăk Mơ và các xã còn lại", "90001|90002", "target", []),
    ("xã Sơn Hạ huyện Ea Tơ", "90002", "target", []),
    ("xã Sơn Hạ, thị trấn Ea Tơ", "90002|90010", "target", []),
])  # fmt: skip
def test_units_that_words_name_are_those_of_the_cell(tiny, text, units, role, found):
    state(tiny, "units_target", set="commune", number="1", units=units, units_role=role, text=text,
          value="" if units else "1", measure="communes")  # fmt: skip
    assert [n.found for n in notices_of(tiny) if n.column == "units"] == found


@pytest.mark.parametrize(("text", "facts"), [
    ("Quyết định số 7/QĐ-UBND ngày 5/11/2022 của UBND tỉnh", []),
    ("Quyết định số 7/QĐ-UBND ngày 05 tháng 11 năm 2022 của Ủy ban nhân dân tỉnh", []),
    ("Quyết định số 7/QĐ-UBND của UBND Tỉnh", []),
    ("Quyết định số 7/QĐ-TTg ngày 5/11/2022 của UBND tỉnh", ["symbol="]),
    ("Quyết định số 7/QĐ-UBND ngày 15/11/2022 của UBND tỉnh", ["date="]),
    ("Quyết định số 7/QĐ-UBND ngày 5/11/2022 của UBND huyện", ["issuer="]),
])  # fmt: skip
def test_the_facts_of_a_citation_are_those_of_its_words(tiny, text, facts):
    note = "symbol=7/QĐ-UBND date=2022-11-05 issuer=UBND tỉnh"
    state(tiny, "decision_citation", text=text, note=note)
    assert [n.what.en.split()[0] for n in notices_of(tiny)] == facts
