"""Ten working days at the door of the demo company."""

import numpy as np

from crm.demo.accounts import PEOPLE
from crm.demo.copy import load_tables
from crm.demo.world import World

DAYS = 14
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.0 Safari/605.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Mobile wxwork/4.1 MicroMessenger/8.0",
)
MORNING, EVENING = 8 * 3600 + 1200, 17 * 3600 + 1800  # seconds of the day
MISTYPED = 0.12  # of the mornings


def generate(world: World) -> None:
    """In the morning people sign in, now and then at the second attempt, and in the evening some of them sign out."""
    rng = world.rng("sign_ins")
    keys = {name: pk for pk, name in enumerate(world["user"].texts("username"), 1)}
    rows: list[tuple[np.datetime64, int, str, str, str, str, str]] = []
    for day in world.day - np.arange(DAYS, 0, -1):
        if not np.is_busday(day):
            continue
        for number, person in enumerate(PEOPLE):
            if not person.active or person.username not in keys:  # a small company has fewer
                continue
            start, end = MORNING + int(rng.integers(0, 3000)), EVENING + int(rng.integers(0, 6000))
            who = (keys[person.username], person.username)
            where = (f"10.20.{number % 3}.{20 + number}", AGENTS[number % len(AGENTS)])
            if rng.random() < MISTYPED:
                rows.append((_at(world, day, start - 15), *who, "refused", "wrong_password", *where))
            rows.append((_at(world, day, start), *who, "signed_in", "", *where))
            if rng.random() < 0.5:
                rows.append((_at(world, day, end), *who, "signed_out", "", *where))
    rows.sort()
    events = world.new("sign_in_event", len(rows))
    columns = list(zip(*rows, strict=True))
    events.add("at", "time", np.array(columns[0], dtype="datetime64[s]"))
    events.add("user_id", "ref", np.array(columns[1]))
    for name, values in zip(("username", "kind", "reason", "address", "agent"), columns[2:], strict=True):
        events.add(name, "text", list(values))


def _at(world: World, day: np.datetime64, second: int) -> np.datetime64:
    return world.stamp(np.array([day]), np.array([second]))[0]


def load(world: World) -> None:
    """Write the log."""
    load_tables(world, {"sign_in_event": "crm.SignInEvent"})
