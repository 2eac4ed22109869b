"""The record of Kbang 2023 against what its plan document says."""

import re
from collections import Counter

import pytest

from ntm_geo import open_workspace
from ntm_geo.model import Layer
from ntm_geo.model.facts import facts_of


@pytest.fixture(scope="module")
def record(kbang):
    return open_workspace(kbang).record


def _numbers(record, set_id, unit, state):
    return [
        target.number
        for target in record.targets
        if (target.set, target.unit_code, target.state) == (set_id, unit, state)
    ]


def test_there_are_thirteen_communes_and_a_town(record):
    assert Counter(unit.kind for unit in record.units) == {"commune": 13, "town": 1}


def test_the_units_add_up_to_the_district(record):
    assert sum(unit.area_km2 for unit in record.units) == pytest.approx(1840, rel=0.005)


@pytest.mark.parametrize(
    ("set_id", "count"), [("commune", 19), ("advanced", 19), ("district", 9), ("village", 19)]
)
def test_the_four_criteria_sets_are_complete(record, set_id, count):
    assert len(record.criteria_sets[set_id].numbers) == count


def test_sixteen_is_culture_in_one_set_and_access_to_law_in_the_other(record):
    assert record.criteria_sets["commune"].name_of(16).vi == "Văn hóa"
    assert record.criteria_sets["advanced"].name_of(16).vi == "Tiếp cận pháp luật"


def test_targets_are_what_the_tables_list(record):
    counts = Counter((target.set, target.state.value) for target in record.targets)
    assert counts == {
        # table 1 lists 79 to keep and 26 to reach; table 2 lists 57 (it says 58) and 22
        ("commune", "maintain"): 79 + 57,
        ("commune", "achieve"): 26 + 22,
        ("advanced", "maintain"): 13,
        ("advanced", "achieve"): 7,
        ("district", "maintain"): 4,
        ("district", "achieve"): 1,
        ("village", "maintain"): 6,
        ("village", "achieve"): 4,
    }


def test_lo_ku_lists_ten_criteria_where_its_cell_says_eleven(record):
    assert _numbers(record, "commune", "23656", "maintain") == [1, 3, 4, 5, 6, 7, 14, 16, 18, 19]
    stated = [
        s.value for s in record.statements
        if s.unit_code == "23656" and s.subject == "targets_maintain"
    ]  # fmt: skip
    assert stated == [11]


@pytest.mark.parametrize(
    ("road_class", "count", "length_km"), [("village_road", 5, 3.13), ("field_road", 8, 12.0)]
)
def test_road_works_are_those_of_the_footnotes(record, road_class, count, length_km):
    classes = {asset.asset_id: asset.class_ for asset in record.assets}
    works = [
        work for work in record.works
        if classes[work.asset_id] == road_class and work.kind == "harden"
    ]  # fmt: skip
    assert len(works) == count
    assert sum(work.quantity for work in works) == pytest.approx(length_km)


@pytest.mark.parametrize(
    ("layer", "kind", "count"),
    [
        (Layer.IRRIGATION, "upgrade", 2),
        (Layer.IRRIGATION, "maintain", 1),
        (Layer.SCHOOLS, "expand", 1),
        (Layer.CULTURE, "renovate", 3),
        (Layer.CULTURE, "upgrade", 2),
        (Layer.CULTURE, "build", 2),
        (Layer.MARKETS, "build", 1),
        (Layer.HEALTH_STATIONS, "repair", 5),
        (Layer.HOUSING, "replace", 2),
        (Layer.PLANNING, "plan", 14),
    ],
)
def test_works_by_layer_and_kind(record, layer, kind, count):
    layers = {asset.asset_id: asset.layer for asset in record.assets}
    works = [w for w in record.works if layers[w.asset_id] == layer and w.kind == kind]
    assert len(works) == count


def test_thirty_nine_irrigation_works_are_one_row(record):
    work = next(w for w in record.works if w.work_id == "irrigation-maintained-maintain")
    assert (work.quantity, work.measure, work.unit_code) == (39, "works", "625")


def test_each_commune_has_one_health_station(record):
    communes = [unit.unit_code for unit in record.units if unit.kind == "commune"]
    stations = [a.unit_code for a in record.assets if a.layer == Layer.HEALTH_STATIONS]
    assert sorted(stations) == sorted(communes)


def test_ten_villages_are_kept_or_to_be_reached(record):
    villages = {t.asset_id: t.state.value for t in record.targets if t.set == "village"}
    assert Counter(villages.values()) == {"maintain": 6, "achieve": 4}


def test_poverty_measures_add_up(record):
    poverty = [m for m in record.measures if m.measure_id.startswith("poverty-")]
    assert len(poverty) == 13
    assert sum(m.quantity for m in poverty) == 440


def test_the_six_sources_add_up_to_the_total(record):
    sources = [s for s in record.budget if s.amount_mvnd is not None and s.parent is None]
    assert len(sources) == 6
    assert sum(s.amount_mvnd for s in sources) == pytest.approx(152_863.3)
    parts = [s.amount_mvnd for s in record.budget if s.parent == "central" and s.amount_mvnd]
    assert sum(parts) == pytest.approx(106_431.0)


def test_the_facts_of_statements_name_what_is_there(record):
    known = {
        "office": {office.office_id for office in record.offices},
        "source": {source.source_id for source in record.budget},
        "class": {asset.class_ for asset in record.assets},
        "kind": {work.kind for work in record.works},
        "row": {*record.works.keys, *record.measures.keys},
        "stage": {"preparation", "appraisal", "approval", "publication"},
    }
    facts = [(key, value) for s in record.statements for key, value in facts_of(s).items()]
    assert {key for key, _ in facts} == {*known, "symbol", "date", "issuer"}
    named = [(key, one) for key, value in facts if key in known for one in value.split("|")]
    assert all(one in known[key] for key, one in named)


def test_a_figure_that_is_stated_stands_in_the_words_quoted(record):
    said = {"không còn nhà tạm": 0}
    for s in record.statements:
        if s.value is not None and said.get(s.text) != s.value:
            figures = s.text.replace(".", "").replace(",", ".")
            assert re.search(rf"(?<![\d.])0*{s.value:g}(?:\.0)?(?!\d)", figures) or (
                s.value > 99_999 and f"{s.value:.1f}" in figures
            ), (s.statement_id, s.value, s.text)


def test_every_row_names_its_clause(record):
    for sheet in record.sheets():
        if "clause" in sheet.table.columns:
            assert all(row.clause for row in sheet)
