"""Quotes, their links and the price indexes of formula prices."""

import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
import crm.base.migrating
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on
from crm.records.choices import starting_lists, without_lists
from opportunities.choices import QUOTE_LISTS


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0004_customer_course"),
        ("opportunities", "0004_deals"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="PriceIndex",
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
                        ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        ("publisher", models.CharField(blank=True, max_length=100, verbose_name="published by")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "currency",
                            models.ForeignKey(
                                default="CNY",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="per unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "price index",
                        "verbose_name_plural": "price indexes",
                        "ordering": ["code"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Quote",
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
                        ("code", models.CharField(editable=False, max_length=30, unique=True, verbose_name="number")),
                        (
                            "number",
                            models.CharField(editable=False, max_length=20, verbose_name="number of all versions"),
                        ),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, verbose_name="version of the quote"
                            ),
                        ),
                        (
                            "payment_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="payment_terms", max_length=60, verbose_name="payment terms"
                            ),
                        ),
                        (
                            "delivery_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="delivery_terms", max_length=60, verbose_name="delivery terms"
                            ),
                        ),
                        (
                            "delivery_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of delivery"),
                        ),
                        (
                            "freight_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="freight charged"
                            ),
                        ),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="remark for the customer")),
                        ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                        ("quoted_on", models.DateField(editable=False, verbose_name="priced on")),
                        ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent at")),
                        ("sent_on", models.DateField(editable=False, null=True, verbose_name="sent on")),
                        (
                            "response_hours",
                            models.DecimalField(
                                decimal_places=2,
                                editable=False,
                                max_digits=12,
                                null=True,
                                verbose_name="hours until it was sent",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "waits for approval"),
                                    ("approved", "released"),
                                    ("sent", "sent"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("expired", "expired"),
                                    ("superseded", "replaced by a newer version"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "below_floor",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="a price is below the floor price"
                            ),
                        ),
                        (
                            "floor_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why below the floor price"),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "business_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="customers.contact",
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                default="CNY",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotes",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotes",
                                to="opportunities.opportunity",
                                verbose_name="opportunity",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                editable=False,
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
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quote",
                        "verbose_name_plural": "quotes",
                        "ordering": ["-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="quote_search"
                            ),
                            models.Index(fields=["opportunity", "state"], name="quote_opportunity"),
                            models.Index(fields=["customer", "id"], name="quote_customer"),
                            models.Index(fields=["state", "valid_until", "id"], name="quote_state_end"),
                            models.Index(fields=["valid_until", "id"], name="quote_end"),
                            models.Index(fields=["sent_on", "id"], name="quote_sent_on"),
                            models.Index(fields=["net_base", "id"], name="quote_net"),
                            models.Index(fields=["created_at", "id"], name="quote_created"),
                            models.Index(fields=["owner", "id"], name="quote_owner"),
                            models.Index(fields=["team", "id"], name="quote_team"),
                            models.Index(fields=["business_unit", "id"], name="quote_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("number", "edition"), name="quote_edition_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("freight_amount__isnull", True), ("freight_amount__gte", 0), _connector="OR"
                                ),
                                name="quote_freight_not_negative",
                                violation_error_message="The freight must not be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["sent", "accepted", "declined"]), _negated=True),
                                    ("sent_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="quote_sent_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceIndexEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(max_length=30, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                        ("publisher", models.CharField(blank=True, max_length=100, verbose_name="published by")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                default="CNY",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency",
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
                                to="opportunities.priceindex",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.unit",
                                verbose_name="per unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PriceIndexValue",
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
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value")),
                        (
                            "index",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values_by_day",
                                to="opportunities.priceindex",
                                verbose_name="price index",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "value of a price index",
                        "verbose_name_plural": "values of price indexes",
                        "ordering": ["-starts_on", "-pk"],
                        "indexes": [models.Index(fields=["starts_on", "id"], name="price_index_value_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("index", "starts_on"),
                                name="price_index_value_once",
                                violation_error_message="The index has a value from that day already: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gt", 0)),
                                name="price_index_value_positive",
                                violation_error_message="The value must be larger than zero.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=30, verbose_name="number")),
                        (
                            "number",
                            models.CharField(editable=False, max_length=20, verbose_name="number of all versions"),
                        ),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, verbose_name="version of the quote"
                            ),
                        ),
                        (
                            "payment_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="payment_terms", max_length=60, verbose_name="payment terms"
                            ),
                        ),
                        (
                            "delivery_terms",
                            crm.records.models.choices.ListedField(
                                blank=True, list_key="delivery_terms", max_length=60, verbose_name="delivery terms"
                            ),
                        ),
                        (
                            "delivery_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of delivery"),
                        ),
                        (
                            "freight_amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="freight charged"
                            ),
                        ),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="remark for the customer")),
                        ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                        ("quoted_on", models.DateField(editable=False, verbose_name="priced on")),
                        ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent at")),
                        ("sent_on", models.DateField(editable=False, null=True, verbose_name="sent on")),
                        (
                            "response_hours",
                            models.DecimalField(
                                decimal_places=2,
                                editable=False,
                                max_digits=12,
                                null=True,
                                verbose_name="hours until it was sent",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "waits for approval"),
                                    ("approved", "released"),
                                    ("sent", "sent"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("expired", "expired"),
                                    ("superseded", "replaced by a newer version"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "below_floor",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="a price is below the floor price"
                            ),
                        ),
                        (
                            "floor_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why below the floor price"),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "net_base",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount in base currency",
                            ),
                        ),
                        (
                            "business_unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.businessunit",
                                verbose_name="business unit",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.contact",
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                db_constraint=False,
                                default="CNY",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.currency",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
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
                                to="opportunities.quote",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                                verbose_name="product line",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="item")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="price per unit"
                            ),
                        ),
                        ("breaks", models.JSONField(blank=True, default=list, verbose_name="price breaks")),
                        (
                            "premium",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="premium"
                            ),
                        ),
                        (
                            "index_value",
                            models.DecimalField(
                                decimal_places=4,
                                editable=False,
                                max_digits=18,
                                null=True,
                                verbose_name="value of the index",
                            ),
                        ),
                        ("index_on", models.DateField(editable=False, null=True, verbose_name="index of")),
                        (
                            "index_part",
                            models.DecimalField(
                                decimal_places=4,
                                editable=False,
                                max_digits=18,
                                null=True,
                                verbose_name="index per unit of the line",
                            ),
                        ),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        (
                            "freight",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="freight in the price, per unit",
                            ),
                        ),
                        (
                            "guide_price",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="list price"
                            ),
                        ),
                        (
                            "floor_price",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="floor price"
                            ),
                        ),
                        (
                            "floor_gap",
                            models.DecimalField(
                                decimal_places=2,
                                editable=False,
                                max_digits=7,
                                null=True,
                                verbose_name="below the floor price (%)",
                            ),
                        ),
                        (
                            "unit_cost",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="cost per unit"
                            ),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "index",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="opportunities.priceindex",
                                verbose_name="price index",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="opportunities.quote",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.unit",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quote line",
                        "verbose_name_plural": "quote lines",
                        "ordering": ["quote", "position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)),
                                name="quote_line_quantity_positive",
                                violation_error_message="The quantity must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price__isnull", True), ("price__gt", 0), _connector="OR"),
                                name="quote_line_price_positive",
                                violation_error_message="The price must be larger than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("freight__isnull", True), ("freight__gte", 0), _connector="OR"),
                                name="quote_line_freight_not_negative",
                                violation_error_message="The freight must not be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLink",
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
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("expires_at", models.DateTimeField(verbose_name="open until")),
                        ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="opportunities.quote",
                                verbose_name="quote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a quote",
                        "verbose_name_plural": "links of quotes",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["quote", "id"], name="quote_link_quote")],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("question", "question"), ("acceptance", "acceptance")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("at", models.DateTimeField(verbose_name="time")),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="opportunities.quote",
                                verbose_name="quote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message of a customer about a quote",
                        "verbose_name_plural": "messages of customers about quotes",
                        "ordering": ["at", "pk"],
                        "indexes": [models.Index(fields=["quote", "at"], name="quote_message_quote")],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteStateChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                        (
                            "seconds_in_source",
                            models.PositiveBigIntegerField(default=0, verbose_name="seconds in the state before"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "waits for approval"),
                                    ("approved", "released"),
                                    ("sent", "sent"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("expired", "expired"),
                                    ("superseded", "replaced by a newer version"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("pending", "waits for approval"),
                                    ("approved", "released"),
                                    ("sent", "sent"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("expired", "expired"),
                                    ("superseded", "replaced by a newer version"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="state_changes",
                                to="opportunities.quote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a quote",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PriceIndexValueEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value")),
                        (
                            "index",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.priceindex",
                                verbose_name="price index",
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
                                to="opportunities.priceindexvalue",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="item")),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity")),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="price per unit"
                            ),
                        ),
                        ("breaks", models.JSONField(blank=True, default=list, verbose_name="price breaks")),
                        (
                            "premium",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="premium"
                            ),
                        ),
                        (
                            "index_value",
                            models.DecimalField(
                                decimal_places=4,
                                editable=False,
                                max_digits=18,
                                null=True,
                                verbose_name="value of the index",
                            ),
                        ),
                        ("index_on", models.DateField(editable=False, null=True, verbose_name="index of")),
                        (
                            "index_part",
                            models.DecimalField(
                                decimal_places=4,
                                editable=False,
                                max_digits=18,
                                null=True,
                                verbose_name="index per unit of the line",
                            ),
                        ),
                        ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested delivery")),
                        (
                            "freight",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="freight in the price, per unit",
                            ),
                        ),
                        (
                            "guide_price",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="list price"
                            ),
                        ),
                        (
                            "floor_price",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="floor price"
                            ),
                        ),
                        (
                            "floor_gap",
                            models.DecimalField(
                                decimal_places=2,
                                editable=False,
                                max_digits=7,
                                null=True,
                                verbose_name="below the floor price (%)",
                            ),
                        ),
                        (
                            "unit_cost",
                            models.DecimalField(
                                decimal_places=4, editable=False, max_digits=18, null=True, verbose_name="cost per unit"
                            ),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=18,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "index",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.priceindex",
                                verbose_name="price index",
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
                                to="opportunities.quoteline",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.quote",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.unit",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("expires_at", models.DateTimeField(verbose_name="open until")),
                        ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
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
                                to="opportunities.quotelink",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.quote",
                                verbose_name="quote",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuoteOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("as_pdf", models.BooleanField(default=False, verbose_name="the PDF")),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="opportunities.quotelink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening of a quote",
                        "verbose_name_plural": "openings of quotes",
                        "ordering": ["at", "pk"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceindex",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_priceindexevent" ("code", "created_at", "currency_id", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "unit_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."currency_id", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publisher", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="a79b4a9060e2ee233a64fc373991e2612823f94c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_035bb",
                            table="opportunities_priceindex",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceindex",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_priceindexevent" ("code", "created_at", "currency_id", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "unit_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."currency_id", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publisher", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="117f5cd919cc4e4d47be8c5dadf796e41db2eea2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ffae3",
                            table="opportunities_priceindex",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceindexvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_priceindexvalueevent" ("created_at", "id", "index_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "updated_at", "value", "version") VALUES (NEW."created_at", NEW."id", NEW."index_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."updated_at", NEW."value", NEW."version"); RETURN NULL;',
                            hash="30134a44d56411b5ddff8b37db1a4e60e8ff54ec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1c58e",
                            table="opportunities_priceindexvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="priceindexvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_priceindexvalueevent" ("created_at", "id", "index_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "updated_at", "value", "version") VALUES (NEW."created_at", NEW."id", NEW."index_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."updated_at", NEW."value", NEW."version"); RETURN NULL;',
                            hash="70bd515442f7781164ba39fbc2af1a806d9fa383",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce842",
                            table="opportunities_priceindexvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_quoteevent" ("below_floor", "business_unit_id", "code", "contact_id", "created_at", "currency_id", "customer_id", "delivery_place", "delivery_terms", "edition", "floor_reason", "freight_amount", "id", "language", "net", "net_base", "number", "opportunity_id", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quoted_on", "region_id", "remark", "requested_at", "response_hours", "sent_at", "sent_on", "state", "state_since", "team_id", "updated_at", "valid_until", "version") VALUES (NEW."below_floor", NEW."business_unit_id", NEW."code", NEW."contact_id", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."delivery_place", NEW."delivery_terms", NEW."edition", NEW."floor_reason", NEW."freight_amount", NEW."id", NEW."language", NEW."net", NEW."net_base", NEW."number", NEW."opportunity_id", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quoted_on", NEW."region_id", NEW."remark", NEW."requested_at", NEW."response_hours", NEW."sent_at", NEW."sent_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="50d47283871b73e3219bf1f5d55ffd4c488e304e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_af29d",
                            table="opportunities_quote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."below_floor" IS DISTINCT FROM (NEW."below_floor") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency_id" IS DISTINCT FROM (NEW."currency_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."delivery_place" IS DISTINCT FROM (NEW."delivery_place") OR OLD."delivery_terms" IS DISTINCT FROM (NEW."delivery_terms") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."floor_reason" IS DISTINCT FROM (NEW."floor_reason") OR OLD."freight_amount" IS DISTINCT FROM (NEW."freight_amount") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."net_base" IS DISTINCT FROM (NEW."net_base") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."payment_terms" IS DISTINCT FROM (NEW."payment_terms") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."quoted_on" IS DISTINCT FROM (NEW."quoted_on") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."response_hours" IS DISTINCT FROM (NEW."response_hours") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_on" IS DISTINCT FROM (NEW."sent_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_quoteevent" ("below_floor", "business_unit_id", "code", "contact_id", "created_at", "currency_id", "customer_id", "delivery_place", "delivery_terms", "edition", "floor_reason", "freight_amount", "id", "language", "net", "net_base", "number", "opportunity_id", "owner_id", "payment_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "product_line_id", "quoted_on", "region_id", "remark", "requested_at", "response_hours", "sent_at", "sent_on", "state", "state_since", "team_id", "updated_at", "valid_until", "version") VALUES (NEW."below_floor", NEW."business_unit_id", NEW."code", NEW."contact_id", NEW."created_at", NEW."currency_id", NEW."customer_id", NEW."delivery_place", NEW."delivery_terms", NEW."edition", NEW."floor_reason", NEW."freight_amount", NEW."id", NEW."language", NEW."net", NEW."net_base", NEW."number", NEW."opportunity_id", NEW."owner_id", NEW."payment_terms", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."product_line_id", NEW."quoted_on", NEW."region_id", NEW."remark", NEW."requested_at", NEW."response_hours", NEW."sent_at", NEW."sent_on", NEW."state", NEW."state_since", NEW."team_id", NEW."updated_at", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="99d9737eab4a7222f082b5a754bba46a5aa2d432",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_80e4e",
                            table="opportunities_quote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_quotelineevent" ("breaks", "description", "floor_gap", "floor_price", "freight", "guide_price", "id", "index_id", "index_on", "index_part", "index_value", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "premium", "price", "product_id", "quantity", "quote_id", "requested_on", "unit_cost", "unit_id") VALUES (NEW."breaks", NEW."description", NEW."floor_gap", NEW."floor_price", NEW."freight", NEW."guide_price", NEW."id", NEW."index_id", NEW."index_on", NEW."index_part", NEW."index_value", NEW."net", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."premium", NEW."price", NEW."product_id", NEW."quantity", NEW."quote_id", NEW."requested_on", NEW."unit_cost", NEW."unit_id"); RETURN NULL;',
                            hash="b905f49e8c76e1266ab02194f24d183d327363ff",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4ff6a",
                            table="opportunities_quoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_quotelineevent" ("breaks", "description", "floor_gap", "floor_price", "freight", "guide_price", "id", "index_id", "index_on", "index_part", "index_value", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "premium", "price", "product_id", "quantity", "quote_id", "requested_on", "unit_cost", "unit_id") VALUES (NEW."breaks", NEW."description", NEW."floor_gap", NEW."floor_price", NEW."freight", NEW."guide_price", NEW."id", NEW."index_id", NEW."index_on", NEW."index_part", NEW."index_value", NEW."net", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."premium", NEW."price", NEW."product_id", NEW."quantity", NEW."quote_id", NEW."requested_on", NEW."unit_cost", NEW."unit_id"); RETURN NULL;',
                            hash="2dc1b4b1ea34d759003e80392387fefe7da0701a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33f42",
                            table="opportunities_quoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_quotelineevent" ("breaks", "description", "floor_gap", "floor_price", "freight", "guide_price", "id", "index_id", "index_on", "index_part", "index_value", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "premium", "price", "product_id", "quantity", "quote_id", "requested_on", "unit_cost", "unit_id") VALUES (OLD."breaks", OLD."description", OLD."floor_gap", OLD."floor_price", OLD."freight", OLD."guide_price", OLD."id", OLD."index_id", OLD."index_on", OLD."index_part", OLD."index_value", OLD."net", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."premium", OLD."price", OLD."product_id", OLD."quantity", OLD."quote_id", OLD."requested_on", OLD."unit_cost", OLD."unit_id"); RETURN NULL;',
                            hash="b3d99e570a469a9881877af6d274862069f6d5a4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_310e8",
                            table="opportunities_quoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotelink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_quotelinkevent" ("created_at", "created_by_id", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "revoked_at", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."revoked_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="7e40d186a0ac7668d33335fd6db8feb8f8e86347",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bcdc4",
                            table="opportunities_quotelink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotelink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_quotelinkevent" ("created_at", "created_by_id", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "revoked_at", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."revoked_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="5c7f7daec41b9add52cb78bfbf4c04f279bdb7e6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_adc6a",
                            table="opportunities_quotelink",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(starting_lists(*QUOTE_LISTS), without_lists(*QUOTE_LISTS)),
        give_rights(
            *rights_on("opportunities.quote", "opportunities.priceindex", "opportunities.priceindexvalue"),
        ),
    ]
