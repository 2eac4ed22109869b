"""How the page for meetings compares with `GeoDataFrame.explore()` of the same layers.

Both are made, weighed and opened in one run, in turn, and are printed beside each other with the
medians of their ratios (ours / explore's; below 1 is better). "Ours" is the overview of Kbang with
everything that a page has: filter, legend, list, search, details, questions, findings.
`explore()` draws the units as a choropleth and each layer of assets in the colour of its status,
with its own tooltips, popups and a layer switch, and no legend.

Wherever the two differ, the comparison favours `explore()`:

- Its page would load its assets from the net; here they are inlined from local packages, as ours
  are: Leaflet, jQuery, Bootstrap, Font Awesome. What no package brings (awesome-markers, the
  glyphicons of Bootstrap 3) is empty, and costs it neither bytes nor time.
- Its legend would need d3, and is left out.
- It is ready once all of its scripts have run and every feature is an element of the page; ours
  once everything is also listed and can be filtered. What the browser then needs until a frame
  is on the screen is told apart: "seen". After that frame ours finds room for the names and
  figures of the units, which explore's page does not have: "named", beside explore's "seen".

Run with: python benchmarks/bench_page.py [RUNS]
It needs the dependency group "bench": pip install --group bench, in the environment of `make test`.
"""

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import folium
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from ntm_geo import open_workspace
from ntm_geo.join import District
from ntm_geo.maps import write_map
from ntm_geo.maps.offline import leaflet_script, leaflet_style
from ntm_geo.model import Status

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "browser"))
from find_browser import MISSING, find_browser  # noqa: E402

SCREEN: ViewportSize = {"width": 1920, "height": 1080}
COLOURS = ("#7f7f7f", "#1f77b4", "#2ca02c", "#ff7f0e", "#d62728", "#9467bd")

SCRIPT_LINK = re.compile(r'<script src="(?P<address>[^"]+)"></script>')
STYLE_LINK = re.compile(r'<link rel="stylesheet" href="(?P<address>[^"]+)"\s*/>')
LAST = 'document.body.dataset.ready = "";'
"""What explore's page says at the end of its last script, as ours says by itself."""

WATCH = """
window.told = {};
new MutationObserver((changes) => {
  for (const { attributeName } of changes) {
    told[attributeName.replace("data-", "")] ??= performance.now();
  }
}).observe(document, {
  subtree: true, attributes: true, attributeFilter: ["data-ready", "data-named"],
});
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => { told.seen = performance.now(); };
requestAnimationFrame(function frame() {
  if (document.body?.dataset.ready === undefined) requestAnimationFrame(frame);
  else port2.postMessage(null); // what comes after the frame
});
"""
"""Notes [ms from navigation start] when a page is ready, when the frame that shows it is drawn and
when its units are named, which only ours are."""

OUR_FEATURES = "ntm.data.units.length + ntm.map.drawn.length"
EXPLORE_FEATURES = 'document.querySelectorAll("path.leaflet-interactive").length'


def write_explore(district: District, path: Path) -> Path:
    """Write the page that `explore()` makes of the same layers."""
    met = district.units["criteria_met"]
    # The stubs take explore() for a column, hence Any.
    units: Any = district.units.copy()
    units["criteria_met"] = met.astype(float)
    map: folium.Map = units.explore(
        "criteria_met", name="units", tiles=None, max_zoom=19, popup=True, legend=False,
        missing_kwds={"color": "#e6e6e6"},
    )  # fmt: skip
    statuses = [status.value for status in Status]
    placed: Any = district.assets[district.assets["placed"]]
    for layer, assets in placed.groupby("layer"):
        assets.explore(
            "status", m=map, name=str(layer), categories=statuses, cmap=list(COLOURS),
            marker_kwds={"radius": 6}, popup=True, legend=False,
        )  # fmt: skip
    folium.LayerControl().add_to(map)
    map.save(path)
    return path


def folder_of(package: str) -> Path:
    """Return where a package lies, without importing it: only its files are wanted."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is missing: pip install --group bench")
    return Path(spec.submodule_search_locations[0])


def local_assets() -> dict[str, str]:
    """Return the libraries that explore's page loads, by the end of the address they come from."""
    flask = folder_of("flask_bootstrap") / "static" / "bootstrap5"
    icons = folder_of("fontawesomefree") / "static" / "fontawesomefree"
    jquery = Path(import_module("xstatic.pkg.jquery").BASE_DIR)
    known = {
        "jquery-3.7.1.min.js": jquery / "jquery.min.js",
        "dist/css/bootstrap.min.css": flask / "css" / "bootstrap.min.css",
        "fontawesome-free@6.2.0/css/all.min.css": icons / "css" / "all.min.css",
    }
    read = {end: path.read_text("utf-8") for end, path in known.items()}
    bundle = (flask / "umd" / "popper.min.js", flask / "js" / "bootstrap.min.js")
    return {
        "/leaflet.js": leaflet_script(),
        "/leaflet.css": leaflet_style(),
        "bootstrap.bundle.min.js": "\n".join(path.read_text("utf-8") for path in bundle),
        **read,
    }


def inline(html: str) -> str:
    """Return explore's page with its libraries inside, and nothing where no package brings one."""
    assets = local_assets()
    used = set()

    def content(address: str) -> str:
        ends = [end for end in assets if address.endswith(end)]
        used.update(ends)
        return assets[ends[0]] if ends else ""

    html = SCRIPT_LINK.sub(lambda found: f"<script>{content(found['address'])}</script>", html)
    html = STYLE_LINK.sub(lambda found: f"<style>{content(found['address'])}</style>", html)
    if missing := set(assets) - used:
        raise RuntimeError(f"folium no longer loads {missing}")
    # Not in a script of its own: the browser may draw a frame before it, at explore's cost.
    start, end = html.rsplit("</script>", 1)
    return f"{start}{LAST}\n</script>{end}"


def opened(
    browser: Browser, page_file: Path, features: str, *, expected: int, settled: str = "true"
) -> dict[str, float]:
    """Open a page in a fresh context without network and return its times [ms]."""
    context = browser.new_context(viewport=SCREEN, offline=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.append(request.url))
    page.goto(page_file.as_uri())
    page.wait_for_function(f"told.seen && ({settled})")
    told: dict[str, float] = page.evaluate("told")
    drawn = page.evaluate(features)
    context.close()
    if errors or drawn != expected:
        raise RuntimeError(f"{page_file.name}: {drawn} of {expected} features, {errors}")
    return told


def seconds(act: Callable[[], object]) -> float:
    """Return how long something takes [s]."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def compare(name: str, pairs: list[tuple[float, float]]) -> None:
    """Print the median and the least of both sides [ms] and the median of their ratios."""
    ours, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"{name:<8} {statistics.median(ours):>8.0f} ({min(ours):.0f}) ms "
        f"{statistics.median(theirs):>8.0f} ({min(theirs):.0f}) ms {ratio:>8.2f}"
    )


def main(runs: int) -> None:
    """Make, weigh and open both pages in turn and print what came out."""
    program = find_browser()
    if program is None:
        sys.exit(MISSING)
    workspace = open_workspace(ROOT)
    district, findings, view = workspace.district, workspace.findings, workspace.record.views[0]
    expected = len(district.units) + int(district.assets["placed"].sum())
    with tempfile.TemporaryDirectory() as folder:
        ours, bare, theirs = (Path(folder) / f"{x}.html" for x in ("ours", "bare", "explore"))

        def build_ours() -> None:
            write_map(district, ours, view=view, findings=findings)

        def build_theirs() -> None:
            write_explore(district, bare)

        builds = [(seconds(build_ours), seconds(build_theirs)) for _ in range(runs + 1)][1:]
        theirs.write_text(inline(bare.read_text("utf-8")), encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            times = [
                (
                    opened(browser, ours, OUR_FEATURES, expected=expected, settled="told.named"),
                    opened(browser, theirs, EXPLORE_FEATURES, expected=expected),
                )
                for _ in range(runs + 1)
            ][1:]
            browser.close()
        weight, alone, whole = (path.stat().st_size for path in (ours, bare, theirs))

    print(f"{expected} features, {runs} runs in turn; medians, in brackets the least")
    print(f"{'':<8} {'ours':>16} {'explore()':>16} {'ratio':>13}")
    print(f"weight   {weight:>9,} bytes {whole:>9,} bytes    {weight / whole:>8.2f}")
    print(f"         explore's HTML without libraries: {alone:,} bytes, ratio {weight / alone:.2f}")
    compare("build", [(a * 1000, b * 1000) for a, b in builds])
    compare("ready", [(a["ready"], b["ready"]) for a, b in times])
    compare("seen", [(a["seen"], b["seen"]) for a, b in times])
    compare("named", [(a["named"], b["seen"]) for a, b in times])
    print("Left out of explore's page, in its favour: awesome-markers, glyphicons, legend and d3.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
