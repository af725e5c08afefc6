"""What is told in the reader's language, runs that somebody stopped, and the customer of rows without a sold-to party."""

from django.db import migrations, models
from django.db.models.expressions import RawSQL

from crm.base.migrating import Together


class Migration(migrations.Migration):
    dependencies = [("integrations", "0018_messages_of_runs")]

    operations = [
        Together(
            operations=[
                migrations.RemoveField(model_name="alarm", name="text"),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="is_gone",
                    field=models.BooleanField(db_default=False, default=False, verbose_name="no longer in the source"),
                ),
                migrations.AddField(
                    model_name="webhookdelivery",
                    name="errors",
                    field=models.JSONField(blank=True, default=dict, verbose_name="error in each language"),
                ),
                migrations.AlterField(
                    model_name="syncrun",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                migrations.AlterField(
                    model_name="webhookdelivery",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "delivered"),
                            ("failed", "given up"),
                            ("dropped", "not told"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                migrations.RemoveIndex(model_name="rejectedrow", name="rejected_row_partner"),
                migrations.RemoveField(model_name="rejectedrow", name="partner"),
                migrations.AddField(
                    model_name="rejectedrow",
                    name="partner",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=RawSQL(
                            "regexp_replace(btrim(coalesce(nullif(payload ->> 'SoldToParty', ''), nullif(payload ->> 'ShipToParty', ''),"
                            " nullif(payload ->> 'PayerParty', ''), payload ->> 'Customer', '')), '^0+(?=[0-9]+$)', '')",
                            (),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                migrations.AddIndex(
                    model_name="rejectedrow",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["partner"], name="rejected_row_partner"
                    ),
                ),
            ]
        )
    ]
