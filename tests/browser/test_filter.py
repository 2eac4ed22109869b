"""The page's filters find what the query in Python finds: alone, together, typed, from a link."""

import csv
import itertools
import re
import shutil
import unicodedata
from datetime import date
from urllib.parse import urlencode

import pytest

from ntm_geo import open_workspace
from ntm_geo.focus import focus_on_unit
from ntm_geo.frames import plain_records
from ntm_geo.model import Layer, Status
from ntm_geo.names import search_key
from ntm_geo.query import Selection

pytestmark = pytest.mark.browser

IDLE = "none"
STATUSES = [*(status.value for status in Status), IDLE]
SILENT = {"23650", "23674"}
EVERYTHING = {
    "status": None, "layer": None, "unit": "", "kind": "", "criterion": "", "office": "",
    "overdue": False, "search": "",
}  # fmt: skip
"""The page's filter where everything is shown."""


@pytest.fixture(scope="module")
def workspace(kbang, tmp_path_factory):
    """Open Kbang with made-up reports: works in every status, due and overdue ones."""
    root = tmp_path_factory.mktemp("reported")
    shutil.copytree(kbang / "gis", root / "gis")
    plan = root / "gis/plan/works.csv"
    with plan.open(encoding="utf-8", newline="") as file:
        works = list(csv.DictReader(file))
    for work in works[::3]:
        work["due"] = "2023-06-30"
    with plan.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(works[0]))
        table.writeheader()
        table.writerows(works)
    months = root / "gis/progress/2023-09"
    months.mkdir(parents=True)
    said = zip(works, itertools.cycle(Status), strict=False)
    for code, rows in itertools.groupby(
        sorted(said, key=lambda row: row[0]["unit_code"]), lambda row: row[0]["unit_code"]
    ):
        if code in SILENT:
            continue
        lines = [f"{work['work_id']},{status},," for work, status in rows]
        text = "\n".join(["work_id,status,done,note", *lines, ""])
        (months / f"{code}.csv").write_text(text, encoding="utf-8")
    return open_workspace(root, as_of=date(2023, 10, 15))


@pytest.fixture(scope="module")
def overview(open_shared_page, workspace):
    view = workspace.record.views[0]
    return open_shared_page(workspace.district, view=view, width=1366, height=768)


@pytest.fixture
def page(overview):
    """Give the page with everything shown, as if it had just been opened."""
    overview.evaluate("ntm.state.set({ tab: 'filter', filter: ntm.state.emptyFilter() })")
    return overview


# --- what is asked, what is answered -------------------------------------------------------------


def asked(selections, **wanted):
    """Ids of the works, and of the assets without work, that the query finds for a page's filter.

    An asset without work is of no kind; the page's status "none" asks for it.
    """
    works, assets = selections
    filter = EVERYTHING | wanted
    words = {name: filter[name] for name in ("unit", "criterion", "office") if filter[name]}
    common = {"layer": filter["layer"], "overdue": filter["overdue"], **words}
    if "search" in wanted:
        common["search"] = filter["search"]
    status = filter["status"]
    found = works.where(
        kind=filter["kind"] or None,
        status=None if status is None else [word for word in status if word != IDLE],
        **common,
    ).frame
    rows = assets.where(**common).frame
    idle = rows[rows["works"] == 0]
    if filter["kind"] or (status is not None and IDLE not in status):
        idle = idle.iloc[:0]
    return sorted(found["work_id"]), sorted(idle["asset_id"])


def set_filter(page, **wanted):
    page.evaluate("filter => ntm.state.setFilter(filter)", EVERYTHING | wanted)


def found(page, *filters):
    """Ids of the works, and of the assets without work, that fit each of some filters."""
    answers = page.evaluate(
        """(filters) => filters.map((filter) => {
            const rows = ntm.filter.shown(filter);
            return [rows.filter((row) => row.work), rows.filter((row) => !row.work)]
                .map((some) => some.map((row) => row.key).sort());
        })""",
        [EVERYTHING | filter for filter in filters],
    )
    return [(works, idle) for works, idle in answers]


def shown(page):
    """Ids of the works, and of the assets without work, that the page shows."""
    return found(page, page.evaluate("ntm.state.now.filter"))[0]


@pytest.fixture
def both(workspace):
    return workspace.works, workspace.assets


def require_same(page, selections, **wanted):
    """Hold everything that the page shows against the query: rows, counts, list, map."""
    works, idle = asked(selections, **wanted)
    assert shown(page) == (works, idle)
    assets = dict(selections[0].frame[["work_id", "asset_id"]].itertuples(index=False, name=None))
    listed = page.evaluate("""() => {
        ntm.state.set({ tab: 'list' });
        const rows = [...document.querySelectorAll('#rows .row')].map((row) => row.dataset.asset);
        ntm.state.set({ tab: 'filter' });
        return rows;
    }""")
    assert sorted(listed) == sorted([*(assets[work] for work in works), *idle])
    counts = [int(figure) for figure in re.findall(r"\d+", page.locator("#count").inner_text())]
    assert counts == [len(works), len(assets), len(idle)]
    assert page.locator("#tab-list-count").text_content() == str(len(works) + len(idle))
    frame = selections[1].frame
    placed = set(frame["asset_id"][frame["placed"]])
    drawn = page.evaluate("ntm.map.drawn.map(({ asset }) => asset.asset_id)")
    assert sorted(drawn) == sorted({*(assets[work] for work in works), *idle} & placed)


@pytest.fixture(scope="module")
def rows(workspace):
    """Give each work and each asset without work as the values that the filter would find it by."""
    assets = workspace.district.assets
    idle = assets[assets["works"] == 0].assign(status=IDLE, kind="", overdue=False)
    return [
        {
            "status": [row["status"]], "layer": [row["layer"]], "unit": row["unit_code"],
            "kind": row["kind"], "criterion": row["criterion"] or "",
            "office": (row["office"] or "").split("|")[0], "overdue": bool(row["overdue"]),
            "search": " ".join(search_key(row["name"]).split()[:3]),
        }
        for row in [*plain_records(workspace.district.works), *plain_records(idle)]
    ]  # fmt: skip


def values_of(workspace, rows, name):
    """Every value of the record that a filter could be set to."""
    if name == "criterion":
        numbers = {row["criterion"] for row in rows}
        return sorted((numbers | set(workspace.district.criteria_sets)) - {""})
    if name == "office":
        cells = workspace.district.works["office"].dropna()
        return sorted({office for cell in cells for office in cell.split("|")})
    values = [row[name] for row in rows]
    if name in ("status", "layer"):
        return [[value] for value in dict.fromkeys(itertools.chain(*values))]
    return [value for value in dict.fromkeys(values) if value]


# --- the record that is asked --------------------------------------------------------------------


def test_the_record_has_every_status_and_overdue_works(workspace):
    works, assets = workspace.district.works, workspace.district.assets
    assert set(works["status"]) == set(Status)
    assert 0 < works["overdue"].sum() < len(works)
    assert (assets["works"] == 0).sum() > 0
    assert (works["unit_code"] == workspace.record.project.district.code).any()


# --- each filter alone ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name != "search"])
def test_each_value_of_a_filter_finds_what_the_query_finds(overview, workspace, rows, both, name):
    filters = [{name: value} for value in values_of(workspace, rows, name)]
    answers = zip(filters, found(overview, *filters), strict=True)
    assert [answer for answer in answers if answer[1] != asked(both, **answer[0])] == []


@pytest.mark.parametrize("name", ["unit", "kind", "criterion", "office"])
def test_a_list_offers_every_value_that_finds_anything(page, workspace, rows, name):
    options = page.locator(f"#filter-{name} option").evaluate_all("all => all.map((o) => o.value)")
    assert options[0] == ""
    assert len(options) == len(set(options))
    assert set(values_of(workspace, rows, name)) <= set(options)


@pytest.mark.parametrize("name", ["status", "layer"])
def test_the_legend_offers_every_status_and_every_layer(page, workspace, rows, name):
    boxes = page.locator(f"#filter-{name} input").evaluate_all("all => all.map((b) => b.value)")
    present = {value for [value] in values_of(workspace, rows, name)}
    assert boxes == (STATUSES if name == "status" else [x for x in Layer if x in present])


@pytest.mark.parametrize(
    "search",
    [
        "lo ku", "LƠ KU", "Lơ  Ku!", "ku lơ", "duong noi dong", "đường nội đồng",
        "DUONG NOI DONG", "tho~", "thô", "thon lang", "nội", "noi", "giao thong fn 2", "III.5.2",
        "iii 5 2", "huyen kbang", "Kbang", "đak smar", "ÐĂKSMAR", "ＬƠ ＫＵ",
        unicodedata.normalize("NFD", "Lơ Ku"), "", "  ", "…?!", "khong co gi nhu vay", "<b>",
        "2023", "'", "đ", "xã đông", "cum loa", "%", "\\", "ß", "lơ\u200bku",
    ],
)  # fmt: skip
def test_a_search_finds_what_the_query_finds(overview, both, search):
    assert found(overview, {"search": search}) == [asked(both, search=search)]


# --- combinations --------------------------------------------------------------------------------


def combinations_of(rows, names):
    """Values for some filters: two rows' own, which find them, and one mixed from two rows."""
    fit = [row for row in rows if all(row[name] for name in names)]
    chosen = [fit[i * len(fit) // 2] for i in range(2)] if fit else []
    mixed = rows[30], rows[80]
    found = [{name: row[name] for name in names} for row in chosen]
    found.append({name: mixed[i % 2][name] for i, name in enumerate(names)})
    for i, filter in enumerate(found):
        # A set alone and several statuses are asked, too.
        if i % 2 and filter.get("criterion"):
            filter["criterion"] = filter["criterion"].split(":")[0]
        if i % 2 and filter.get("status"):
            filter["status"] = sorted({*filter["status"], "in_progress", IDLE}, key=STATUSES.index)
    return found


@pytest.mark.parametrize("names", [*itertools.combinations(EVERYTHING, 2)], ids="+".join)
def test_two_filters_find_what_both_find(overview, rows, both, names):
    for filter in combinations_of(rows, names):
        set_filter(overview, **filter)
        assert shown(overview) == asked(both, **filter), filter


@pytest.mark.parametrize("place", range(0, 124, 9))
def test_all_filters_at_once_find_what_all_find(overview, rows, both, place):
    filter = rows[place % len(rows)]
    set_filter(overview, **filter)
    works, idle = asked(both, **filter)
    assert works or idle
    require_same(overview, both, **filter)


@pytest.mark.parametrize("place", range(0, 124, 25))
def test_a_filter_in_the_address_finds_what_the_query_finds(page, rows, both, place):
    filter = {name: value for name, value in rows[place].items() if value}
    words = {k: ",".join(v) if isinstance(v, list) else v for k, v in filter.items()}
    words["overdue"] = str(filter.get("overdue", False)).lower()
    page.evaluate("hash => { location.hash = hash; }", urlencode(words))
    page.wait_for_function("unit => ntm.state.now.filter.unit === unit", arg=filter["unit"])
    require_same(page, both, **filter)


def test_nothing_chosen_shows_nothing(overview, both):
    set_filter(overview, status=[])
    require_same(overview, both, status=[])
    assert "Không có gì khớp" in overview.locator("#rows").inner_text()
    set_filter(overview, layer=[])
    require_same(overview, both, layer=[])


# --- the page's own controls ---------------------------------------------------------------------


LABELS = {
    "unit": "Đơn vị", "kind": "Loại việc", "criterion": "Tiêu chí", "office": "Cơ quan phụ trách",
}  # fmt: skip


@pytest.mark.parametrize("name", LABELS)
def test_a_choice_in_a_list_is_the_filter(page, workspace, rows, both, name):
    choice = page.get_by_role("combobox", name=LABELS[name], exact=True)
    for value in values_of(workspace, rows, name)[::5]:
        choice.select_option(value)
        require_same(page, both, **{name: value})
    choice.select_option("")
    require_same(page, both)


def test_typing_searches(page, both):
    search = page.get_by_role("searchbox", name="Tìm (không cần dấu)")
    search.press_sequentially("duong lo ku")
    require_same(page, both, search="duong lo ku")
    search.fill("")
    require_same(page, both)


def test_ticking_off_statuses_and_layers_leaves_them_out(page, both):
    page.get_by_role("checkbox", name="hoàn thành").uncheck()
    page.get_by_role("checkbox", name="năm nay không có công việc").uncheck()
    left = [word for word in STATUSES if word not in ("completed", IDLE)]
    require_same(page, both, status=left)
    page.get_by_role("checkbox", name="Đường giao thông").uncheck()
    layers = [layer.value for layer in Layer if layer != Layer.ROADS]
    require_same(page, both, status=left, layer=layers)
    page.get_by_role("checkbox", name="hoàn thành").check()
    page.get_by_role("checkbox", name="năm nay không có công việc").check()
    page.get_by_role("checkbox", name="Đường giao thông").check()
    require_same(page, both)
    assert page.evaluate("ntm.state.now.filter") == EVERYTHING


def test_only_shows_one_status_or_layer(page, both):
    page.get_by_role("button", name="chỉ: Thủy lợi").click()
    require_same(page, both, layer=["irrigation"])
    page.get_by_role("button", name="chỉ: đang thực hiện").click()
    require_same(page, both, layer=["irrigation"], status=["in_progress"])
    boxes = page.locator("#filter-status input:checked, #filter-layer input:checked")
    assert boxes.evaluate_all("all => all.map((b) => b.value)") == ["in_progress", "irrigation"]


def test_overdue_works_only(page, both):
    box = page.get_by_role("checkbox", name="chỉ công việc quá hạn")
    box.check()
    require_same(page, both, overdue=True)
    page.get_by_role("combobox", name="Đơn vị", exact=True).select_option(label="Lơ Ku")
    require_same(page, both, overdue=True, unit="23656")
    box.uncheck()
    require_same(page, both, unit="23656")


def test_controls_combine_and_everything_comes_back(page, both):
    page.get_by_role("searchbox", name="Tìm (không cần dấu)").fill("xa")
    page.get_by_role("combobox", name="Loại việc").select_option(label="nâng cấp")
    page.get_by_role("combobox", name="Cơ quan phụ trách").select_option("culture-information")
    page.get_by_role("checkbox", name="hủy bỏ").uncheck()
    left = [word for word in STATUSES if word != "cancelled"]
    chosen = {"search": "xa", "kind": "upgrade", "office": "culture-information", "status": left}
    require_same(page, both, **chosen)
    page.get_by_role("button", name="Hiện tất cả").click()
    require_same(page, both)
    assert page.get_by_role("searchbox", name="Tìm (không cần dấu)").input_value() == ""
    assert page.locator("#panel-filter input[type=checkbox]:not(:checked)").count() == 1


def test_as_opened_is_the_views_filter(open_page, workspace, both):
    view = workspace.record.views[2]
    page = open_page(workspace.district, view=view)
    layers = [layer.value for layer in view.layers]
    require_same(page, both, layer=layers)
    page.get_by_role("button", name="Hiện tất cả").click()
    require_same(page, both)
    page.get_by_role("button", name="Về như lúc mở").click()
    require_same(page, both, layer=layers)


def test_a_units_own_page_shows_its_rows_and_those_of_the_district(open_page, workspace):
    district = focus_on_unit(workspace.district, "23656")
    selections = Selection(district.works, district), Selection(district.assets, district)
    page = open_page(district)
    require_same(page, selections)
    for filter in ({"unit": "23656"}, {"unit": "625"}, {"layer": ["roads"], "overdue": True}):
        set_filter(page, **filter)
        require_same(page, selections, **filter)


# --- counts of the legend ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filter",
    [{}, {"unit": "23656"}, {"unit": "625"}, {"status": ["completed", IDLE]}, {"layer": ["roads"]},
     {"layer": [], "status": []}, {"criterion": "commune"}, {"overdue": True, "search": "xa"},
     {"kind": "upgrade", "status": ["cancelled"]},
     {"office": "economy-infrastructure", "layer": ["roads", "planning"],
      "status": ["preparation"]},
     {"search": "lo ku", "layer": ["culture"]}],
    ids=str,
)  # fmt: skip
def test_the_legend_counts_what_each_sign_would_show(overview, workspace, rows, both, filter):
    set_filter(overview, **filter)
    for name in ("status", "layer"):
        written = overview.locator(f"#filter-{name} li").evaluate_all(
            "all => all.map((li) => [li.querySelector('input').value,"
            " Number(li.querySelector('.count').textContent)])"
        )
        assert dict(written) == {
            value: sum(map(len, asked(both, **{**filter, name: [value]}))) for value, _ in written
        }
        assert {value for [value] in values_of(workspace, rows, name)} <= {
            value for value, _ in written
        }
    overdue, _ = asked(both, **{**filter, "overdue": True})
    assert overview.locator("#count-overdue").text_content() == str(len(overdue))


def test_an_asset_stands_on_the_map_in_the_status_of_its_works_together(page, workspace):
    assets = workspace.district.assets
    expected = assets[assets["placed"]].set_index("asset_id")["status"].fillna(IDLE).to_dict()
    drawn = page.evaluate("ntm.map.drawn.map(({ asset, status }) => [asset.asset_id, status])")
    assert dict(drawn) == expected
    overdue = set(assets["asset_id"][assets["placed"] & assets["overdue"]])
    looks = page.evaluate("ntm.map.drawn.map(({ asset, look }) => [asset.asset_id, look])")
    assert {asset for asset, look in looks if look == "overdue"} == overdue


# --- the key that a search goes by ---------------------------------------------------------------

ODD = [
    "Đăk Hlơ", "ĐĂK HLƠ", "đăk hlơ", "\u00d0ăk Hlơ", "\u0189ăk", "\u00f0ak", "\u0256ak",
    unicodedata.normalize("NFD", "Đường trục chính nội đồng xã Lơ Ku"),
    unicodedata.normalize("NFD", "ĐƯỜNG NỘI ĐỒNG"), "Kông Bơ La", "KôngBơLa", "B'La", "B’La",
    "Tơ Tung", "tơ-tung", "tơ_tung", "tơ/tung", "tơ.tung", "tơ,tung;", " tơ   tung ",
    "tơ\ttung\n", "tơ\u00a0tung", "tơ\u2003tung", "tơ\u200btung", "tơ\u00adtung", "\ufefftơ",
    "tơ\u202etung", "tơ\u2060tung", "tơ\u0000tung", "Ｌơ Ｋｕ", "１２３", "①②③", "Ⅲ.５.２",
    "III.5.2", "x²", "m³", "½", "10⁶", "ﬁle", "ﬂour", "ﬆ", "straße", "STRASSE", "ẞ", "ς Σ σ",
    "ΟΔΟΣ", "İstanbul", "ısı", "ǆ ǅ Ǆ", "Æ æ", "Øl ø", "Łódź", "ŋ", "ŉ", "Ω Ω", "Å Å", "K K",
    "µ μ", "½ km", "5 %", "a+b=c", "<b>&amp;", "🏫 trường", "👨\u200d👩\u200d👧", "🇻🇳",
    "1\ufe0f\u20e3", "e\u0301\u0323", "ê\u0301", "a\u20dd", "中文", "日本語ガ", "ﾊﾟ", "한글",
    "नमस\u094dत\u0947", "ไทย", "مرحبا", "א\u05b8", "𝐀𝐛", "٣", "〇", "…", "--", "", " ", "\ufffd",
    "ĸ", "ﬀ", "№ 5", "℡", "㎞", "ĳ", "ſ",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_the_page_makes_the_same_key_of_odd_text(overview, text):
    assert overview.evaluate("text => ntm.filter.searchKey(text)", text) == search_key(text)


def test_the_page_makes_the_same_key_of_everything_in_the_record(overview, workspace):
    district = workspace.district
    texts = sorted({
        str(cell)
        for frame in (district.works, district.assets, district.units)
        for name in ("name", "clause", "note", "asset_clause", "source", "work_names")
        if name in frame
        for cell in frame[name].dropna()
    })  # fmt: skip
    keys = overview.evaluate("texts => texts.map(ntm.filter.searchKey)", texts)
    assert dict(zip(texts, keys, strict=True)) == {text: search_key(text) for text in texts}


def test_the_page_makes_the_same_key_of_every_latin_letter_and_sign(overview):
    blocks = [(0, 0x250), (0x1E00, 0x1F00), (0x2000, 0x2190), (0xFB00, 0xFB07), (0xFF00, 0xFFF0)]
    texts = [f"a{chr(code)}b" for first, end in blocks for code in range(first, end)]
    keys = overview.evaluate("texts => texts.map(ntm.filter.searchKey)", texts)
    assert [(t, key) for t, key in zip(texts, keys, strict=True) if key != search_key(t)] == []
