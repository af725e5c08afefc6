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
from crm.records.models import Attachment, Comment, ListSetting, NumberSequence, RecordMark, SavedView, Tag, TagLink
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
    "Attachment",
    "BusinessUnit",
    "Comment",
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
    "RecordMark",
    "RecordShare",
    "Region",
    "Role",
    "SavedView",
    "Tag",
    "TagLink",
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
