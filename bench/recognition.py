"""`python -m bench recognition --scale N`: does the archive know a company again? Recall and precision on a labelled set of messy
names, and the time of a question among 333 customers per scale.

The customers of the demo company of that size are made in a database of their own, with the companies of the set among them;
it is removed afterwards. A pair counts as found when the customer is named with the verdict "likely" or "certain".
"""

import argparse
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO

from django.db import connection, transaction
from django.utils import timezone

from bench._recognition_set import Pair, pairs
from bench.sync import own_database
from crm.demo.world import World
from crm.extension_points import demo_sets
from crm.models import BusinessUnit
from customers.domain import recognition
from customers.domain.company_names import asked_keys
from customers.domain.recognition import CompanyQuery, Verdict, find_candidates
from customers.domain.recognition_keys import remember_keys
from customers.models import Contact, Customer

FOUND = (Verdict.CERTAIN, Verdict.LIKELY)


def load(scale: float) -> None:
    """The demo company as far as its customers."""
    world = World(scale=scale, seed=1, today=timezone.localdate())
    parts = demo_sets.all()
    wanted = parts[: next(number for number, part in enumerate(parts) if part.key == "customers") + 1]
    for part in wanted:
        part.generate(world)
    with redirect_stdout(StringIO()), transaction.atomic():
        for part in wanted:
            part.load(world)


def add_companies(labelled: Sequence[Pair]) -> dict[str, int]:
    """The stored side of the set, once each; the key by name."""
    unit = BusinessUnit.objects.order_by("pk").first()
    cities = {pair.stored: pair.city for pair in labelled}
    made = [
        Customer(name=name, city=city if not city.isascii() else "", code=f"B-{number}", business_unit=unit)
        for number, (name, city) in enumerate(cities.items())
    ]
    Customer._base_manager.bulk_create(made)
    remember_keys(made)
    return {customer.name: customer.pk for customer in made}


def quality(labelled: Sequence[Pair], keys: dict[str, int]) -> None:
    """Ask for every pair and print what was right."""
    own = set(keys.values())
    rows: dict[bool, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for pair in labelled:
        candidates = find_candidates(CompanyQuery(name=pair.typed), limit=recognition.LOOKED_AT)
        hit = next((one for one in candidates if one.customer.pk == keys[pair.stored]), None)
        said = hit is not None and hit.verdict in FOUND
        strangers = sum(one.verdict in FOUND and one.customer.pk not in own for one in candidates)
        count = rows[pair.held_out]
        count["strangers"] += strangers
        count["asked"] += 1
        count[f"{pair.truth} {said}"] += 1
        count["first"] += pair.truth == "same" and bool(candidates) and hit is candidates[0]
        count["related right"] += pair.truth == "related" and hit is not None and hit.verdict is Verdict.RELATED
        kinds[pair.kind]["right" if said == (pair.truth == "same") else "wrong"] += 1
        if said != (pair.truth == "same"):
            wrong.append((pair, f"{hit.score} {hit.verdict}" if hit else "-"))
    print(f"\n{'threshold likely':18}{'pairs':>7}{'same':>7}{'found':>7}{'recall':>9}{'others':>8}{'wrongly':>9}{'precision':>11}"
          f"{'related':>9}{'first':>8}{'strangers':>11}")  # fmt: skip
    total: Counter[str] = sum(rows.values(), Counter())
    for name, count in (("tuned on", rows[False]), ("held out", rows[True]), ("all", total)):
        line(name, count)
    print(
        "\nwrong by kind: " + ", ".join(f"{kind} {c['wrong']}/{c.total()}" for kind, c in kinds.items() if c["wrong"])
    )
    for pair, got in wrong:
        if not pair.held_out:
            print(f"  {pair.truth:10}{pair.kind:26}{pair.typed} | {pair.stored} | {got}")


def line(name: str, count: Counter[str]) -> None:
    """One line of the table."""
    hits, missed = count["same True"], count["same False"]
    false = count["different True"] + count["related True"]
    others = false + count["different False"] + count["related False"]
    related = count["related True"] + count["related False"]
    print(f"{name:18}{count['asked']:7}{hits + missed:7}{hits:7}{hits / (hits + missed):9.1%}{others:8}{false:9}"
          f"{hits / (hits + false):11.1%}{count['related right']:5}/{related:<3}{count['first'] / (hits + missed):8.1%}"
          f"{count['strangers'] / count['asked']:11.2f}")  # fmt: skip


def questions(rounds: int) -> dict[str, list[CompanyQuery]]:
    """What is asked for the times, by kind, taken from all over the archive."""
    rng = random.Random(7)
    keys = list(Customer._base_manager.order_by("pk").values_list("pk", flat=True))
    picked = list(Customer._base_manager.filter(pk__in=rng.sample(keys, rounds)).order_by("pk"))
    contacts = list(Contact._base_manager.exclude(phone="").filter(pk__lte=len(keys)).order_by("?")[:rounds])
    return {
        "full name": [CompanyQuery(name=row.name) for row in picked],
        "name proper": [CompanyQuery(name=row.name[2:6]) for row in picked],
        "two characters": [CompanyQuery(name=row.name[2:4]) for row in picked],
        "credit code": [CompanyQuery(credit_code=row.credit_code) for row in picked if row.credit_code],
        "phone of the company": [CompanyQuery(phone=row.phone) for row in picked],
        "phone of a contact": [CompanyQuery(phone=row.phone) for row in contacts],
        "e-mail domain": [CompanyQuery(email=row.email) for row in contacts if row.email],
        "name, code, phone": [CompanyQuery(row.name, row.credit_code, row.phone, place=row.city) for row in picked],
        "nothing like it": [CompanyQuery(name=f"巫山龘靐{row.name[4:]}") for row in picked],
    }


def times(rounds: int) -> None:
    """Ask in turns and print milliseconds."""
    asked = questions(rounds)
    walls: dict[str, list[float]] = {kind: [] for kind in asked}
    answers: dict[str, int] = dict.fromkeys(asked, 0)
    for turn in range(rounds):
        for kind, queries in asked.items():
            if turn < len(queries):
                start = time.perf_counter()
                answers[kind] += len(find_candidates(queries[turn]))
                walls[kind].append((time.perf_counter() - start) * 1000)
    print(f"\n{'asked by':24}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'answers':>9}")
    everything = []
    for kind, wall in walls.items():
        everything += wall
        print(f"{kind:24}{spread(wall)}{answers[kind] / len(wall):9.1f}")
    print(f"{'all':24}{spread(everything)}")


def spread(wall: list[float]) -> str:
    """Number, median, 95th percentile and maximum."""
    return f"{len(wall):7}{statistics.median(wall):9.1f}{sorted(wall)[int(len(wall) * 0.95)]:9.1f}{max(wall):9.1f}"


def plan() -> None:
    """How PostgreSQL finds the candidates of a name."""
    name = (
        Customer._base_manager.exclude(code__startswith="B-").order_by("pk").values_list("name", flat=True)[1000:1001]
    )
    keys = sorted(asked_keys(next(iter(name), "上海华新化工有限公司")))
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {recognition.BY_NAME}",
            {"keys": keys, "limit": recognition.LOOKED_AT},
        )
        print("\n" + "\n".join(row[0] for row in cursor.fetchall()))


def main(argv: list[str]) -> int:
    """Load, judge the set, measure, explain."""
    parser = argparse.ArgumentParser(prog="python -m bench recognition")
    parser.add_argument("--scale", type=float, default=300)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args(argv)
    labelled = pairs()
    with own_database():
        start = time.perf_counter()
        load(options.scale)
        keys = add_companies(labelled)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        count = Customer._base_manager.count()
        print(
            f"{count:,} customers, {Contact._base_manager.count():,} contacts, made in {time.perf_counter() - start:.1f} s"
        )
        times(options.rounds)
        plan()
        quality(labelled, keys)
    return 0
