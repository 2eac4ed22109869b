"""Questions about a district: selections that combine, with true distances in metres."""

from ntm_geo.query.selection import Selection

__all__ = ["Selection"]
