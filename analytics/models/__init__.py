"""Models of the figures."""

from analytics.models.cell import Cell, Refresh
from analytics.models.effect import PlanMonth
from analytics.models.target import Target

__all__ = ["Cell", "PlanMonth", "Refresh", "Target"]
