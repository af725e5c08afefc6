"""Our certificates and document sets for tests, made as the pages make them."""

import itertools
from typing import Any

from django.core.files.base import ContentFile

from crm.models import User
from crm.records.domain.attachments import attach
from opportunities.domain.certificates import sets, vault
from opportunities.models import Certificate, CertificateVersion, DocumentSet
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer

_numbers = itertools.count(1)


def make_our_certificate(org: Organisation, *, owner: User | None = None, **values: Any) -> Certificate:
    """A certificate without a file; of all that we make unless said otherwise."""
    actor = owner or org.people.sales_rep
    values = {"kind": "iso9001", "name": f"质量管理体系证书{next(_numbers)}", "number": "00123Q", **values}
    return vault.create_certificate(actor=actor, owner=actor, **values)


def add_file(certificate: Certificate, start: int = -300, until: int | None = 300, **values: Any) -> CertificateVersion:
    """A version of it with a PDF of its own, in force between those days from today."""
    number = next(_numbers)
    upload = ContentFile(f"%PDF-1.7 {number}".encode(), name=f"证书{number}.pdf")
    return vault.add_version(
        actor=certificate.owner,
        certificate=certificate,
        file=attach(actor=certificate.owner, record=certificate, upload=upload),
        valid_from=day(start),
        valid_until=None if until is None else day(until),
        **values,
    )


def make_version(org: Organisation, owner: User | None = None, **values: Any) -> CertificateVersion:
    """A version in force of a certificate of that owner."""
    return add_file(make_our_certificate(org, owner=owner), **values)


def make_set(org: Organisation, *, owner: User | None = None, customer: Any = None, **values: Any) -> DocumentSet:
    """A set for a customer of that owner, with what the customer demands."""
    customer = customer or make_customer(org, owner=owner)
    values = {"title": f"准入资料{next(_numbers)}", "language": "zh-hans", **values}
    return sets.create_set(actor=customer.owner, customer=customer, **values)


def make_filled_set(org: Organisation, *, owner: User | None = None, **values: Any) -> DocumentSet:
    """One with a document."""
    found = make_set(org, owner=owner, **values)
    sets.choose(document_set=found, actor=found.owner, versions=[make_version(org)])
    return found


def make_sent_set(org: Organisation, *, owner: User | None = None, **values: Any) -> Any:
    """One that was sent to somebody; `token` opens it, `link` is the link."""
    found: Any = make_filled_set(org, owner=owner, **values)
    found.token = sets.send_set(document_set=found, actor=found.owner, recipient="王工", expires_on=day(30))
    token = found.token
    found.refresh_from_db()
    found.token, found.link = token, found.links.get()
    return found
