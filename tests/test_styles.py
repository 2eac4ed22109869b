"""The QGIS styles fit the layers: their columns, the closed lists, the palette."""

import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import ntm_geo
from ntm_geo.labels import OVERDUE, label
from ntm_geo.layers import layer_frames, write_layers
from ntm_geo.maps.filling import MET_STEPS
from ntm_geo.model import Layer, Position, Status

ROOT = Path(__file__).parents[1]
STYLES = {path.stem: path for path in sorted((ROOT / "gis" / "qgis").glob("*.qml"))}
ASSET_STYLES = ("areas", "lines", "points")
COLOURS = {
    "overdue": "#e66a1f",
    Status.NOT_STARTED: "#d4d4d4",
    Status.PREPARATION: "#7fb8dd",
    Status.IN_PROGRESS: "#1f78b4",
    Status.COMPLETED: "#00466b",
    Status.CANCELLED: "#111111",
    None: "#8a8a8a",
}
MET_COLOURS = ["#f4f1e4", "#e0dfb4", "#bfd18e", "#8fbb6c", "#4f9a4d", "#e6e6e6"]
SQL_WORDS = {"and", "or", "not", "in", "is", "null", "true", "case", "when", "then", "else", "end"}
FUNCTIONS = {
    "if", "coalesce", "replace", "to_string", "round", "length", "line_interpolate_point",
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace():
    return ntm_geo.open_workspace(ROOT)


@pytest.fixture(scope="module")
def frames(workspace):
    return layer_frames(workspace.district)


@pytest.fixture(params=STYLES)
def style(request):
    return request.param, parse(request.param)


def parse(name):
    return ET.parse(STYLES[name]).getroot()  # noqa: S314 (our own file)


def columns_of(expression):
    bare = re.sub(r"'[^']*'", " ", expression)
    words = {word.lower() for word in re.findall(r"(?<![\w$@])[a-z_]\w*", bare, re.IGNORECASE)}
    return words - SQL_WORDS - FUNCTIONS


def expressions_of(root):
    for rule in root.iter("rule"):
        yield rule.get("filter")
    for option in root.iter("Option"):
        if option.get("name") == "expression":
            yield option.get("value")
    for text in root.iter("text-style"):
        yield text.get("fieldName")
    yield root.findtext("previewExpression")
    yield from re.findall(r"\[%(.*?)%\]", root.findtext("mapTip"))


def rules_by_key(root):
    return {rule.get("key"): rule for rule in root.find("renderer-v2/rules")}


def colours_of(root, rule):
    symbol = root.find(f"renderer-v2/symbols/symbol[@name='{rule.get('symbol')}']")
    values = [
        option.get("value")
        for option in symbol.iter("Option")
        if option.get("name") in ("color", "line_color")
    ]
    return ["#{:02x}{:02x}{:02x}".format(*map(int, value.split(",")[:3])) for value in values]


def test_there_is_a_style_for_each_kind_of_layer():
    assert set(STYLES) == {"units", *ASSET_STYLES}


def test_style_is_small_and_names_no_place_of_a_machine(style):
    name, _ = style
    text = STYLES[name].read_text(encoding="utf-8")
    assert len(text.encode()) < 25_000
    assert not re.search(r"file:|[A-Z]:\\|/(home|tmp|usr|work)/", text)


def test_style_speaks_only_of_columns_that_the_layers_have(style, frames):
    name, root = style
    columns = set(frames["units" if name == "units" else "roads"].columns)
    for expression in expressions_of(root):
        assert columns_of(expression) <= columns, expression
    aliases = [alias.get("field") for alias in root.iter("alias")]
    assert set(aliases) <= columns
    assert len(aliases) == len(set(aliases))


def test_asset_layers_share_their_columns(frames):
    shared = list(frames["roads"].columns)
    assert all(list(frame.columns) == shared for name, frame in frames.items() if name != "units")


def test_every_rule_has_its_symbol(style):
    _, root = style
    symbols = [symbol.get("name") for symbol in root.findall("renderer-v2/symbols/symbol")]
    assert [rule.get("symbol") for rule in root.iter("rule")] == symbols
    assert all(rule.get("label") and rule.get("filter") for rule in root.iter("rule"))


@pytest.mark.parametrize("name", ASSET_STYLES)
def test_every_status_has_its_rule_word_and_colour(name):
    root = parse(name)
    rules = rules_by_key(root)
    for status in Status:
        rule = rules[status.value.replace("_", "-")]
        assert rule.get("filter") == f"status = '{status}' AND NOT overdue"
        assert rule.get("label") == label(status, "vi")
        assert COLOURS[status] in colours_of(root, rule)
    assert rules["overdue"].get("filter") == "overdue"
    assert rules["overdue"].get("label") == OVERDUE.vi
    assert COLOURS["overdue"] in colours_of(root, rules["overdue"])
    assert rules["none"].get("filter") == "status IS NULL"
    assert COLOURS[None] in colours_of(root, rules["none"])


@pytest.mark.parametrize("name", ASSET_STYLES)
def test_no_rule_wears_the_colour_of_another_status(name):
    root = parse(name)
    own = {str(status or "none").replace("_", "-"): colour for status, colour in COLOURS.items()}
    ink = {"#111111"}  # letters and marks
    for key, rule in rules_by_key(root).items():
        assert set(colours_of(root, rule)) & set(own.values()) - ink <= {own.get(key)}


def test_points_carry_letters_of_every_layer():
    letters = rules_by_key(parse("points"))["letters"]
    symbol = parse("points").find(f".//symbol[@name='{letters.get('symbol')}']")
    expression = symbol.find(".//Option[@name='char']/Option[@name='expression']").get("value")
    assert re.findall(r"layer = '(\w+)'", expression) == list(Layer)


@pytest.mark.parametrize("name", ASSET_STYLES)
def test_a_sketch_is_white_inside(name):
    root = parse(name)
    rule = rules_by_key(root)["sketch"]
    assert rule.get("filter") == f"position = '{Position.SKETCH}'"
    assert rule.get("label").startswith(label(Position.SKETCH, "vi"))
    assert "#ffffff" in colours_of(root, rule)


def test_unit_steps_share_the_colours_of_the_map_page():
    root = parse("units")
    steps = [r for key, r in rules_by_key(root).items() if key.startswith("met-")]
    assert [colours_of(root, rule)[0] for rule in steps] == MET_COLOURS
    assert [colour for _, colour in MET_STEPS] == MET_COLOURS[:-1]


def test_every_count_of_criteria_falls_under_one_step():
    rules = rules_by_key(parse("units"))
    for met in range(20):
        names = {"criteria_met": met, "criteria_total": 19}
        hits = [
            key
            for key, rule in rules.items()
            if key.startswith("met-") and key != "met-none" and holds(rule.get("filter"), names)
        ]
        assert len(hits) == 1
        low, high = re.findall(r"\d+", rules[hits[0]].get("label"))[:2]
        assert int(low) <= met <= int(high)


def holds(filter, names):
    connection = sqlite3.connect(":memory:")
    try:
        query = f"SELECT {filter} FROM (SELECT :criteria_met AS criteria_met, :criteria_total AS criteria_total)"  # noqa: E501, S608 (our own file)
        return bool(connection.execute(query, names).fetchone()[0])
    finally:
        connection.close()


def test_written_file_holds_a_default_style_of_every_layer(workspace, frames, tmp_path):
    path = write_layers(workspace.district, tmp_path / "out.gpkg", record=workspace.record)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT f_table_name, f_table_schema, f_geometry_column, useAsDefault, styleQML,"
            " update_time FROM layer_styles"
        ).fetchall()
        geometry = dict(
            connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        )
    finally:
        connection.close()
    assert {row[0] for row in rows} == set(frames)
    for name, schema, column, default, text, updated in rows:
        assert (schema, column, default) == ("", geometry[name], 1)
        assert updated.startswith(workspace.as_of.isoformat())
        assert text in {style.read_text(encoding="utf-8") for style in STYLES.values()}
