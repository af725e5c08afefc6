"""Document sets: begun, filled from the certificates, sent and renewed. What was sent stays as it is."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import owner_changed
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from customers.domain.certificates import update_certificate as update_demand
from opportunities.certificate_rules import newest, serves, wishes
from opportunities.domain.certificates.choosing import answers, counting_versions, covers, demands_of
from opportunities.domain.certificates.links import close_links, make_link
from opportunities.enums import DocumentSetState
from opportunities.models import CertificateVersion, DocumentOpening, DocumentSet, DocumentSetItem

MOST_ITEMS = 60
KEPT = ("number", "title", "customer", "admission", "opportunity", "language", "message", "owner")
COPIED = ("kind", "name", "name_en", "number", "issuer")


def create_set(*, actor: User, **values: Any) -> DocumentSet:
    """A set with what the customer demands and we have; the actor's unless said otherwise. Raises DomainError when its
    admission or opportunity is another customer's."""
    found = DocumentSet(**values, state_since=timezone.now())
    found.owner = found.owner or actor
    _place(found)
    with transaction.atomic():
        found.number = record_number("document_set", found)
        found.code = found.number
        found.search_text = search_text(found)
        create_record(found)
        demands = demands_of(found.customer_id, line_of(found))
        chosen = {answer.version.pk: answer.version for answer in answers(demands) if answer.is_met and answer.version}
        _fill(found, list(chosen.values()))
    return found


def update_set(*, instance: DocumentSet, expected_version: int | None, actor: User, **values: Any) -> DocumentSet:
    """Change one that was not sent. Raises StaleVersion, DomainError."""
    _refuse_sent(instance)
    owner_before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    instance.owner = instance.owner or actor
    _place(instance)
    instance.search_text = search_text(instance)
    fields = [*values, "owner", "team", "business_unit", "search_text"]
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=fields)
        if saved.owner_id != owner_before:
            _tell_owner([saved.pk], saved.owner_id, actor)
    return saved


def choose(*, document_set: DocumentSet, actor: User, versions: Sequence[CertificateVersion]) -> None:
    """These documents and no others, in this order. Raises DomainError once it was sent, and for too many."""
    if len(versions) > MOST_ITEMS:
        raise DomainError(_("A set holds %(n)d documents at most.") % {"n": MOST_ITEMS})
    with transaction.atomic():
        _refuse_sent(lock_row(DocumentSet._base_manager.all(), document_set.pk))
        kept = {row.version_chosen_id for row in document_set.items.all()}
        wanted = [version.pk for version in versions]
        document_set.items.exclude(version_chosen__in=wanted).delete()
        _fill(document_set, [version for version in versions if version.pk not in kept])


def _fill(document_set: DocumentSet, versions: Sequence[CertificateVersion]) -> None:
    last = document_set.items.aggregate(last=Max("position"))["last"] or 0
    for position, version in enumerate(versions, last + 1):
        create_record(
            DocumentSetItem(
                document_set=document_set,
                position=position,
                version_chosen=version,
                language=version.language,
                valid_until=version.valid_until,
                file=version.file,
                **{name: getattr(version.certificate, name) for name in COPIED},
            )
        )


def send_set(*, document_set: DocumentSet, actor: User, recipient: str, expires_on: dt.date) -> str:
    """Open a link for a recipient; returns what its address holds, which is kept nowhere. The first link sends the set: from then
    on nothing in it changes, and what the customer demands counts as given.

    Raises DomainError for an empty set, for documents that are not valid any more, and on "expires_on".
    """
    with transaction.atomic():
        found = lock_row(DocumentSet._base_manager.select_related("customer"), document_set.pk)
        if found.state == DocumentSetState.REPLACED:
            raise DomainError(_("This set was renewed: send the newer one."))
        if found.state == DocumentSetState.DRAFT:
            _refuse_unfit(found)
            transition(found, DocumentSetState.SENT, actor=actor, changes={"sent_on": timezone.localdate()})
            _note_given(found, actor)
        return make_link(document_set=found, actor=actor, recipient=recipient, expires_on=expires_on)


def _refuse_unfit(document_set: DocumentSet) -> None:
    items = list(document_set.items.select_related("version_chosen"))
    if not items:
        raise DomainError(_("Choose the documents first."))
    today = timezone.localdate()
    if unfit := [str(item) for item in items if is_over(item, today)]:
        message = _("These are not valid any more: %(names)s. Take a newer version or leave them out.")
        raise DomainError(message % {"names": enumerated(unfit)})


def is_over(item: DocumentSetItem, day: dt.date) -> bool:
    """Whether what was chosen is expired or withdrawn."""
    withdrawn = item.version_chosen.withdrawn_on
    return (item.valid_until is not None and item.valid_until < day) or (withdrawn is not None and withdrawn <= day)


def _note_given(document_set: DocumentSet, actor: User) -> None:
    """What the customer demands and has now in every language it wants was given today."""
    items = list(
        document_set.items.select_related("version_chosen__certificate").prefetch_related(
            "version_chosen__certificate__product_lines", "version_chosen__certificate__products"
        )
    )
    for demand in demands_of(document_set.customer_id):
        given = []
        for wish in wishes(demand.language):
            fitting = [item for item in items if answers_demand(item, demand, wish)]
            given.append(max(fitting, key=lambda item: item.valid_until or dt.date.max, default=None))
        if any(item is None for item in given):
            continue
        end = min((item.valid_until for item in given if item is not None and item.valid_until), default=None)
        values = {"given_on": timezone.localdate(), "valid_until": end}
        update_demand(instance=demand, expected_version=None, actor=actor, **values)


def answers_demand(item: DocumentSetItem, demand: Any, wish: str) -> bool:
    """Whether a document is what the customer demands, in that language."""
    fits = item.kind == demand.kind and serves(item.language, wish)
    return fits and covers(item.version_chosen.certificate, demand.product_line_id)


def newer_versions(items: Sequence[DocumentSetItem]) -> dict[int, CertificateVersion]:
    """For the items of which a newer version counts today: that version, by the item's key."""
    keys = {item.version_chosen.certificate_id for item in items}
    counts = {(row.certificate_id, row.language): row for row in counting_versions(keys=keys)} if keys else {}
    found = {}
    for item in items:
        mine = item.version_chosen
        version = counts.get((mine.certificate_id, mine.language))
        if version is not None and newest(version) > newest(mine):
            found[item.pk] = version
    return found


def renew_set(
    *, document_set: DocumentSet, actor: User, recipient: str, expires_on: dt.date
) -> tuple[DocumentSet, str]:
    """The next edition with the newest version of every document, sent at once; the one before is replaced and its links are
    closed. Returns it with what the link's address holds.

    Raises DomainError when nothing newer is there, for one that was not sent, and as send_set().
    """
    with transaction.atomic():
        old = lock_row(DocumentSet._base_manager.select_related("customer", "owner"), document_set.pk)
        if old.state != DocumentSetState.SENT:
            raise DomainError(_("Only a set that was sent, and not renewed yet, is renewed."))
        items = list(old.items.select_related("version_chosen__certificate", "version_chosen__file"))
        newer = newer_versions(items)
        if not newer:
            raise DomainError(_("Every document is the newest there is: add the new version of the certificate first."))
        edition = DocumentSet(
            **{name: getattr(old, name) for name in KEPT},
            edition=old.edition + 1,
            code=f"{old.number}-V{old.edition + 1}",
            follows=old,
            state_since=timezone.now(),
            search_text=old.search_text,
        )
        if edition.owner is None or not edition.owner.is_active:
            edition.owner = actor
        _place(edition)
        create_record(edition)
        _fill(edition, list({row.pk: row for row in (newer.get(i.pk, i.version_chosen) for i in items)}.values()))
        transition(old, DocumentSetState.REPLACED, actor=actor)
        close_links(old)
        token = send_set(document_set=edition, actor=actor, recipient=recipient, expires_on=expires_on)
    edition.refresh_from_db()
    return edition, token


def line_of(document_set: DocumentSet) -> int | None:
    """The product line that it is about, by its admission or opportunity."""
    for record in (document_set.admission, document_set.opportunity):
        if record is not None and record.product_line_id:
            return int(record.product_line_id)
    return None


def _place(document_set: DocumentSet) -> None:
    """The team of the owner, the unit of the customer; what it belongs to is the same customer's."""
    for name in ("admission", "opportunity"):
        record = getattr(document_set, name)
        if record is not None and record.customer_id != document_set.customer_id:
            raise DomainError(
                _("This is another customer's: choose one of %(name)s.") % {"name": document_set.customer}, field=name
            )
    owner: Any = document_set.owner
    document_set.team = placement_of(owner, timezone.localdate()).team
    document_set.business_unit_id = document_set.customer.business_unit_id


def _refuse_sent(document_set: DocumentSet) -> None:
    if document_set.state != DocumentSetState.DRAFT:
        raise DomainError(_("This set was sent: it stays as it is. Renew it, or begin another one."))


def transfer_sets(rows: QuerySet[DocumentSet], *, owner: User, actor: User) -> int:
    """Give these to a new owner, who is told; returns how many."""
    with transaction.atomic(), acting(verb="transfer_owner"):
        chosen = DocumentSet._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        keys = list(chosen.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        DocumentSet._base_manager.filter(pk__in=keys).update(
            owner=owner,
            team=placement_of(owner, timezone.localdate()).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if keys:
            _tell_owner(keys, owner.pk, actor)
    return len(keys)


def followed(rows: Any) -> Any:
    """Those that somebody has to look after: not replaced."""
    return rows.exclude(state=DocumentSetState.REPLACED)


def count_owned(user: User) -> int:
    """How many the user looks after."""
    return int(followed(DocumentSet.objects.filter(owner=user)).count())


def take_over_sets(*, source: User, target: User, actor: User) -> int:
    """Give those of somebody who leaves to a colleague; returns how many."""
    return transfer_sets(followed(DocumentSet.objects.filter(owner=source)), owner=target, actor=actor)


def search_text(document_set: DocumentSet) -> str:
    """What the search finds it by."""
    customer = document_set.customer
    others = (document_set.code, customer.code)
    return search_text_of(document_set.title, customer.name, customer.short_name, others=others)


def count_items(rows: Sequence[Any]) -> None:
    """Put onto sets how many documents each holds, as `item_count`."""
    _count(rows, DocumentSetItem, "document_set", "item_count")


def count_openings(rows: Sequence[Any]) -> None:
    """Put onto sets how often each was opened, page and files together, as `opened_count`."""
    _count(rows, DocumentOpening, "link__document_set", "opened_count")


def _count(rows: Sequence[Any], model: Any, path: str, name: str) -> None:
    found = model._base_manager.filter(**{f"{path}__in": [row.pk for row in rows]}).order_by()
    counts = dict(found.values_list(path).annotate(n=Count("pk")))
    for row in rows:
        setattr(row, name, counts.get(row.pk, 0))


def items_of(document_set: DocumentSet, keys: Collection[int] | None = None) -> list[DocumentSetItem]:
    """Its documents in their order, with what their lines need."""
    rows = document_set.items.select_related("version_chosen__certificate", "file").order_by("position", "pk")
    return list(rows if keys is None else rows.filter(pk__in=keys))


def _tell_owner(keys: list[int], owner: Any, actor: User) -> None:
    owner_changed.send(label=DocumentSet._meta.label_lower, keys=keys, owner=owner, actor=actor.pk)
