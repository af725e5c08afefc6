"""Models of the organisation."""

from crm.organisation.models.role import Role
from crm.organisation.models.structure import BusinessUnit, Region, Team, TeamMembership
from crm.organisation.models.user import Access, User

__all__ = ["Access", "BusinessUnit", "Region", "Role", "Team", "TeamMembership", "User"]
