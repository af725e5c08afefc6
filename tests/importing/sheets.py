"""Files for the tests of imports."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from crm.importing.domain import batches
from crm.importing.models import ImportBatch
from tests.factories.records import credit_code

HEAD = ["客户名称*", "统一社会信用代码", "等级", "区域", "负责人", "账期(天)", "年需求(吨)", "联系人", "手机"]


def line(number: int, **cells: Any) -> list[Any]:
    """A sound row of HEAD; cells replaced by name: name, code, grade, region, owner, days, demand, contact, mobile."""
    names = ("name", "code", "grade", "region", "owner", "days", "demand", "contact", "mobile")
    values: dict[str, Any] = {
        "name": f"导入客户{number}有限公司",
        "code": credit_code(500000 + number),
        "grade": "B",
        "region": "华东",
        "owner": "郑凯",
        "days": 60,
        "demand": 12,
        "contact": f"陈{number}",
        "mobile": f"138{number:08d}",
        **cells,
    }
    return [values[name] for name in names]


def xlsx(rows: Sequence[Sequence[Any]], head: Sequence[str] | None = HEAD, *, above: int = 0) -> bytes:
    """A workbook whose heads stand below `above` rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("客户")
    if above:
        sheet.write(0, 0, "客户主数据")
    lines = [*([head] if head else []), *rows]
    for index, cells in enumerate(lines):
        for column, value in enumerate(cells):
            (sheet.write_string if isinstance(value, str) else sheet.write)(index + above, column, value)
    book.close()
    return out.getvalue()


def csv_text(rows: Sequence[Sequence[Any]], *, delimiter: str = ",") -> str:
    """The same as text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def batch_of(actor: Any, content: bytes, name: str = "客户.xlsx") -> ImportBatch:
    """An uploaded file."""
    return batches.create_batch(actor=actor, resource_key="customers", file_name=name, content=content)


def checked(actor: Any, content: bytes, name: str = "客户.xlsx") -> ImportBatch:
    """An uploaded and checked file."""
    return batches.start_check(batch=batch_of(actor, content, name), actor=actor, at_once=True)


def imported(actor: Any, content: bytes, *, on_duplicate: str = "skip") -> ImportBatch:
    """A file imported."""
    batch = checked(actor, content)
    return batches.start_commit(batch=batch, actor=actor, on_duplicate=on_duplicate, at_once=True)


def rows_of(batch: ImportBatch) -> list[Any]:
    """The stored rows in order."""
    return list(batch.rows.order_by("number"))
