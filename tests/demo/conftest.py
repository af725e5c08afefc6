"""One small demo company for all tests of this folder."""

import datetime as dt

import pytest

from crm.demo.world import World
from crm.extension_points import demo_sets

TODAY = dt.date(2026, 11, 23)
SCALE = 0.2


def made(*, scale: float = SCALE, seed: int = 7) -> World:
    """A company in memory, all parts of it."""
    world = World(scale=scale, seed=seed, today=TODAY)
    for part in demo_sets.all():
        part.generate(world)
    return world


@pytest.fixture(scope="session")
def company() -> World:
    """A small company; tests read it only."""
    return made()
