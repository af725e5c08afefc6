"""Models of the exchange with other systems."""

from integrations.models.api import ApiAnswer, ApiToken
from integrations.models.checking import Alarm, Difference, Reconciliation
from integrations.models.connection import ErpConnection
from integrations.models.external import ExternalRef, NumberLink
from integrations.models.facts import ErpCredit, ErpCustomer, ErpProduct
from integrations.models.outbox import ErpCode, OutboxMessage, OutboxStateChange, OutboxSwitch, SalesArea
from integrations.models.sync import ReadRequest, RejectedRow, SyncRun, SyncState
from integrations.models.webhook import Webhook, WebhookDelivery
from integrations.models.wecom import (
    WecomAccount,
    WecomCard,
    WecomCheckin,
    WecomDepartment,
    WecomSettings,
    WecomSnapshot,
)

__all__ = [
    "Alarm",
    "ApiAnswer",
    "ApiToken",
    "Difference",
    "ErpCode",
    "ErpConnection",
    "ErpCredit",
    "ErpCustomer",
    "ErpProduct",
    "ExternalRef",
    "NumberLink",
    "OutboxMessage",
    "OutboxStateChange",
    "OutboxSwitch",
    "ReadRequest",
    "Reconciliation",
    "RejectedRow",
    "SalesArea",
    "SyncRun",
    "SyncState",
    "Webhook",
    "WebhookDelivery",
    "WecomAccount",
    "WecomCard",
    "WecomCheckin",
    "WecomDepartment",
    "WecomSettings",
    "WecomSnapshot",
]
