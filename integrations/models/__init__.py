"""Models of the exchange with other systems."""

from integrations.models.connection import ErpConnection
from integrations.models.external import ExternalRef
from integrations.models.sync import RejectedRow, SyncRun, SyncState

__all__ = ["ErpConnection", "ExternalRef", "RejectedRow", "SyncRun", "SyncState"]
