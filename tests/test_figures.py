"""The key figures at the head of a page, against the plan and against reports."""

import dataclasses
import json

import pytest
from geopandas.testing import assert_geodataframe_equal

from ntm_geo import open_workspace
from ntm_geo.figures import BudgetFigure, SetFigures, key_figures
from ntm_geo.focus import focus_on_unit

WORKS, ASSETS, BUDGET = "gis/plan/works.csv", "gis/plan/assets.csv", "gis/plan/budget.csv"


def figures_of(tiny):
    return key_figures(tiny.open().district)


def report(tiny, *lines, unit="900", month="2023-04"):
    text = "\n".join(["work_id,status,done", *lines])
    tiny.write(f"gis/progress/{month}/{unit}.csv", text)


def another_road(tiny, road_id="road-c", road_class="field_road", unit="90003", **work):
    asset = {"layer": "roads", "class": road_class, "name": "Đường", "clause": "II.9"}
    tiny.append(ASSETS, asset_id=road_id, unit_code=unit, **asset)
    cells = {"kind": "harden", "quantity": "2.2", "measure": "km", "clause": "II.9"}
    keys = {"work_id": f"{road_id}-harden", "asset_id": road_id, "unit_code": unit}
    tiny.append(WORKS, **{**keys, "name": "Cứng hóa", **cells, **work})


# --- Kbang -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kbang_district(kbang):
    return open_workspace(kbang).district


@pytest.fixture(scope="module")
def kbang_figures(kbang_district):
    return key_figures(kbang_district)


def test_the_plan_of_kbang_promises_its_roads(kbang_figures):
    assert kbang_figures.promised_km == 15.13
    assert kbang_figures.promised_km_by_class == {"village_road": 3.13, "field_road": 12.0}
    assert kbang_figures.road_clauses_by_class == {
        "village_road": ("III.5.2 Giao thông fn 1",),
        "field_road": ("III.5.2 Giao thông fn 2",),
    }
    assert kbang_figures.hardened_km == 0.0


def test_the_plan_of_kbang_keeps_and_targets_criteria(kbang_figures):
    assert kbang_figures.criteria_met == 136
    assert (kbang_figures.criteria_targeted, kbang_figures.criteria_achieved) == (48, 0)
    assert {f.set: (f.met, f.targeted) for f in kbang_figures.criteria_by_set} == {
        "commune": (136, 48), "advanced": (13, 7), "district": (4, 1), "village": (6, 4),
    }  # fmt: skip
    assert len(kbang_figures.criteria_clauses) == 13


def test_the_budget_of_kbang_is_the_sum_of_its_six_sources(kbang_figures):
    assert kbang_figures.budget_mvnd == 152863.3
    parts = [source for source in kbang_figures.budget_sources if source.parent == "central"]
    assert sum(part.amount_mvnd for part in parts) == 106431.0
    assert len(kbang_figures.budget_sources) == 8
    assert kbang_figures.budget_clauses == ("IV",)


def test_a_town_without_criteria_and_works_has_nothing_to_report(kbang_figures):
    assert (kbang_figures.reported_units, kbang_figures.reporting_units) == (0, 13)


def test_works_by_place_and_by_status_add_up(kbang_figures):
    figures = kbang_figures
    assert figures.works_all == 104
    by_place = figures.works_surveyed, figures.works_digitised, figures.works_sketched
    assert sum(by_place) + figures.works_unplaced == figures.works_all
    assert (figures.works_sketched, figures.works_unplaced) == (92, 12)
    finished = figures.works_completed + figures.works_cancelled
    assert finished + figures.works_unfinished == figures.works_all


# --- roads -------------------------------------------------------------------------------------


def test_a_reported_length_counts_as_hardened(tiny):
    report(tiny, "road-a-harden,in_progress,0.7")
    figures = figures_of(tiny)
    assert (figures.hardened_km, figures.promised_km) == (0.7, 1.5)
    assert figures.road_clauses_by_class == {"village_road": ("II.1",)}


@pytest.mark.parametrize(
    ("line", "hardened_km"),
    [
        ("road-a-harden,completed,", 1.5),
        ("road-a-harden,completed,1.2", 1.2),
        ("road-a-harden,completed,0", 0.0),
        ("road-a-harden,in_progress,", 0.0),
    ],
)
def test_only_a_completed_work_without_a_figure_counts_whole(tiny, line, hardened_km):
    report(tiny, line)
    assert figures_of(tiny).hardened_km == hardened_km


def test_more_than_the_promise_counts_as_it_is_reported(tiny):
    report(tiny, "road-a-harden,in_progress,1.9")
    figures = figures_of(tiny)
    assert (figures.hardened_km, figures.promised_km) == (1.9, 1.5)


def test_a_cancelled_road_stays_a_promise_and_is_told_apart(tiny):
    another_road(tiny)
    report(tiny, "road-a-harden,cancelled,0.5")
    figures = figures_of(tiny)
    assert (figures.hardened_km, figures.promised_km, figures.cancelled_km) == (0.5, 3.7, 1.5)
    assert figures.promised_km_by_class == {"village_road": 1.5, "field_road": 2.2}
    assert figures.road_clauses_by_class == {"village_road": ("II.1",), "field_road": ("II.9",)}


@pytest.mark.parametrize(
    "work",
    [{"kind": "upkeep"}, {"measure": "works"}, {"quantity": "", "measure": ""}],
    ids=lambda work: next(iter(work)),
)
def test_what_is_no_hardening_in_km_is_not_promised(tiny, work):
    another_road(tiny, **work)
    assert figures_of(tiny).promised_km_by_class == {"village_road": 1.5}


def test_what_is_hardened_elsewhere_than_on_roads_is_no_road(tiny):
    cells = {"kind": "harden", "quantity": "3", "measure": "km", "unit_code": "90010"}
    tiny.append(WORKS, work_id="x", asset_id="house-town", name="Việc", clause="II.4", **cells)
    assert figures_of(tiny).promised_km == 1.5


def test_sums_carry_no_noise_of_binary_fractions(tiny):
    for number, km in enumerate(["0.1", "0.2", "0.3"]):
        another_road(tiny, f"road-{number}", quantity=km)
    report(tiny, *(f"road-{number}-harden,completed," for number in range(3)))
    figures = figures_of(tiny)
    assert figures.promised_km_by_class == {"village_road": 1.5, "field_road": 0.6}
    assert (figures.promised_km, figures.hardened_km) == (2.1, 0.6)


# --- works -------------------------------------------------------------------------------------


def test_works_are_counted_by_status(tiny):
    report(tiny, "road-a-harden,completed,", "grid-upgrade,cancelled,", month="2023-09")
    figures = figures_of(tiny)
    assert (figures.works_all, figures.works_completed, figures.works_cancelled) == (5, 1, 1)
    assert (figures.works_unfinished, figures.works_overdue) == (3, 1)  # due in June


def test_works_are_counted_by_how_their_place_is_known(tiny):
    lines = {"road-a": [[108.47, 13.52], [108.48, 13.53]]}
    points = {"school-b": ("surveyed", [108.52, 13.52]), "village-a": ("digitised", [108.47, 13.5])}
    shapes = [(key, "surveyed", "LineString", line) for key, line in lines.items()]
    shapes += [(key, position, "Point", point) for key, (position, point) in points.items()]
    features = [
        {
            "type": "Feature",
            "properties": {"asset_id": key, "position": position, "source": "GPS"},
            "geometry": {"type": kind, "coordinates": place},
        }
        for key, position, kind, place in shapes
    ]
    collection = {"type": "FeatureCollection", "features": features}
    tiny.write("gis/geometry/assets.geojson", json.dumps(collection))
    figures = figures_of(tiny)
    assert (figures.works_surveyed, figures.works_digitised) == (2, 1)
    assert (figures.works_sketched, figures.works_unplaced) == (1, 1)


# --- criteria, money, reports ------------------------------------------------------------------


def test_achieved_targets_stay_among_the_targeted(tiny):
    report(tiny, "road-a-harden,completed,", "village-a-refurbish,completed,")
    figures = figures_of(tiny)
    assert (figures.criteria_met, figures.criteria_targeted, figures.criteria_achieved) == (3, 3, 1)
    assert figures.criteria_clauses == ("I.1", "I.2")
    assert figures.criteria_by_set == (
        SetFigures("commune", met=3, targeted=3, achieved=1, clauses=("I.1", "I.2")),
        SetFigures("village", met=0, targeted=1, achieved=1, clauses=("I.3",)),
    )


def test_a_part_of_a_source_is_shown_but_not_added_again(tiny):
    cells = {"name": "Vốn", "name_en": "Capital", "clause": "IV.1"}
    tiny.append(BUDGET, source_id="central-a", parent="central", amount_mvnd="400.25", **cells)
    tiny.append(BUDGET, source_id="aid", **cells)
    figures = figures_of(tiny)
    assert figures.budget_mvnd == 1250.5
    assert figures.budget_sources == (
        BudgetFigure("central", 1000.0, None),
        BudgetFigure("local", 250.5, None),
        BudgetFigure("central-a", 400.25, "central"),
    )
    assert figures.budget_clauses == ("IV", "IV.1")


def test_a_plan_without_figures_has_no_budget_rather_than_none_at_all(tiny):
    tiny.write(BUDGET, tiny.read(BUDGET).replace("1000", "").replace("250.5", ""))
    figures = figures_of(tiny)
    assert figures.budget_mvnd is None
    assert figures.budget_sources == figures.budget_clauses == ()


def test_a_report_of_the_whole_district_is_no_units_report(tiny):
    report(tiny, "grid-upgrade,in_progress,")
    figures = figures_of(tiny)
    assert (figures.reported_units, figures.reporting_units) == (1, 4)


def test_a_district_without_a_plan_has_figures_of_nothing(tiny):
    tiny.delete("gis/progress/2023-03/90002.csv")
    for name in ("targets", "assets", "works", "measures", "budget", "assignments", "statements"):
        file = f"gis/plan/{name}.csv"
        tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    figures = figures_of(tiny)
    counts = [v for v in dataclasses.asdict(figures).values() if isinstance(v, int | float)]
    assert len(counts) > 15
    assert not any(counts)
    assert figures.criteria_by_set == ()
    assert figures.budget_mvnd is None


# --- one unit ----------------------------------------------------------------------------------


def test_a_units_figures_leave_out_those_of_the_whole_district(tiny):
    another_road(tiny, "road-all", unit="900")
    report(tiny, "road-a-harden,completed,1.4", "road-all-harden,completed,")
    district = tiny.open().district
    figures = key_figures(focus_on_unit(district, "90001"))
    assert figures.works_all == figures.works_completed + 1 == 2
    assert (figures.hardened_km, figures.promised_km) == (1.4, 1.5)
    assert (figures.criteria_met, figures.criteria_targeted, figures.criteria_achieved) == (1, 1, 1)
    assert [by_set.set for by_set in figures.criteria_by_set] == ["commune", "village"]
    assert (figures.reported_units, figures.reporting_units) == (0, 1)
    assert figures.budget_mvnd == key_figures(district).budget_mvnd


def test_the_units_figures_add_up_to_the_districts(kbang_district, kbang_figures):
    codes = kbang_district.units["unit_code"]
    parts = [key_figures(focus_on_unit(kbang_district, code)) for code in codes]
    assert sum(part.promised_km for part in parts) == pytest.approx(15.13)
    assert sum(part.works_all for part in parts) + kbang_figures.works_unplaced == 104
    for name in ("criteria_met", "criteria_targeted", "reporting_units"):
        assert sum(getattr(part, name) for part in parts) == getattr(kbang_figures, name)


def test_figures_change_no_input(kbang_district):
    before = kbang_district.works.copy()
    key_figures(kbang_district)
    assert_geodataframe_equal(before, kbang_district.works)
