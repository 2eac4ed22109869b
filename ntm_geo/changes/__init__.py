"""Units through time: what the units of the plan have become on a later day.

A code alone is no identity: one code may be another unit a year later. Identity is code and day.
Where a unit was divided and nothing says which part a thing lies in, the answer keeps every
candidate; nothing is guessed.
"""

from ntm_geo.changes.formation import Divided, Formation, form_units
from ntm_geo.changes.shares import known_shares
from ntm_geo.changes.told import (
    AS_PLANNED,
    before_text,
    called,
    formed_text,
    heading_of,
    names_now,
    now_text,
    open_text,
    told_of,
)
from ntm_geo.changes.trace import LaterUnit, Successor, require_known, trace, units_on

__all__ = [
    "AS_PLANNED",
    "Divided",
    "Formation",
    "LaterUnit",
    "Successor",
    "before_text",
    "called",
    "form_units",
    "formed_text",
    "heading_of",
    "known_shares",
    "names_now",
    "now_text",
    "open_text",
    "require_known",
    "told_of",
    "trace",
    "units_on",
]
