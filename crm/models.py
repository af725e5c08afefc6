"""All models of the kernel, for Django; they live in their rooms."""

from crm.accounts.models import PasswordHash, RecoveryCode, SecondFactor, SignInEvent, UserSession
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
from crm.personal.models import PersonalDataEntry, RetentionRule
from crm.records.models import ListSetting, NumberSequence, SavedView
from crm.workflow.models import (
    Delivery,
    Job,
    JobEntry,
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
    "JobEntry",
    "ListSetting",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "NumberSequence",
    "PasswordHash",
    "PersonalDataEntry",
    "Product",
    "ProductLine",
    "ProductUnit",
    "RecordShare",
    "RecoveryCode",
    "Region",
    "RetentionRule",
    "Role",
    "SavedView",
    "SecondFactor",
    "SignInEvent",
    "Task",
    "TaskStateChange",
    "Team",
    "TeamManager",
    "TeamMembership",
    "Unit",
    "User",
    "UserRole",
    "UserSession",
    "lookups",
]
