"""The front door: opens a workspace, hands out what is known of its district, takes files in."""

from ntm_geo.workspace.workspace import Built, Workspace, open_workspace

__all__ = ["Built", "Workspace", "open_workspace"]
