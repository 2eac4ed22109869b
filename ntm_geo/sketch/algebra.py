"""Products of matrices that come out the same whatever the number of threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ntm_geo.sketch.lattice import Floats

BLOCK = 200_000
"""Most multiplications in one block. OpenBLAS starts threads, which add up in another order, beyond
65,536 x 4; on a busy machine they also cost more than they save."""


def inner(left: Floats, right: Floats) -> Floats:
    """Return ``left.T @ right`` for two tall matrices, block by block."""
    rows = max(1, BLOCK // (left.shape[1] * right.shape[1]))
    whole = len(left) // rows * rows
    result: Floats = left[whole:].T @ right[whole:]
    if whole:
        blocks = left[:whole].reshape(-1, rows, left.shape[1]).transpose(0, 2, 1)
        result += (blocks @ right[:whole].reshape(-1, rows, right.shape[1])).sum(axis=0)
    return result


def outer(left: Floats, right: Floats) -> Floats:
    """Return ``left @ right`` for a tall left and a small right matrix, block by block."""
    rows = max(1, BLOCK // (left.shape[1] * right.shape[1]))
    whole = len(left) // rows * rows
    result = np.empty((len(left), right.shape[1]))
    np.matmul(left[whole:], right, out=result[whole:])
    if whole:
        blocks = left[:whole].reshape(-1, rows, left.shape[1])
        result[:whole] = (blocks @ right).reshape(whole, -1)
    return result


def add_blocks(matrix: Floats, blocks: Floats) -> None:
    """Add blocks (n, a, b) along the diagonal of a matrix (n a, n b), in place."""
    count, height, width = blocks.shape
    view = matrix.reshape(count, height, count, width)
    i = np.arange(count)
    view[i, :, i, :] += blocks
