"""Certificates and document sets of the demo company: in every state and both languages; sets in every state."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from crm.demo.world import World
from crm.dossier.demo import small_pdf
from crm.models import Product, ProductLine
from crm.records.domain.attachments import attach
from crm.workflow.demo import person
from customers.domain.certificates import add_certificate
from customers.models import Customer, CustomerCertificateDemand
from opportunities.certificate_rules import ALIVE
from opportunities.domain.certificates import links, sets, vault
from opportunities.domain.certificates.choosing import counting_versions, state_now
from opportunities.domain.certificates.watch import warn_of_certificates
from opportunities.models import Certificate, DocumentSet, SupplierAdmission

STEWARD, PRODUCT_MANAGER = "fangj", "hanrj"
# kind, Chinese and English name, issuer, number, covers, who sees to it, files: (language, first day, last day) from today
CERTIFICATES: tuple[tuple[str, str, str, str, str, str, str, tuple[tuple[str, int, int | None], ...]], ...] = (
    (
        "iso9001",
        "质量管理体系认证证书",
        "Quality management system certificate",
        "SGS",
        "CN20/30977",
        "",
        STEWARD,
        (("zh", -1400, -306), ("zh", -305, 790), ("en", -305, 790)),
    ),
    (
        "iso14001",
        "环境管理体系认证证书",
        "Environmental management system certificate",
        "SGS",
        "CN21/31204",
        "",
        STEWARD,
        (("zh_en", -1040, 54),),
    ),
    (
        "iatf16949",
        "汽车行业质量管理体系证书",
        "Automotive quality management certificate",
        "TÜV SÜD",
        "IATF 0418271",
        "line",
        STEWARD,
        (("zh", -700, 395), ("en", -700, 25)),
    ),
    (
        "iso45001",
        "职业健康安全管理体系证书",
        "Occupational health and safety certificate",
        "CQC",
        "CQC22S31877",
        "",
        STEWARD,
        (("zh", -1110, -15),),
    ),
    (
        "reach",
        "REACH SVHC 符合性声明",
        "REACH SVHC declaration of conformity",
        "",
        "",
        "line",
        PRODUCT_MANAGER,
        (("zh", -120, 245), ("en", -120, 245)),
    ),
    (
        "rohs",
        "RoHS 检测报告",
        "RoHS test report",
        "CTI",
        "A2250312",
        "line",
        PRODUCT_MANAGER,
        (("zh_en", -360, 5), ("zh_en", 6, 371)),
    ),
    (
        "sds",
        "灌封胶安全技术说明书",
        "Safety data sheet, potting compound",
        "",
        "",
        "product",
        PRODUCT_MANAGER,
        (("zh", -600, None), ("en", -600, None)),
    ),
    (
        "tds",
        "灌封胶技术数据表",
        "Technical data sheet, potting compound",
        "",
        "",
        "product",
        PRODUCT_MANAGER,
        (("zh", -200, None),),
    ),
    (
        "audit",
        "2026 年度客户二方审核报告",
        "Second-party audit report 2026",
        "SGS",
        "AUD-26-081",
        "",
        STEWARD,
        (("zh", 20, 385),),
    ),
)
DEMANDS = (("iso9001", "both", 60), ("iso14001", "", 30), ("reach", "en", None), ("rohs", "", None), ("ul", "en", None))
READERS = ("203.0.113.24", "198.51.100.7")  # addresses that belong to nobody


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        for row in CERTIFICATES:
            _certificate(*row)
        warn_of_certificates()
        own = list(Customer.objects.filter(owner=person("linxw")).select_related("owner").order_by("code")[:4])
        if len(own) == 4:
            _sets(own)


def _certificate(
    kind: str, name: str, name_en: str, issuer: str, number: str, covers: str, owner: str, files: Any
) -> Certificate:
    who, today = person(owner), timezone.localdate()
    line = ProductLine.objects.order_by("code").first()
    product = Product.objects.filter(product_line=line, is_active=True).order_by("code").first()
    certificate = vault.create_certificate(
        actor=who,
        kind=kind,
        name=name,
        name_en=name_en,
        issuer=issuer,
        number=number,
        product_lines=[line] if covers == "line" and line else [],
        products=[product] if covers == "product" and product else [],
        plant="苏州工厂" if kind == "iso45001" else "",
        owner=who,
    )
    for place, (language, start, end) in enumerate(files, 1):
        days = [today + dt.timedelta(days=day) if day is not None else None for day in (start, end)]
        lines = (name_en, f"{number or certificate.code} / {language} / {place}", f"{days[0]} - {days[1] or 'open'}")
        upload = ContentFile(small_pdf(*lines), name=f"{kind}-{language}-{place}.pdf")
        vault.add_version(
            actor=who,
            certificate=certificate,
            file=attach(actor=who, record=certificate, upload=upload),
            language=language,
            issued_on=min(days[0] or today, today),
            valid_from=days[0],
            valid_until=days[1],
        )
    return certificate


def _sets(own: list[Customer]) -> None:
    """Of one representative: one that is put together, one sent and read, one of which a newer version came, one renewed."""
    for customer in own:
        _demand(customer)
    _set(own[0], "年度供应商资质资料")
    _sent(_set(own[1], "合格供方准入资料", message="请查收我司最新资质证书，如需纸质件请与我联系。"), "王工（SQE）")
    stale = _sent(_set(own[2], "新项目定点资质资料", language="en"), "Quality department")
    _newer(stale)
    renewed = _sent(_set(own[3], "年度复审资料"), "采购部李经理")
    _newer(renewed)
    today = timezone.localdate()
    sets.renew_set(
        document_set=renewed,
        actor=renewed.owner,  # type: ignore[arg-type]
        recipient="采购部李经理",
        expires_on=today + dt.timedelta(days=30),
    )


def _demand(customer: Customer) -> None:
    since = timezone.localdate() - dt.timedelta(days=200)
    for kind, language, renewal in DEMANDS:
        if not CustomerCertificateDemand.objects.filter(customer=customer, kind=kind).exists():
            add_certificate(
                actor=customer.owner,  # type: ignore[arg-type]
                customer=customer,
                kind=kind,
                language=language,
                renewal_days=renewal,
                needed_since=since,
            )


def _set(customer: Customer, title: str, **values: Any) -> DocumentSet:
    admission = SupplierAdmission.objects.filter(customer=customer).order_by("pk").first()
    owner: Any = customer.owner
    values = {"language": "zh-hans", **values}
    found = sets.create_set(
        actor=owner,
        customer=customer,
        title=title,
        admission=admission,
        opportunity=admission.opportunity if admission is not None else None,
        **values,
    )
    if not found.items.exists():
        sets.choose(document_set=found, actor=owner, versions=_valid())
    return found


def _valid() -> list[Any]:
    """A few that can be shown."""
    return [row for row in counting_versions() if state_now(row) in ALIVE][:4]


def _sent(document_set: DocumentSet, recipient: str) -> DocumentSet:
    today = timezone.localdate()
    token = sets.send_set(
        document_set=document_set,
        actor=document_set.owner,  # type: ignore[arg-type]
        recipient=recipient,
        expires_on=today + dt.timedelta(days=30),
    )
    document_set.refresh_from_db()
    link = links.find_link(token)
    if link is not None:
        links.note_opening(link=link, address=READERS[0])
        for item in sets.items_of(document_set)[:2]:
            links.note_opening(link=link, address=READERS[0], item=item)
        links.note_opening(link=link, address=READERS[1])
    return document_set


def _newer(document_set: DocumentSet) -> None:
    """The first of its certificates got a newer version since."""
    item = sets.items_of(document_set)[0]
    certificate, today = item.version_chosen.certificate, timezone.localdate()
    upload = ContentFile(
        small_pdf(certificate.name_en, f"{document_set.code} renewed"), name=f"{certificate.kind}-new.pdf"
    )
    vault.add_version(
        actor=certificate.owner,
        certificate=certificate,
        file=attach(actor=certificate.owner, record=certificate, upload=upload),
        language=item.language,
        issued_on=today,
        valid_from=today,
        valid_until=today + dt.timedelta(days=1095),
    )
