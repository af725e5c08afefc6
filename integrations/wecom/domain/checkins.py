"""Check-ins outside the office (外出打卡), fetched from WeCom as evidence of who was at which customer. They judge nothing and
block nothing: what speaks for and against one is shown beside it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.saving import change_record
from crm.errors import DomainError, NotAllowed
from crm.formats import moment
from crm.organisation.domain.placement import placement_of
from crm.organisation.models import User
from crm.records.domain.comments import add_comment
from crm.workflow.domain.notifications import notify
from customers.models import Customer
from integrations.models import WecomAccount, WecomCheckin
from integrations.models.wecom import Known
from integrations.wecom.client import WecomClient
from integrations.wecom.domain.settings import open_client, switched_on
from integrations.wecom.geo import metres_between, to_wgs84

TASK = "integrations.wecom_checkins"
OUTSIDE = 2  # the type of check-in
MOST_PEOPLE = 100  # in one call, as WeCom says
LONGEST = dt.timedelta(days=30)  # of one call, as WeCom says
OVERLAP = dt.timedelta(days=2)  # a phone without a network sends its check-in later
NEAR = 500  # metres: a large plant's gates are as far apart
DEGREES = Decimal("0.008")  # more than NEAR, in both directions up to 55 degrees north
TOLD_IN = Decimal(1_000_000)  # parts of a degree
MOST_NAMED = 3  # check-ins that a note names
NOTE = 3000  # characters of what came of a visit: a comment has room for the place too
SHORTEST_NAME = 2  # characters of a short name that say anything


def fetch_checkins() -> int:
    """Fetch what is new for everybody whose account is linked; returns how many. Does nothing while it is switched off."""
    row = switched_on("check_ins")
    if row is None:
        return 0
    now = timezone.now()
    newest = WecomCheckin.objects.order_by("-at").values_list("at", flat=True).first()
    since = now - LONGEST if newest is None else max(newest - OVERLAP, now - LONGEST)
    people = {
        link.userid.lower(): link.user
        for link in WecomAccount.objects.filter(user__is_active=True).select_related("user")
    }
    with open_client(row) as client:
        told = read_checkins(client, sorted(people), since, now)
    return keep_checkins(told, people)


def read_checkins(
    client: WecomClient, userids: Sequence[str], since: dt.datetime, until: dt.datetime
) -> list[dict[str, Any]]:
    """What WeCom tells of these people, in as many calls as it takes. Raises WecomError."""
    told: list[dict[str, Any]] = []
    for first in range(0, len(userids), MOST_PEOPLE):
        answer = client.post(
            "checkin/getcheckindata",
            {
                "opencheckindatatype": OUTSIDE,
                "starttime": int(since.timestamp()),
                "endtime": int(until.timestamp()),
                "useridlist": list(userids[first : first + MOST_PEOPLE]),
            },
        )
        told += answer.get("checkindata", [])
    return told


def keep_checkins(told: Iterable[dict[str, Any]], people: dict[str, User]) -> int:
    """Store those not known yet, each with its likely customer; who made one without is asked. Returns how many."""
    new = 0
    asked: dict[int, list[WecomCheckin]] = {}
    for found in sorted(told, key=lambda found: found["checkin_time"]):
        user = people.get(str(found["userid"]).lower())
        if user is None:
            continue
        row = _row(found, user)
        # whoever fetches at the same time inserts the same row: one of the two finds it there
        _stored, made = WecomCheckin.objects.get_or_create(
            user=user, at=row.at, defaults={name: getattr(row, name) for name in STORED}
        )
        new += made
        if made and row.customer_id is None:
            asked.setdefault(user.pk, []).append(row)
    for rows in asked.values():
        _ask(rows)
    return new


STORED = (
    "team", "business_unit", "place", "address", "notes", "exception", "latitude", "longitude", "customer", "known", "distance",
)  # fmt: skip


def _row(found: dict[str, Any], user: User) -> WecomCheckin:
    at = dt.datetime.fromtimestamp(found["checkin_time"], tz=dt.UTC)
    seat = placement_of(user, timezone.localdate(at))
    row = WecomCheckin(
        user=user,
        team=seat.team,
        business_unit=seat.business_unit,
        at=at,
        place=found.get("location_title", "")[:200],
        address=found.get("location_detail", "")[:300],
        notes=found.get("notes", "")[:500],
        exception=found.get("exception_type", "")[:100],
    )
    if found.get("lat") and found.get("lng"):
        here = to_wgs84((float(found["lat"] / TOLD_IN), float(found["lng"] / TOLD_IN)))
        row.latitude, row.longitude = (Decimal(f"{degrees:.6f}") for degrees in here)
    _find_customer(row)
    return row


def _find_customer(row: WecomCheckin) -> None:
    """The one customer of the person's at which check-ins were made nearby before, else the one whose name the place bears."""
    mine = Customer.objects.visible_to(row.user)
    near = {before.customer_id or 0 for before in _nearby(row) if _metres(row, before) <= NEAR}
    found = list(mine.filter(pk__in=near)[:2])
    row.known = Known.PLACE
    if len(found) != 1:
        text = f"{row.place} {row.address} {row.notes}"
        named = mine.annotate(told=Value(text)).filter(
            Q(told__contains=F("name")) | Q(told__contains=F("short_name"), short_name__regex=f".{{{SHORTEST_NAME},}}")
        )
        found = list(named[:2])
        row.known = Known.NAME
    if len(found) != 1:
        row.known = Known.NOT
        return
    row.customer = found[0]
    row.distance = _distance(row)


def _nearby(row: WecomCheckin) -> Iterable[WecomCheckin]:
    """Check-ins in the square around it whose customer was said or named: places known by places only would wander."""
    if row.latitude is None or row.longitude is None:
        return []
    around = {
        "latitude__range": (row.latitude - DEGREES, row.latitude + DEGREES),
        "longitude__range": (row.longitude - DEGREES, row.longitude + DEGREES),
    }
    return WecomCheckin.objects.filter(customer__isnull=False, **around).exclude(known=Known.PLACE)


def _metres(one: WecomCheckin, other: WecomCheckin) -> float:
    places = [(float(row.latitude or 0), float(row.longitude or 0)) for row in (one, other)]
    return metres_between(*places)


def _distance(row: WecomCheckin) -> int | None:
    """Metres to the nearest check-in at the same customer that a person has confirmed; None when there is none, or no place."""
    if row.latitude is None or row.customer is None:
        return None
    confirmed = WecomCheckin.objects.filter(customer=row.customer, known=Known.PERSON, latitude__isnull=False)
    metres = [_metres(row, before) for before in confirmed.exclude(pk=row.pk)]
    return round(min(metres)) if metres else None


def _ask(rows: Sequence[WecomCheckin]) -> None:
    """Ask somebody at which customers these were."""
    notify(
        recipients=[rows[0].user],
        kind="wecom.checkins",
        title=lambda: (
            ngettext(
                "At which customer was this check-in?", "At which customers were these %(n)d check-ins?", len(rows)
            )
            % {"n": len(rows)}
        ),
        text=" · ".join(row.place or row.address for row in rows),
        url=f"{reverse('integrations:wecomcheckin_list')}?customer=none",
    )


def set_customer(
    *, instance: WecomCheckin, expected_version: int | None, actor: User, customer: Customer | None, note: str = ""
) -> WecomCheckin:
    """Say at which customer it was, or at none. What WeCom told stays as it is; `note`, what came of the visit, becomes a comment
    on the customer. Raises StaleVersion, DomainError for a note without a customer, NotAllowed without the right to comment."""
    if note.strip() and customer is None:
        raise DomainError(_("Choose the customer that the note is about."), field="customer")
    instance.customer = customer
    instance.known = Known.PERSON if customer is not None else Known.NOT
    instance.distance = _distance(instance)
    with transaction.atomic():
        saved = change_record(
            instance, expected_version=expected_version, values={"customer": customer}, also=["known", "distance"]
        )
        if note.strip() and customer is not None:
            _write_note([saved], customer, note, actor)
    return saved


def assign_checkins(rows: QuerySet[WecomCheckin], *, actor: User, customer: Customer, note: str = "") -> int:
    """Say of several check-ins at which customer they were, with one note; returns how many. Raises as set_customer."""
    with transaction.atomic():
        wanted = WecomCheckin._base_manager.filter(pk__in=rows.order_by().values("pk"))
        found = list(wanted.order_by("pk").select_for_update(of=("self",)).select_related("user"))
        for row in found:
            set_customer(instance=row, expected_version=row.version, actor=actor, customer=customer)
        if note.strip() and found:
            _write_note(found, customer, note, actor)
    return len(found)


def _write_note(rows: Sequence[WecomCheckin], customer: Customer, note: str, actor: User) -> None:
    """The product has no record of a visit: the note is a comment, and tells where and when."""
    if not actor.has_perm("crm.add_comment"):
        raise NotAllowed(_("Your role writes no comments."), field="note")
    visits = "\n".join(f"{moment(row.at)} · {row}" for row in rows[:MOST_NAMED])
    add_comment(actor=actor, record=customer, text=f"{note.strip()}\n{_('Check-in')}: {visits}")


def to_name(user: User) -> int | None:
    """How many of one's own lack the customer; None for none."""
    rows = WecomCheckin.objects.visible_to(user).filter(user=user, customer__isnull=True)
    return rows.count() or None


def placed_before(day: dt.date) -> QuerySet[WecomCheckin]:
    """Check-ins before that day whose place is still kept."""
    return WecomCheckin._base_manager.filter(at__date__lt=day).exclude(place="", address="", latitude=None)
