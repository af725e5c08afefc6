"""Models of the organisation."""

from crm.organisation.models.access import Access
from crm.organisation.models.calendar import SpecialDay, Weekday, WorkingCalendar
from crm.organisation.models.deputy import Deputy
from crm.organisation.models.role import Role
from crm.organisation.models.share import RecordShare
from crm.organisation.models.structure import BusinessUnit, Region, Team, TeamManager, TeamMembership
from crm.organisation.models.user import User, UserRole

__all__ = [
    "Access",
    "BusinessUnit",
    "Deputy",
    "RecordShare",
    "Region",
    "Role",
    "SpecialDay",
    "Team",
    "TeamManager",
    "TeamMembership",
    "User",
    "UserRole",
    "Weekday",
    "WorkingCalendar",
]
