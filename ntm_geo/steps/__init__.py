"""What commands write into the record, a step a time: never over other people's work, and undone.

gis/undo/0001/ and so on hold what each step replaced, and what an undo took away again.
"""

from ntm_geo.steps.lock import left_lock
from ntm_geo.steps.step import STEPS_FOLDER, Change, Step, digests, read_steps
from ntm_geo.steps.undoing import Undo, plan_undo, undo_step
from ntm_geo.steps.writing import write_step

__all__ = [
    "STEPS_FOLDER",
    "Change",
    "Step",
    "Undo",
    "digests",
    "left_lock",
    "plan_undo",
    "read_steps",
    "undo_step",
    "write_step",
]
