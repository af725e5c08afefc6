"""What the search box finds of opportunities and of the collaborations around them."""

from collections.abc import Sequence
from typing import Any

from crm.extension_points import SearchHit
from opportunities.enums import CertificateState
from opportunities.models import (
    Certificate,
    DevelopmentRequest,
    DocumentSet,
    Opportunity,
    Quote,
    SampleRequest,
    SupplierAdmission,
    Tender,
)
from opportunities.tables.certificate import certificate_url, state_now
from opportunities.tables.development import development_url
from opportunities.tables.document_set import set_url
from opportunities.tables.opportunity import record_url
from opportunities.tables.qualification import admission_url
from opportunities.tables.quote import quote_url
from opportunities.tables.sample import sample_url
from opportunities.tables.tender import tender_url


def search_opportunities(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Opportunities in the user's scope that contain the words, the newest first."""
    rows = Opportunity.objects.visible_to(user).search(text).select_related("customer", "stage").order_by("-pk")[:limit]
    return [
        SearchHit(row.name, f"{row.code} · {row.customer} · {row.stage.label}", record_url(row), row.customer.grade)
        for row in rows
    ]


def search_samples(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Sample requests in the user's scope that contain the words, the newest first."""
    rows = SampleRequest.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(row.code, f"{row.customer} · {row.get_state_display()}", sample_url(row), row.customer.grade)
        for row in rows
    ]


def search_tenders(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Tenders in the user's scope that contain the words, the newest first."""
    rows = Tender.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(
            row.title,
            f"{row.code} · {row.customer} · {row.get_state_display()}",
            tender_url(row),
            row.customer.grade,
        )
        for row in rows
    ]


def search_quotes(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Quotes in the user's scope that contain the words, the newest first."""
    rows = Quote.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(row.code, f"{row.customer} · {row.get_state_display()}", quote_url(row), row.customer.grade)
        for row in rows
    ]


def search_supplier_admissions(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Admissions as a supplier in the user's scope that contain the words, the newest first."""
    rows = SupplierAdmission.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(
            row.title,
            f"{row.code} · {row.customer} · {row.get_state_display()}",
            admission_url(row),
            row.customer.grade,
        )
        for row in rows
    ]


def search_certificates(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Our certificates that contain the words, the newest first."""
    rows = Certificate.objects.visible_to(user).search(text).order_by("-pk")[:limit]
    return [
        SearchHit(row.label, f"{row.code} · {CertificateState(state_now(row)).label}", certificate_url(row), "")
        for row in rows
    ]


def search_document_sets(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Document sets in the user's scope that contain the words, the newest first."""
    rows = DocumentSet.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(
            row.title, f"{row.code} · {row.customer} · {row.get_state_display()}", set_url(row), row.customer.grade
        )
        for row in rows
    ]


def search_developments(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """New-product requests in the user's scope that contain the words, the newest first."""
    rows = DevelopmentRequest.objects.visible_to(user).search(text).select_related("customer").order_by("-pk")[:limit]
    return [
        SearchHit(
            row.title,
            f"{row.code} · {row.customer} · {row.get_state_display()}",
            development_url(row),
            row.customer.grade,
        )
        for row in rows
    ]
