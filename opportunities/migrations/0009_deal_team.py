import crm.base.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    """Further products of a deal, and the team that works on it."""

    dependencies = [
        ("crm", "0005_cost_rights"),
        ("crm", "__first__"),
        ("opportunities", "0008_processes"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="OpportunityProduct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="customer's demand (kg)",
                            ),
                        ),
                        (
                            "our_volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="our expected volume (kg)",
                            ),
                        ),
                        (
                            "market_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="market price (per kg)",
                            ),
                        ),
                        (
                            "proposed_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="proposed price (per kg)",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="products",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product of an opportunity",
                        "verbose_name_plural": "products of opportunities",
                        "ordering": ["opportunity", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("opportunity", "product_line", "product"),
                                name="opportunity_product_once",
                                nulls_distinct=False,
                                violation_error_message="This product is named already: change that entry.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("demand_kg__isnull", True), ("demand_kg__gte", 0), _connector="OR"),
                                    models.Q(
                                        ("our_volume_kg__isnull", True), ("our_volume_kg__gte", 0), _connector="OR"
                                    ),
                                ),
                                name="opportunity_product_volumes",
                                violation_error_message="The customer's demand and our volume must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("demand_kg__isnull", True),
                                    ("our_volume_kg__isnull", True),
                                    ("our_volume_kg__lte", models.F("demand_kg")),
                                    _connector="OR",
                                ),
                                name="opportunity_product_within_demand",
                                violation_error_message="Our volume must not be larger than the customer's demand.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("market_price__isnull", True), ("market_price__gt", 0), _connector="OR"),
                                    models.Q(
                                        ("proposed_price__isnull", True), ("proposed_price__gt", 0), _connector="OR"
                                    ),
                                ),
                                name="opportunity_product_prices",
                                violation_error_message="The price must be larger than zero.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (NEW."created_at", NEW."demand_kg", NEW."id", NEW."market_price", NEW."opportunity_id", NEW."our_volume_kg", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="fc09d5781b578be441e4e5e2001f89471c1cfef0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d9353",
                                    table="opportunities_opportunityproduct",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (NEW."created_at", NEW."demand_kg", NEW."id", NEW."market_price", NEW."opportunity_id", NEW."our_volume_kg", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."updated_at", NEW."version"); RETURN NULL;',
                                    hash="579a3caa5f2639bad6252ddf63d17df6efa803ba",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_47dd7",
                                    table="opportunities_opportunityproduct",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (OLD."created_at", OLD."demand_kg", OLD."id", OLD."market_price", OLD."opportunity_id", OLD."our_volume_kg", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."proposed_price", OLD."updated_at", OLD."version"); RETURN NULL;',
                                    hash="6047b4c33c9c3ad34f823bd47ac1140a98a6c3eb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_04244",
                                    table="opportunities_opportunityproduct",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpportunityProductEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "demand_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="customer's demand (kg)",
                            ),
                        ),
                        (
                            "our_volume_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=18,
                                null=True,
                                verbose_name="our expected volume (kg)",
                            ),
                        ),
                        (
                            "market_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="market price (per kg)",
                            ),
                        ),
                        (
                            "proposed_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="proposed price (per kg)",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="opportunities.opportunityproduct",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpportunityMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("task", models.CharField(blank=True, max_length=100, verbose_name="task in the deal")),
                        (
                            "share",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Of the success; what is not given away is the owner's.",
                                verbose_name="share (%)",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="colleague",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a deal team",
                        "verbose_name_plural": "members of deal teams",
                        "ordering": ["opportunity", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("opportunity", "user"),
                                name="opportunity_member_once",
                                violation_error_message="This person is named already: change that entry.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__lte", 100)),
                                name="opportunity_member_share",
                                violation_error_message="A share is a hundred percent at most.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."task", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="ae60dae3a34fd7c7839b338df2c46c03785f767d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a130d",
                                    table="opportunities_opportunitymember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."task", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="faf9b6ec380a647f3f427e7e3eceae0144fe357a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e6443",
                                    table="opportunities_opportunitymember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (OLD."created_at", OLD."id", OLD."opportunity_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."task", OLD."updated_at", OLD."user_id", OLD."version"); RETURN NULL;',
                                    hash="3e782abf044c2a1f3a96d34b72cf832f1dae73f4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ad3af",
                                    table="opportunities_opportunitymember",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpportunityMemberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("task", models.CharField(blank=True, max_length=100, verbose_name="task in the deal")),
                        (
                            "share",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Of the success; what is not given away is the owner's.",
                                verbose_name="share (%)",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="opportunities.opportunitymember",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="colleague",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunitymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."task", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="ae60dae3a34fd7c7839b338df2c46c03785f767d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a130d",
                            table="opportunities_opportunitymember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunitymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."id", NEW."opportunity_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."task", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="faf9b6ec380a647f3f427e7e3eceae0144fe357a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e6443",
                            table="opportunities_opportunitymember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunitymember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_opportunitymemberevent" ("created_at", "id", "opportunity_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "task", "updated_at", "user_id", "version") VALUES (OLD."created_at", OLD."id", OLD."opportunity_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."task", OLD."updated_at", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="3e782abf044c2a1f3a96d34b72cf832f1dae73f4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad3af",
                            table="opportunities_opportunitymember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunityproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (NEW."created_at", NEW."demand_kg", NEW."id", NEW."market_price", NEW."opportunity_id", NEW."our_volume_kg", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fc09d5781b578be441e4e5e2001f89471c1cfef0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9353",
                            table="opportunities_opportunityproduct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunityproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (NEW."created_at", NEW."demand_kg", NEW."id", NEW."market_price", NEW."opportunity_id", NEW."our_volume_kg", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."proposed_price", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="579a3caa5f2639bad6252ddf63d17df6efa803ba",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_47dd7",
                            table="opportunities_opportunityproduct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opportunityproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_opportunityproductevent" ("created_at", "demand_kg", "id", "market_price", "opportunity_id", "our_volume_kg", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "proposed_price", "updated_at", "version") VALUES (OLD."created_at", OLD."demand_kg", OLD."id", OLD."market_price", OLD."opportunity_id", OLD."our_volume_kg", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."product_line_id", OLD."proposed_price", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="6047b4c33c9c3ad34f823bd47ac1140a98a6c3eb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_04244",
                            table="opportunities_opportunityproduct",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        give_rights(*rights_on("opportunities.opportunityproduct", "opportunities.opportunitymember")),
    ]
