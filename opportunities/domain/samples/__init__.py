"""Samples: ask for them, send them, chase the customer's answer, judge."""

from opportunities.domain.samples.gate import sample_passed

__all__ = ["sample_passed"]
