"""Models of service."""

from service.models.complaint import Complaint, ComplaintStateChange

__all__ = ["Complaint", "ComplaintStateChange"]
