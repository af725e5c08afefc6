"""Keep certificates and their versions, and work out until when there is a valid file."""

import datetime as dt
from collections.abc import Collection
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import owner_changed, records_changed
from crm.locks import lock_row
from crm.models import Attachment, Task, User
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.records.references import reference_of
from crm.workflow.domain.tasks import complete
from crm.workflow.models import TaskState
from opportunities.certificate_rules import counting, covered_until
from opportunities.models import Certificate, CertificateVersion, DocumentSetItem

EXPIRY = "certificate_expiry"  # the kind of the to-do before the end


def create_certificate(*, actor: User, product_lines: Any = (), products: Any = (), **values: Any) -> Certificate:
    """A certificate without a file yet; the actor is responsible unless somebody else is named."""
    values["owner"] = values.get("owner") or actor
    certificate = Certificate(**values)
    with transaction.atomic():
        certificate.code = record_number("certificate", certificate)
        certificate.search_text = search_text(certificate)
        create_record(certificate)
        certificate.product_lines.set(product_lines)
        certificate.products.set(products)
    return certificate


def update_certificate(
    *,
    instance: Certificate,
    expected_version: int | None,
    actor: User,
    product_lines: Any = None,
    products: Any = None,
    **values: Any,
) -> Certificate:
    """Change what it says and covers; its files are versions. Raises StaleVersion, DomainError."""
    owner_before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    if instance.owner is None:
        instance.owner = actor
    instance.search_text = search_text(instance)
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=[*values, "owner", "search_text"])
        if product_lines is not None:
            saved.product_lines.set(product_lines)
        if products is not None:
            saved.products.set(products)
        if saved.owner_id != owner_before:
            _tell_owner([saved.pk], saved.owner_id, actor)
    return saved


def add_version(*, actor: User, certificate: Certificate, file: Attachment, **values: Any) -> CertificateVersion:
    """A new file; it counts from its first day on, those before stay readable. Raises DomainError for days that cannot be."""
    with transaction.atomic():
        lock_row(Certificate._base_manager.all(), certificate.pk)
        version = CertificateVersion(certificate=certificate, file=file, **values)
        _refuse_future(version)
        rows = CertificateVersion._base_manager.filter(certificate=certificate, language=version.language)
        version.edition = (rows.aggregate(last=Max("edition"))["last"] or 0) + 1
        create_record(version)
        refresh([certificate.pk], actor=actor)
    return version


def change_version(
    *, instance: CertificateVersion, expected_version: int | None, actor: User, **values: Any
) -> CertificateVersion:
    """Change its days, or withdraw it; the file stays. Raises StaleVersion, DomainError."""
    for name, value in values.items():
        setattr(instance, name, value)
    _refuse_future(instance)
    with transaction.atomic():
        lock_row(Certificate._base_manager.all(), instance.certificate_id)
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        refresh([instance.certificate_id], actor=actor)
    return saved


def remove_version(*, instance: CertificateVersion, actor: User) -> None:
    """Take a version away that was added by mistake. Raises DomainError for one that stands in a document set."""
    with transaction.atomic():
        lock_row(Certificate._base_manager.all(), instance.certificate_id)
        if DocumentSetItem._base_manager.filter(version_chosen=instance).exists():
            raise DomainError(_("This version stands in a document set: withdraw it instead."))
        instance.delete()
        refresh([instance.certificate_id], actor=actor)


def _refuse_future(version: CertificateVersion) -> None:
    if version.issued_on is not None and version.issued_on > timezone.localdate():
        raise DomainError(_("This day is still to come: enter when it happened."), field="issued_on")


def refresh(keys: Collection[int] | None = None, *, actor: User | None = None, today: dt.date | None = None) -> int:
    """Work out the days of these certificates (None: of all); returns how many changed. A later end lets the warnings begin anew,
    and `actor`, who brought it, has done what the to-do of the last warning asked for."""
    today = today or timezone.localdate()
    rows: Any = Certificate._base_manager.all()
    versions: Any = CertificateVersion._base_manager.order_by("certificate_id", "language")
    if keys is not None:
        rows, versions = rows.filter(pk__in=keys), versions.filter(certificate__in=keys)
    found = {key: list(group) for key, group in groupby(versions, lambda version: version.certificate_id)}
    changed = 0
    for certificate in rows.order_by("pk"):
        days = days_of(found.get(certificate.pk, []), today)
        if days == (certificate.valid_from, certificate.valid_until):
            continue
        before, changed = certificate.valid_until, changed + 1
        renewed = before is not None and (days[1] is None or days[1] > before)
        values: dict[str, Any] = {"valid_from": days[0], "valid_until": days[1]}
        if before != days[1]:
            values["warned_days"] = None
        with transaction.atomic():
            Certificate._base_manager.filter(pk=certificate.pk).update(**values, updated_at=timezone.now())
            records_changed.send(label=Certificate._meta.label_lower, keys=[certificate.pk])
        if renewed and actor is not None:
            _finish_tasks(certificate, actor)
    return changed


def days_of(versions: list[CertificateVersion], today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """From when and until when there is a valid file in every language that the certificate has."""
    starts, ends = [], []
    for _language, group in groupby(versions, lambda version: version.language):
        own = list(group)
        version = counting(own, today)
        if version is not None:
            starts.append(version.valid_from)
            ends.append(covered_until(own, version))
    if not starts:
        return None, None
    return max(starts), min((end for end in ends if end is not None), default=None)


def _finish_tasks(certificate: Certificate, actor: User) -> None:
    rows = Task.objects.filter(**reference_of(certificate), kind=EXPIRY, state=TaskState.OPEN)
    for task in rows.order_by("pk"):
        complete(task=task, actor=actor, note=_("A new version was added."))


def search_text(certificate: Certificate) -> str:
    """What the search finds it by."""
    kind = certificate.get_kind_display()  # type: ignore[attr-defined]
    others = (certificate.code, certificate.number, certificate.name_en, certificate.kind)
    return search_text_of(certificate.name, kind, certificate.issuer, certificate.plant, others=others)


def count_owned(user: User) -> int:
    """How many the user sees to."""
    return int(Certificate.objects.filter(owner=user).count())


def take_over_certificates(*, source: User, target: User, actor: User) -> int:
    """Give those of somebody who leaves to a colleague; returns how many."""
    keys = list(Certificate.objects.filter(owner=source).order_by("pk").values_list("pk", flat=True))
    rows = Certificate._base_manager.filter(pk__in=keys)
    rows.update(owner=target, version=F("version") + 1, updated_at=timezone.now())
    if keys:
        _tell_owner(keys, target.pk, actor)
    return len(keys)


def held_files(keys: Collection[int]) -> set[int]:
    """Those of these files that versions or document sets are made of."""
    found = set(CertificateVersion._base_manager.filter(file__in=keys).values_list("file", flat=True))
    return found | set(DocumentSetItem._base_manager.filter(file__in=keys).values_list("file", flat=True))


def _tell_owner(keys: list[int], owner: Any, actor: User) -> None:
    owner_changed.send(label=Certificate._meta.label_lower, keys=keys, owner=owner, actor=actor.pk)
