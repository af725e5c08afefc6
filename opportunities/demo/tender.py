"""Tenders of the demo company."""

from crm.demo.world import World


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
