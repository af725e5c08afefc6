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
from crm.records.models import (
    ChoiceItem,
    ChoiceList,
    ExtraField,
    ListSetting,
    NumberFormat,
    NumberSequence,
    SavedView,
)
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
    "ChoiceItem",
    "ChoiceList",
    "Currency",
    "Delivery",
    "Deputy",
    "ExchangeRate",
    "ExportLog",
    "ExtraField",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Job",
    "ListSetting",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "NumberFormat",
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
    "Unit",
    "User",
    "UserRole",
    "lookups",
]
