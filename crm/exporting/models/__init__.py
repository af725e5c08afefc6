"""Models of exports."""

from crm.exporting.models.export_log import ExportLog

__all__ = ["ExportLog"]
