"""How much longer a whole build takes than importing its libraries alone.

Prints both as wall seconds of whole processes, run in turn, and their ratio within this run.
Run with: python benchmarks/bench_build.py [RUNS]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIBRARIES = "import fiona, folium, geopandas, pydantic, pyogrio, pyproj, shapely, typer"


def seconds(*command: str) -> float:
    """Return the wall time of a whole process [s]."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Time both commands in turn and print medians and the median of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "gis", Path(folder) / "gis")
        build = (sys.executable, "-m", "ntm_geo", "build", "--project", folder)
        imports = (sys.executable, "-c", LIBRARIES)
        pairs = [(seconds(*imports), seconds(*build)) for _ in range(runs + 1)][1:]
    alone = statistics.median(first for first, _ in pairs)
    whole = statistics.median(second for _, second in pairs)
    ratio = statistics.median(second / first for first, second in pairs)
    print(f"importing the libraries  {alone:.2f} s (median of {runs})")
    print(f"ntm-geo build            {whole:.2f} s (median of {runs})")
    print(f"ratio                    {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
