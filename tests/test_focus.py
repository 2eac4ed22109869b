"""A district narrowed to one unit: what stays, and what goes."""

import dataclasses
from datetime import date

import pytest
from geopandas.testing import assert_geodataframe_equal

from ntm_geo import NameAmbiguousError, NameUnknownError, open_workspace
from ntm_geo.focus import focus_on_unit

NARROWED = ("works", "assets", "criteria", "measures")


@pytest.fixture(scope="module")
def district(kbang):
    return open_workspace(kbang).district


@pytest.mark.parametrize("name", NARROWED)
def test_rows_of_the_unit_and_of_the_whole_district_stay_in_order(district, name):
    whole = getattr(district, name)
    narrowed = getattr(focus_on_unit(district, "23656"), name)
    assert set(narrowed["unit_code"]) == {"23656", "625"}
    assert narrowed.equals(whole[whole["unit_code"].isin(["23656", "625"])])
    assert 0 < len(narrowed) < len(whole)


def test_everything_else_stays_as_it_was(district):
    narrowed = focus_on_unit(district, "23656")
    assert narrowed.focus == "23656"
    assert district.focus is None
    changed = {*NARROWED, "months", "focus"}
    for field in dataclasses.fields(district):
        if field.name not in changed:
            assert getattr(narrowed, field.name) is getattr(district, field.name)


def test_only_the_units_own_reports_stay(tiny):
    text = "work_id,status\nroad-a-harden,in_progress\n"
    tiny.write("gis/progress/2023-04/90001.csv", text)
    tiny.write("gis/progress/2023-04/900.csv", "work_id,status\ngrid-upgrade,in_progress\n")
    months = focus_on_unit(tiny.open().district, "90001").months
    assert list(months.itertuples(index=False, name=None)) == [("2023-04", "90001", 0, True)]


@pytest.mark.parametrize("spelling", ["23656", "lo ku", "xã LơKu"])
def test_a_unit_is_focused_on_in_any_spelling(district, spelling):
    assert focus_on_unit(district, spelling).focus == "23656"


@pytest.mark.parametrize("name", ["625", "huyện Kbang"])
def test_the_districts_own_name_gives_it_back_whole(district, name):
    assert focus_on_unit(district, name) is district


@pytest.mark.parametrize(
    ("name", "error"), [("99999", NameUnknownError), ("Kbang", NameAmbiguousError)]
)
def test_what_names_no_one_unit_is_refused(district, name, error):
    with pytest.raises(error, match="option --unit"):
        focus_on_unit(district, name)


def test_a_unit_without_any_rows_keeps_what_is_the_whole_districts(tiny):
    district = tiny.open().district
    narrowed = focus_on_unit(district, "90003")
    assert set(narrowed.works["unit_code"]) == {"900"}
    assert list(narrowed.works.columns) == list(district.works.columns)
    assert len(narrowed.months) == 0


def test_the_whole_district_is_not_changed(district):
    before = district.works.copy()
    focus_on_unit(district, "23656")
    assert_geodataframe_equal(before, district.works)


def test_the_day_of_the_figures_is_the_units_own(tiny):
    district = tiny.open().district
    assert focus_on_unit(district, "90002").data_until == date(2023, 3, 31)
    assert focus_on_unit(district, "90001").data_until == district.project.plan_date
