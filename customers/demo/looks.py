"""Colleagues who are not on the account look at contacts' phone numbers now and then."""

import numpy as np

from crm.demo.world import World

LOOKS = 24  # at scale 1
DAYS = 14
WORKDAY = (8 * 3600, 18 * 3600)  # seconds of the day
READERS = ("wut", "wangs", "yaoxy", "zhaolq")


def add_looks(world: World) -> None:
    """The log of the last days, oldest first."""
    rng, count = world.rng("looks"), world.counted(LOOKS, power=0.3)
    names = world["user"].texts("username")
    readers = [names.index(name) + 1 for name in READERS if name in names]
    table = world.new("personal_entry", count)
    days = world.day - np.sort(rng.integers(1, DAYS, count))[::-1]
    table.add("at", "time", world.stamp(days, rng.integers(*WORKDAY, count)))
    table.add("deed", "text", ["revealed"] * count)
    table.add("actor_id", "ref", rng.choice(readers, count))
    table.add("record_kind", "text", ["customers.contact"] * count)
    table.add("record_id", "int", rng.integers(1, len(world["contact"]) + 1, count))
    table.add("field", "text", np.where(rng.random(count) < 0.8, "phone", "email").tolist())
