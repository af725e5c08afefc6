"""Samples of the demo company."""

from crm.demo.world import World


def generate(world: World) -> None:
    """Made when customers and opportunities are there."""


def load(world: World) -> None:
    """Write them."""
