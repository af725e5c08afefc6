"""All models of the kernel, for Django; they live in their rooms."""

from crm.base import lookups
from crm.catalogue.models import Currency, ExchangeRate, Product, ProductLine, ProductUnit, Unit
from crm.exporting.models import ExportLog
from crm.importing.models import ImportBatch, ImportMapping, ImportRow
from crm.organisation.models import (
    BusinessUnit,
    Deputy,
    RecordShare,
    Region,
    Role,
    Team,
    TeamManager,
    TeamMembership,
    User,
    UserRole,
)
from crm.records.models import ListSetting, NumberSequence, SavedView, TrailEntry, TrailErasure
from crm.workflow.models import (
    Delivery,
    Job,
    Notification,
    NotificationChoice,
    NotificationSettings,
    Task,
    TaskStateChange,
)

__all__ = [
    "BusinessUnit",
    "Currency",
    "Delivery",
    "Deputy",
    "ExchangeRate",
    "ExportLog",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Job",
    "ListSetting",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "NumberSequence",
    "Product",
    "ProductLine",
    "ProductUnit",
    "RecordShare",
    "Region",
    "Role",
    "SavedView",
    "Task",
    "TaskStateChange",
    "Team",
    "TeamManager",
    "TeamMembership",
    "TrailEntry",
    "TrailErasure",
    "Unit",
    "User",
    "UserRole",
    "lookups",
]
