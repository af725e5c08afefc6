"""`python -m bench import --rows N` (or --scale S: 333 rows each): read, check and write an .xlsx customer archive of 20 columns.

The rows go through the same functions as the pages and the worker, in this process. What was written is removed at the end.
"""

import argparse
import io
import resource
import time
from collections.abc import Callable
from typing import Any

import xlsxwriter
from django.core.management import call_command
from django.db import connection

from crm.importing.domain import batches
from crm.importing.domain.checking import sheet_rows
from crm.importing.enums import OnDuplicate
from crm.importing.models import ImportBatch, ImportRow
from crm.models import BusinessUnit, Job, Region, User
from customers.models import Customer
from customers.validators import credit_code_check_digit

HEAD = [
    "客户名称*",
    "客户简称",
    "统一社会信用代码",
    "客户类型",
    "等级",
    "所属行业",
    "应用领域",
    "销售区域",
    "省份",
    "城市",
    "详细地址",
    "公司电话",
    "业务员",
    "账期(天)",
    "信用额度(万元)",
    "年需求(吨)",
    "联系人",
    "联系人职务",
    "手机",
    "邮箱",
]

HANGING_ON_CUSTOMERS = """
    SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.confrelid = 'customers_customer'::regclass AND c.contype = 'f'"""


def sheet(rows: int, owner: str, region: str) -> bytes:
    """The file: one row in fifty is wrong, one in a hundred repeats the one before."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet("客户")
    page.write_row(0, 0, HEAD)
    for number in range(1, rows + 1):
        same = number - 1 if number % 100 == 0 else number
        first = f"91990000BE{same:07d}"
        code, grade = first + credit_code_check_digit(first), "A+" if number % 50 == 7 else "SABCD"[number % 5]
        company = (f"导入测速{same}密封材料有限公司", f"测速{same}", code, "经销商", grade, "汽车零部件", "密封圈")
        place = (region, "浙江", "宁波", f"江北区长兴路 {number} 号", f"0574-{number:08d}")
        terms = (owner, "60天", "50", number % 400)
        contact = (f"陈{number}", "采购经理", f"138{number:08d}", f"buyer{number}@example.com")
        page.write_row(number, 0, (*company, *place, *terms, *contact))
    book.close()
    return out.getvalue()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what it gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def person() -> User:
    """Who imports: a superuser with a business unit, made when there is none."""
    unit = BusinessUnit.objects.order_by("pk").first() or BusinessUnit.objects.create(code="BENCH", name="测速")
    found = User.objects.filter(username="bench-import").first()
    return found or User.objects.create_superuser("bench-import", None, display_name="测速员", business_unit=unit)


def clean_up(batch: ImportBatch, actor: User) -> None:
    """Remove what the run wrote, its trail included."""
    made = list(ImportRow.objects.filter(batch=batch, outcome="created").values_list("target_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(HANGING_ON_CUSTOMERS)
        hanging = sorted(cursor.fetchall(), key=lambda row: row[0] != "customers_contact")
        events = [("customers_contactevent", "customer_id"), ("customers_customerevent", "pgh_obj_id")]
        for table, column in (*hanging, ("customers_customer", "id"), *events):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [made])
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    stored = [batch.upload, batch.rejected_file]
    batch.delete()
    for file in stored:
        if file:
            file.delete(save=False)
    if actor.username == "bench-import":
        Job.objects.filter(created_by=actor).delete()
        actor.delete()


def main(argv: list[str]) -> int:
    """Print seconds, rows per second and the peak of memory."""
    parser = argparse.ArgumentParser(prog="python -m bench import")
    parser.add_argument("--scale", type=int, default=30, help="333 rows each (default 30: about 10,000 rows)")
    parser.add_argument("--rows", type=int)
    options = parser.parse_args(argv)
    rows = options.rows or options.scale * 333
    call_command("migrate", interactive=False, verbosity=0)
    actor = person()
    region = Region.objects.order_by("pk").first() or Region.objects.create(code="BENCH", name="测速大区", path="/")
    content = sheet(rows, actor.username, region.code)
    existing = Customer._base_manager.count()
    before = peak()
    uploaded, batch = timed(
        lambda: batches.create_batch(actor=actor, resource_key="customers", file_name="bench.xlsx", content=content)
    )
    read, _rows = timed(lambda: sum(1 for _row in sheet_rows(batch)))
    batches.set_mapping(batch=batch, actor=actor, mapping=batch.mapping)
    checked, _ = timed(lambda: batches.start_check(batch=batch, actor=actor, at_once=True))
    written, _ = timed(
        lambda: batches.start_commit(batch=batch, actor=actor, on_duplicate=OnDuplicate.SKIP, at_once=True)
    )
    print(f"{rows:,} rows x {len(HEAD)} columns, {len(content) / 1e6:.1f} MB; {existing:,} customers before")
    print(f"{'step':<42}{'seconds':>9}{'rows/s':>10}")
    for name, seconds in (
        ("upload: sheets, column heads, samples", uploaded),
        ("read the file", read),
        ("check: read, parse, compare", checked),
        ("write: judge, COPY, insert, audit trail", written),
        ("check and write", checked + written),
    ):
        print(f"{name:<42}{seconds:>9.2f}{rows / seconds:>10,.0f}")
    print(f"peak memory {peak():.0f} MB (before {before:.0f} MB); result {batch.counts.get('result')}")
    clean_up(batch, actor)
    return 0


def peak() -> float:
    """The largest size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
