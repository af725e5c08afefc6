"""Lines of deliveries that wait for their orders are found without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_order_request_in_erp")]

    operations = [
        migrations.AddIndex(
            model_name="shipmentline",
            index=models.Index(
                condition=models.Q(("order_line__isnull", True)), fields=["order_number"], name="shipment_line_waiting"
            ),
        ),
    ]
