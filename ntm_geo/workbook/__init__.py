"""The audit as a workbook for offices: findings, acceptances, responsibility matrix, rules."""

from ntm_geo.workbook.audit import write_workbook

__all__ = ["write_workbook"]
