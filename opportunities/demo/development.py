"""New products of the demo company."""

from crm.demo.world import World


def generate(world: World) -> None:
    """Made when the opportunities are there."""


def load(world: World) -> None:
    """Write them."""
