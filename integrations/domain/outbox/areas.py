"""What administrators say about handing over: switches, where business units sell in the ERP, codes of terms."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from crm.base.saving import create_record, save_record
from crm.languages import in_each_language
from crm.models import BusinessUnit, User
from crm.records.choices import listed
from integrations.domain.outbox.kinds import Unready
from integrations.enums import MessageKind, Problem
from integrations.models import ErpCode, OutboxSwitch, SalesArea

LISTS = ("payment_terms", "delivery_terms")  # whose items have codes in the ERP


def area_of(unit: BusinessUnit) -> SalesArea:
    """Where a business unit sells. Raises Unready when nobody has said so."""
    found = SalesArea._base_manager.filter(business_unit=unit).first()
    if found is None:
        raise Unready(Problem.NO_AREA, unit=in_each_language(lambda: unit.label))
    return found


def code_of(list_key: str, item: str) -> str:
    """What the ERP calls an item of a list; empty for no item. Raises Unready when nobody has said so."""
    if not item:
        return ""
    found = ErpCode._base_manager.filter(list_key=list_key, item=item).values_list("code", flat=True).first()
    if not found:
        raise Unready(Problem.NO_CODE, item=in_each_language(lambda: str(listed(list_key).label(item))))
    return found


def save_area(*, area: SalesArea, expected_version: int | None, actor: User) -> SalesArea:
    """Create or change a sales area. Raises DomainError, StaleVersion."""
    with transaction.atomic():
        return create_record(area) if area.pk is None else save_record(area, expected_version=expected_version)


def switch(*, kind: MessageKind, on: bool, actor: User) -> None:
    """Hand records of that kind over from now on, or no more; what waits then waits."""
    with transaction.atomic():
        row, _made = OutboxSwitch._base_manager.select_for_update().get_or_create(kind=kind)
        if row.is_on != on:
            row.is_on = on
            save_record(row, expected_version=None, fields=["is_on"])


def save_codes(*, codes: Mapping[tuple[str, str], str], actor: User) -> None:
    """Say what these items, each with its list, are called in the ERP; an empty code takes it away. Raises DomainError."""
    with transaction.atomic():
        rows = {(row.list_key, row.item): row for row in ErpCode._base_manager.select_for_update().order_by("pk")}
        for (list_key, item), code in codes.items():
            row: Any = rows.get((list_key, item))
            if row is None and code:
                create_record(ErpCode(list_key=list_key, item=item, code=code))
            elif row is not None and not code:
                row.delete()
            elif row is not None and row.code != code:
                row.code = code
                save_record(row, expected_version=None, fields=["code"])
