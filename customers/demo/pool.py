"""Pools, their rules, customers in them and on their way there, and hand-overs of the demo company."""

import datetime as dt

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import BusinessUnit, User
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain.approval_decisions import approve
from crm.workflow.models import ApprovalRequest
from customers.domain.handover.packs import create_pack, offer
from customers.domain.pool.claim import claim
from customers.domain.pool.entries import lock_customers, put_in
from customers.domain.pool.protection import DOCUMENT, ask_for_protection
from customers.domain.pool.settings import create_pool, create_rule
from customers.enums import CustomerState, Grade, PoolReason
from customers.models import Customer, CustomerActivity, CustomerPool, PoolEntry

IN_POOL = 14  # customers of each pool at scale 1
IDLE = {Grade.B: 90, Grade.C: 60, Grade.D: 45, "": 45}
_HASH = "(('x' || substr(md5('pool' || id::text), 1, 6))::bit(24)::int)"


def generate(world: World) -> None:
    """Made when customers and what is open with them are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        pools = _pools()
        _contacts(world)
        for pool in pools:
            _fill(world, pool)
        _claimed()
        _protections(world)
        _packs()


def _pools() -> list[CustomerPool]:
    admin, out = person("dengx"), []
    for unit in BusinessUnit.objects.order_by("pk"):
        pool = create_pool(
            actor=admin, name=f"{unit.name}公海", business_unit=unit, daily_limit=10, capacity=400, lock_days=30,
            capacity_counts="without_order", managers=[],
        )  # fmt: skip
        create_rule(actor=admin, pool=pool, grades=["B"], idle_days=IDLE[Grade.B])
        create_rule(actor=admin, pool=pool, grades=["C"], idle_days=IDLE[Grade.C])
        create_rule(actor=admin, pool=pool, grades=["D", ""], idle_days=IDLE[""], never_won_months=24)
        out.append(pool)
    return out


def _contacts(world: World) -> None:
    """When each was last contacted: most in the last weeks; one prospect in twelve so long ago that it goes this week."""
    table = CustomerActivity._meta.db_table
    days = "CASE c.grade WHEN 'B' THEN 90 WHEN 'C' THEN 60 ELSE 45 END"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (customer_id, last_contact_on, recycle_on, warned)
            SELECT c.id,
                   CASE WHEN c.soon THEN %(today)s::date + c.ahead - {days} ELSE %(today)s::date - c.h %% 40 END,
                   CASE WHEN c.soon THEN %(today)s::date + c.ahead END,
                   CASE WHEN c.soon THEN CASE WHEN c.ahead <= 1 THEN 1 WHEN c.ahead <= 3 THEN 3 ELSE 7 END END
              FROM (SELECT id, grade, {_HASH} AS h, 1 + {_HASH} %% 7 AS ahead,
                           state = %(prospect)s AND grade IN ('B', 'C', 'D', '') AND {_HASH} %% 12 = 0
                           AND created_at < %(now)s - interval '120 days' AS soon
                      FROM {Customer._meta.db_table}) c
            """,  # noqa: S608 -- our own names
            {"today": world.today, "prospect": CustomerState.PROSPECT, "now": timezone.now()},
        )


def _fill(world: World, pool: CustomerPool) -> None:
    """Prospects of a unit that went into its pool in the last weeks."""
    rows = Customer.objects.filter(
        business_unit=pool.business_unit, state=CustomerState.PROSPECT, grade__in=["C", "D", ""],
        owner__is_active=True, activity__recycle_on__isnull=True, opportunities__isnull=True,
    )  # fmt: skip
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[: world.counted(IN_POOL)])
    reasons = [PoolReason.IDLE, PoolReason.IDLE, PoolReason.NEVER_WON]
    found = lock_customers(Q(pk__in=keys))
    put_in(pool, [(row, reasons[row.pk % 3]) for row in found])
    days = dt.timedelta(days=1)
    PoolEntry.objects.filter(pool=pool).update(since=F("since") - F("id") % 50 * days)
    entry = PoolEntry.objects.filter(pool=pool).order_by("-pk").first()
    if entry is not None:
        entry.reason, entry.note = PoolReason.RELEASED, "客户业务转型，近两年没有我司可供的品种。"
        entry.save(update_fields=["reason", "note"])


def _claimed() -> None:
    """One that the representative claimed again from the pool."""
    rep = person("linxw")
    free = PoolEntry.objects.waiting().filter(pool__in=CustomerPool.objects.of_member(rep)).exclude(from_owner=rep)
    entry = free.order_by("pk").first()
    if entry is not None:
        claim(PoolEntry.objects.filter(pk=entry.pk), actor=rep)


def _protections(world: World) -> None:
    """Representatives ask for more time: one request waits, one was granted."""
    policy_in_force(world, DOCUMENT, "公海保护期", 10, [step(1, "manager")])
    rep = person("linxw")
    rows = Customer.objects.filter(owner=rep, activity__isnull=False).exclude(grade__in=["S", "A"])
    texts = ("客户新产线 3 月投产，已约技术交流。", "样品正在做老化试验，结果下月出。")
    for customer, text, granted in zip(rows.order_by("activity__recycle_on", "pk"), texts, (False, True), strict=False):
        until = max(world.today, timezone.localdate()) + dt.timedelta(days=60)
        row = ask_for_protection(customer=customer, until=until, reason=text, actor=rep)
        request = ApprovalRequest.objects.get(document=DOCUMENT, object_id=row.pk)
        if granted:
            approve(request=request, actor=whose_turn(request), reason="同意。")
        backdate(request, 5)


def _packs() -> None:
    """A colleague moves: customers offered to the representative. Another hand-over is still a draft."""
    rep, manager = person("linxw"), person("zhouqm")
    owners = User.objects.filter(is_active=True, business_unit=rep.business_unit, roles__code="sales_rep")
    for place, other in enumerate(owners.exclude(pk=rep.pk).order_by("pk")):
        customers = list(Customer.objects.filter(owner=other, handover_lines__isnull=True).order_by("pk")[: 4 - place])
        if not customers:
            continue
        pack = create_pack(
            actor=manager, from_person=other, to_person=rep, customers=customers,
            reason="mover" if place == 0 else "other",
            note="调往华南大区，客户分两批移交。" if place == 0 else "区域调整，待确认名单。",
        )  # fmt: skip
        if place:
            return
        offer(pack=pack, actor=manager)
