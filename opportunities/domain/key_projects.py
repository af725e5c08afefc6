"""Key projects: the opportunities that managers marked, and the largest of each business unit."""

from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.models import User
from opportunities.models import KeyProject, Opportunity

LARGEST = 5  # of each business unit, by amount


def mark(*, opportunity: Opportunity, actor: User) -> KeyProject:
    """Put it among the key projects. Raises DomainError for one that is not worked on; one that is marked stays as it is."""
    if not opportunity.stage.is_open:
        raise DomainError(_("Only an open opportunity can be a key project."))
    with transaction.atomic():
        known = KeyProject.objects.filter(opportunity=opportunity).first()
        return known or create_record(KeyProject(opportunity=opportunity, marked_by=actor))


def unmark(*, opportunity: Opportunity, actor: User) -> None:
    """Take the mark off."""
    KeyProject.objects.filter(opportunity=opportunity).delete()


def key_rows(rows: QuerySet[Opportunity]) -> list[Opportunity]:
    """The key projects among these, the largest first. `place` is the place by amount in its business unit where that is what
    makes it one, else None."""
    by_amount = Window(RowNumber(), partition_by="business_unit", order_by=[F("amount_base").desc(), F("pk").asc()])
    ranked = rows.open().filter(amount_base__gt=0).order_by().annotate(place=by_amount)  # type: ignore[attr-defined]
    places = dict(ranked.filter(place__lte=LARGEST).values_list("pk", "place"))
    found = (
        rows.open()  # type: ignore[attr-defined]
        .filter(Q(pk__in=places) | Q(key_project__isnull=False))
        .select_related("stage", "customer", "owner", "business_unit", "product_line", "key_project__marked_by")
        .order_by("-amount_base", "pk")
    )
    keys = list(found)
    for row in keys:
        row.place = places.get(row.pk)
    return keys
