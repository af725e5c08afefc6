"""Price conditions and schedule lines become one row an order; lines lose the constraint on their document."""

import django.db.models.deletion
from django.db import migrations, models

from crm.base.migrating import Together

# The values in the order of orders.domain.details.PriceCondition and ScheduleLine.
GATHER = """
INSERT INTO orders_orderdetail (order_id, conditions, schedule)
SELECT order_id, coalesce(c.conditions, '[]'), coalesce(s.schedule, '[]') FROM (
    SELECT l.order_id, jsonb_agg(jsonb_build_array(l.item, c.step, c.counter, c.kind, c.rate::text, c.currency, c.per::text,
        c.unit, c.amount::text, c.statistical, c.inactive) ORDER BY l.item, c.step, c.counter) AS conditions
    FROM orders_ordercondition c JOIN orders_salesorderline l ON l.id = c.line_id GROUP BY 1) c
FULL JOIN (
    SELECT l.order_id, jsonb_agg(jsonb_build_array(l.item, s.number, s.requested_on, s.confirmed_on, s.quantity::text,
        s.confirmed::text, s.delivered::text) ORDER BY l.item, s.number) AS schedule
    FROM orders_orderschedule s JOIN orders_salesorderline l ON l.id = s.line_id GROUP BY 1) s USING (order_id)
"""


def document(to: str, label: str) -> models.ForeignKey:
    """A line's document, without constraint and index."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="lines",
        to=to,
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_lighter_documents"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="OrderDetail",
                    fields=[
                        (
                            "order",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="detail",
                                serialize=False,
                                to="orders.salesorder",
                                verbose_name="order",
                            ),
                        ),
                        ("conditions", models.JSONField(default=list, verbose_name="price conditions")),
                        ("schedule", models.JSONField(default=list, verbose_name="schedule lines")),
                    ],
                    options={"verbose_name": "order details", "verbose_name_plural": "order details"},
                ),
                migrations.RunSQL(GATHER, migrations.RunSQL.noop),
                migrations.DeleteModel(name="OrderCondition"),
                migrations.DeleteModel(name="OrderSchedule"),
                migrations.AlterField(
                    "customerreturnline", "customer_return", document("orders.customerreturn", "return")
                ),
                migrations.AlterField("invoiceline", "invoice", document("orders.invoice", "invoice")),
                migrations.AlterField("salesorderline", "order", document("orders.salesorder", "order")),
                migrations.AlterField("shipmentline", "shipment", document("orders.shipment", "shipment")),
            ]
        ),
    ]
