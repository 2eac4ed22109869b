"""What people bring, put into the record: geometry, and spellings that it is to know."""

from ntm_geo.intake.geometry import (
    ASSET_KEY,
    UNIT_KEY,
    Incoming,
    Intake,
    plan_intake,
    storable,
    write_intake,
)
from ntm_geo.intake.spellings import add_spellings

__all__ = [
    "ASSET_KEY",
    "UNIT_KEY",
    "Incoming",
    "Intake",
    "add_spellings",
    "plan_intake",
    "storable",
    "write_intake",
]
