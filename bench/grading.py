"""`python -m bench grading --scale N`: how long the group's model takes over all customers: figures, verdicts, storing, what-if,
check of the policies, and the pages that show it.

The demo company is loaded when the database is empty. What is written is rolled back.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.models import User
from customers.domain.grading.computing import compute_grades, read_figures
from customers.domain.grading.models import new_edition
from customers.domain.grading.policies import check_policies
from customers.domain.grading.runs import preview, run_preview
from customers.domain.grading.scoring import card_of
from customers.models import Customer, GradeProposal, GradeRun, GradingModel


class Undone(Exception):
    """Takes back what was written to measure it."""


def timed(label: str, act: Callable[[], Any]) -> Any:
    """Do it and print how long it took."""
    began = time.perf_counter()
    result = act()
    print(f"{label:<44}{time.perf_counter() - began:9.2f} s")
    return result


def whatif(model: GradingModel, admin: User) -> None:
    """A preview of a new edition as its page makes it, worker included."""
    draft = new_edition(model=model, actor=admin)
    job = preview(model=draft, actor=admin)
    if job.state != "done":
        run_preview(job.pk)


def pages(client: Client) -> list[tuple[str, str]]:
    """What is measured: (name, address)."""
    run = GradeRun.objects.real().order_by("-customers").first()
    customer = Customer.objects.filter(grade_proposals__isnull=False).order_by("-figures__sales_12m").first()
    proposals = reverse("customers:gradeproposal_list")
    return [
        ("grade reviews", reverse("customers:graderun_list")),
        ("a review with its moves", reverse("customers:graderun_record", args=[run.pk])),
        ("proposals of a review that move", f"{proposals}?run={run.pk}&moved=1"),
        ("proposals, all, page 1", proposals),
        ("policies, kept or not", reverse("customers:gradepolicy_list")),
        ("customer, tab of the grade", reverse("customers:customer_tab", args=[customer.pk, "grade"])),
        ("customers with proposed grade", reverse("customers:customer_list") + "?cols=proposed&cols=grade"),
        ("customers, behind proposal A", reverse("customers:customer_list") + "?proposed=A"),
    ]


def main(argv: list[str]) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="bench grading")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if not Customer.objects.exists():
        call_command("load_demo", scale=options.scale, seed=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    model = GradingModel.objects.in_force(timezone.localdate()).filter(business_unit=None).get()
    admin, today = User.objects.get(username="dengx"), timezone.localdate()
    print(f"{Customer.objects.count():,} customers, {GradeProposal.objects.count():,} proposals stored")
    card = card_of(model)
    for key in card.measures:
        timed(f"  figure {key}", lambda key=key: read_figures([key], today, None))
    timed("compute the grades of all", lambda: list(compute_grades(model, today)))
    try:
        with transaction.atomic():
            timed("what-if: compute and store", lambda: whatif(model, admin))
            timed("check all policies", lambda: check_policies(on=today))
            raise Undone
    except Undone:
        pass
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(admin, backend="crm.organisation.backends.RoleBackend")
    for name, url in pages(client):
        times = []
        for _round in range(options.rounds):
            began = time.perf_counter()
            assert client.get(url).status_code == 200, url
            times.append((time.perf_counter() - began) * 1000)
        print(f"{name:<44}{statistics.median(times):9.1f} ms (median of {options.rounds})")
    return 0
