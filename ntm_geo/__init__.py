"""ntm-geo: a rural district's road plan and new-rural works, checked, asked and mapped.

The floors of the package, each importing only from those below it:

1. words: errors, encodings, legacy, names, coordinates, crs, crs_candidates, model, labels,
   schemas, checks
2. reading: record, sources, foreign, fetching, photos
3. thinking: frames, progress, changes, lengths, coverage, linking, sketch, criteria, audit, join,
   recast, figures, focus, query, evidence, ledger, taking
4. making: files, steps, cache, additions, intake, layers, maps, workbook
5. front door: workspace
6. doors: cli
"""

from ntm_geo.errors import (
    CrsError,
    DownloadError,
    NameAmbiguousError,
    NameUnknownError,
    NtmGeoError,
    OptionError,
    OutputError,
    Problem,
    RecordError,
    SketchError,
)
from ntm_geo.workspace import Workspace, open_workspace

__all__ = [
    "CrsError",
    "DownloadError",
    "NameAmbiguousError",
    "NameUnknownError",
    "NtmGeoError",
    "OptionError",
    "OutputError",
    "Problem",
    "RecordError",
    "SketchError",
    "Workspace",
    "open_workspace",
]
