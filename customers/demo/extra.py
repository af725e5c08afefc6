"""Extra fields of the demo company's customers, with values on some of them."""

import json
from typing import Any

import numpy as np

from crm.demo.table import Table
from crm.demo.world import World

_PACKAGING = (("200 kg 铁桶", "Steel drum 200 kg"), ("20 kg 塑料桶", "Pail 20 kg"), ("1000 L 吨桶", "IBC 1000 L"))
_CODES = ("steel-drum-200-kg", "pail-20-kg", "ibc-1000-l")  # as the domain function makes them of the English names
_FILLED = 0.35  # of the customers


def add_extra(world: World, table: Table) -> None:
    """Values as the fields store them."""
    rng = world.rng("extra")
    count = len(table)
    filled = rng.random(count) < _FILLED
    plants, packaging, audited = rng.integers(1, 9, count), rng.integers(0, len(_CODES), count), rng.random(count) < 0.6
    since = world.first_day.astype("datetime64[D]") - rng.integers(0, 3000, count)
    days = np.datetime_as_string(since).tolist()
    rows = zip(filled.tolist(), plants.tolist(), packaging.tolist(), audited.tolist(), days, strict=True)
    table.add(
        "extra",
        "text",
        [
            json.dumps({"plants": n, "packaging": _CODES[pack], "audited": passed, "partnersince": day})
            if given
            else "{}"
            for given, n, pack, passed, day in rows
        ],
    )


def define_extra() -> None:
    """The fields, and the list that one of them chooses from; it stays when the demo company is loaded anew."""
    # the ERP simulator makes the same company without Django's models
    from crm.models import ChoiceList, User  # noqa: PLC0415
    from crm.records.domain.choices import create_item, create_list  # noqa: PLC0415
    from crm.records.domain.extra_fields import create_field  # noqa: PLC0415

    actor = User._base_manager.order_by("pk")[0]
    choices = ChoiceList.objects.filter(name="包装偏好").first()
    if choices is None:
        choices = create_list(actor=actor, name="包装偏好", name_en="Preferred packaging")
        for name, name_en in _PACKAGING:
            create_item(choices=choices, actor=actor, name=name, name_en=name_en)
    section: dict[str, Any] = {"section": "合作信息", "section_en": "Cooperation"}
    fields: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("partnersince", "合作起始日期", "Partner since", {"type": "date"}),
        ("plants", "工厂数量", "Plants", {"type": "integer", "minimum": 1}),
        ("packaging", "包装偏好", "Preferred packaging", {"type": "choice", "choice_list": choices}),
        ("audited", "已通过供应商审核", "Supplier audit passed", {"type": "boolean"}),
    )
    for position, (key, name, name_en, more) in enumerate(fields, 1):
        values = {"key": key, "name": name, "name_en": name_en, "position": position * 10, **section, **more}
        create_field(actor=actor, record="customers.customer", **values)
