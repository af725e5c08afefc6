"""The list's first page on 100,000 customers: indexes serve it for a representative, a manager and a business-unit head."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from crm.models import RecordShare, User
from customers.models import Customer
from tests.factories.records import make_customer

FILL = """
INSERT INTO customers_customer (extra, code, name, short_name, name_en, credit_code, kind, state, grade, industry, application,
  province, city, address, phone, website, next_step, notes, search_text, owner_id, team_id, business_unit_id, created_at,
  updated_at, version, group_path)
SELECT '{}', 'P' || lpad(n::text, 7, '0'), 'P' || n, '', '', '', 'direct', 'active', '', '', '', '', '', '', '', '', '', '', '',
  (%s::bigint[])[1 + n %% 50], (%s::bigint[])[1 + n %% 10], (%s::bigint[])[1 + n %% 4], now(), now(), 1, ''
FROM generate_series(1, 100000) n
"""


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """All nodes of a plan."""
    return [plan, *(node for below in plan.get("Plans", ()) for node in nodes(below))]


def test_first_page_of_a_long_list_reads_indexes_only(org: Any) -> None:
    people = org.people
    colleagues = [User.objects.create(username=f"p{n}", display_name=f"p{n}").pk for n in range(49)]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE customers_customer DISABLE TRIGGER USER")
        cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign keys to look up 300,000 times
        cursor.execute(
            FILL,
            [
                [people.sales_rep.pk, *colleagues],
                [org.sub_team.pk, *[org.other_team.pk] * 9],
                [org.silicones.pk, *[org.agro.pk] * 3],
            ],
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE customers_customer")
    shared = make_customer(org, owner=people.stranger, code="A-SHARED")
    content_type = ContentType.objects.get_for_model(Customer)
    RecordShare.objects.create(content_type=content_type, object_id=shared.pk, user=people.sales_rep)
    for user in (people.sales_rep, people.sales_manager, people.bu_head):
        page = Customer.objects.visible_to(user).order_by("code", "pk")[:51]
        [plan] = json.loads(page.explain(format="json"))
        scans = [node["Node Type"] for node in nodes(plan["Plan"])]
        assert "Seq Scan" not in scans, (user, scans)
        assert len(page) == 51
        assert (shared in page) == (user == people.sales_rep)
