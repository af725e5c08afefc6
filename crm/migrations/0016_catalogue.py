"""The catalogue: specifications, units that convert, price lists, competitors; and the rights of the standard roles to them."""

from typing import Any

import crm.base.models
import crm.organisation.models.structure
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on

from crm.records.pinyin import search_text_of

KINDS = (
    "unit", "product", "productline", "specificationfield", "currency", "exchangerate", "pricelist", "priceitem",
    "competitor", "competitorproduct", "pricereport",
)  # fmt: skip
UNITS = {  # code -> dimension, base units in one
    "KG": ("mass", "1"), "G": ("mass", "0.001"), "TO": ("mass", "1000"), "T": ("mass", "1000"),
    "L": ("volume", "1"), "ML": ("volume", "0.001"), "M": ("length", "1"), "M2": ("area", "1"),
}  # fmt: skip


def fill(apps: Any, schema_editor: Any) -> None:
    """What units with well-known codes measure, and what products are found by."""
    units, products = (apps.get_model("crm", name) for name in ("Unit", "Product"))
    for code, (dimension, factor) in UNITS.items():
        units.objects.filter(code=code).update(dimension=dimension, factor=factor, is_base=factor == "1")
    for product in products.objects.order_by("pk").iterator():
        text = search_text_of(product.name, product.name_en, others=(product.code,))
        products.objects.filter(pk=product.pk).update(search_text=text)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("crm", "0015_security"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Competitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("country", models.CharField(blank=True, max_length=40, verbose_name="country")),
                ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("search_text", models.TextField(default="", editable=False)),
            ],
            options={
                "verbose_name": "competitor",
                "verbose_name_plural": "competitors",
                "ordering": ["code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CompetitorEvent",
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
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("country", models.CharField(blank=True, max_length=40, verbose_name="country")),
                ("website", models.CharField(blank=True, max_length=120, verbose_name="website")),
                ("strengths", models.TextField(blank=True, verbose_name="strengths")),
                ("weaknesses", models.TextField(blank=True, verbose_name="weaknesses")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CompetitorProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
            ],
            options={
                "verbose_name": "competitor's product",
                "verbose_name_plural": "competitors' products",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CompetitorProductEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CurrencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=3, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("decimals", models.PositiveSmallIntegerField(default=2, verbose_name="decimals")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExchangeRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[("daily", "daily rate"), ("budget", "budget rate")],
                        default="daily",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "quantity_from",
                    models.DecimalField(decimal_places=3, default=0, max_digits=18, verbose_name="from quantity"),
                ),
                ("guide_price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="guide price")),
                (
                    "floor_price",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="floor price"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "price",
                "verbose_name_plural": "prices",
                "ordering": ["price_list", "product", "quantity_from", "pk"],
                "permissions": [("view_floor_price", "Can see floor prices")],
            },
        ),
        migrations.CreateModel(
            name="PriceItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "quantity_from",
                    models.DecimalField(decimal_places=3, default=0, max_digits=18, verbose_name="from quantity"),
                ),
                ("guide_price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="guide price")),
                (
                    "floor_price",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="floor price"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "customer_grade",
                    models.CharField(
                        blank=True,
                        choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                        default="",
                        max_length=1,
                        verbose_name="customer grade",
                    ),
                ),
                (
                    "priority",
                    models.SmallIntegerField(
                        default=0,
                        help_text="The list with the higher number wins, however special the other is. Usually 0.",
                        verbose_name="priority",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "price list",
                "verbose_name_plural": "price lists",
                "ordering": ["code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceListEvent",
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
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "customer_grade",
                    models.CharField(
                        blank=True,
                        choices=[("S", "S"), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                        default="",
                        max_length=1,
                        verbose_name="customer grade",
                    ),
                ),
                (
                    "priority",
                    models.SmallIntegerField(
                        default=0,
                        help_text="The list with the higher number wins, however special the other is. Usually 0.",
                        verbose_name="priority",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price")),
                (
                    "price_base",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=18, verbose_name="price in base currency"
                    ),
                ),
                ("observed_on", models.DateField(verbose_name="seen on")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("customer", "told by a customer"),
                            ("quote", "quotation seen"),
                            ("distributor", "told by a distributor"),
                            ("tender", "opening of a tender"),
                            ("published", "published price"),
                            ("fair", "trade fair"),
                            ("other", "other"),
                        ],
                        default="customer",
                        max_length=15,
                        verbose_name="source",
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[("confirmed", "confirmed"), ("probable", "probable"), ("rumour", "hearsay")],
                        default="probable",
                        max_length=10,
                        verbose_name="reliability",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "competitor's price",
                "verbose_name_plural": "competitors' prices",
                "ordering": ["-observed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PriceReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("price", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="price")),
                (
                    "price_base",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=18, verbose_name="price in base currency"
                    ),
                ),
                ("observed_on", models.DateField(verbose_name="seen on")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("customer", "told by a customer"),
                            ("quote", "quotation seen"),
                            ("distributor", "told by a distributor"),
                            ("tender", "opening of a tender"),
                            ("published", "published price"),
                            ("fair", "trade fair"),
                            ("other", "other"),
                        ],
                        default="customer",
                        max_length=15,
                        verbose_name="source",
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[("confirmed", "confirmed"), ("probable", "probable"), ("rumour", "hearsay")],
                        default="probable",
                        max_length=10,
                        verbose_name="reliability",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("object_id", models.PositiveBigIntegerField(editable=False, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductUnitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("numerator", models.PositiveIntegerField(verbose_name="base units")),
                ("denominator", models.PositiveIntegerField(default=1, verbose_name="of this unit")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpecificationField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "key",
                    models.CharField(
                        help_text="What the value is kept under; it cannot be changed later.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*$", "Small letters, digits and underscores, beginning with a letter."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("number", "number"), ("choice", "choice"), ("text", "text"), ("yes_no", "yes or no")],
                        default="number",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit of the number")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="smallest value"
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="largest value"
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="choices",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                ("group", models.CharField(blank=True, max_length=40, verbose_name="group")),
                ("group_en", models.CharField(blank=True, max_length=40, verbose_name="English name of the group")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "specification field",
                "verbose_name_plural": "specification fields",
                "ordering": ["product_line", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SpecificationFieldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "key",
                    models.CharField(
                        help_text="What the value is kept under; it cannot be changed later.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*$", "Small letters, digits and underscores, beginning with a letter."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("number", "number"), ("choice", "choice"), ("text", "text"), ("yes_no", "yes or no")],
                        default="number",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit of the number")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="smallest value"
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="largest value"
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="choices",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                ("group", models.CharField(blank=True, max_length=40, verbose_name="group")),
                ("group_en", models.CharField(blank=True, max_length=40, verbose_name="English name of the group")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitEvent",
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
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("mass", "mass"),
                            ("volume", "volume"),
                            ("length", "length"),
                            ("area", "area"),
                            ("count", "count"),
                            ("package", "package"),
                        ],
                        default="package",
                        help_text="A package (drum, carton) has no factor of its own: each product says how much it holds.",
                        max_length=10,
                        verbose_name="dimension",
                    ),
                ),
                (
                    "factor",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="base units in one"
                    ),
                ),
                ("is_base", models.BooleanField(default=False, verbose_name="base unit of its dimension")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="exchangerate",
            options={
                "ordering": ["-starts_on", "currency", "kind"],
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="product",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="product",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="exchangerate",
            name="exchange_rate_unique",
        ),
        migrations.AddField(
            model_name="currency",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name="created"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="currency",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="currency",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name="created"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="kind",
            field=models.CharField(
                choices=[("daily", "daily rate"), ("budget", "budget rate")],
                default="daily",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="source",
            field=models.CharField(blank=True, max_length=60, verbose_name="source"),
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="product",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="product",
            name="specification",
            field=models.JSONField(blank=True, default=dict, verbose_name="specification"),
        ),
        migrations.AddField(
            model_name="productevent",
            name="specification",
            field=models.JSONField(blank=True, default=dict, verbose_name="specification"),
        ),
        migrations.AddField(
            model_name="unit",
            name="dimension",
            field=models.CharField(
                choices=[
                    ("mass", "mass"),
                    ("volume", "volume"),
                    ("length", "length"),
                    ("area", "area"),
                    ("count", "count"),
                    ("package", "package"),
                ],
                default="package",
                help_text="A package (drum, carton) has no factor of its own: each product says how much it holds.",
                max_length=10,
                verbose_name="dimension",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="factor",
            field=models.DecimalField(
                blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="base units in one"
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="is_base",
            field=models.BooleanField(default=False, verbose_name="base unit of its dimension"),
        ),
        migrations.AlterField(
            model_name="product",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="on sale"),
        ),
        migrations.AlterField(
            model_name="productevent",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="on sale"),
        ),
        migrations.AddIndex(
            model_name="exchangerate",
            index=models.Index(fields=["starts_on", "id"], name="exchange_rate_day"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="product_search"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["specification"], name="product_specification", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["name", "id"], name="product_name"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["product_line", "code"], name="product_line_code"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="currency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_currencyevent" ("code", "created_at", "decimals", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."decimals", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="9be71f5a92ae69adbd310853112e4b450963e418",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8df86",
                    table="crm_currency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="currency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_currencyevent" ("code", "created_at", "decimals", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."decimals", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="673c3d88280ae501c86259d171fb769eda1ba018",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fd736",
                    table="crm_currency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_exchangerateevent" ("created_at", "currency_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "starts_on", "updated_at", "version") VALUES (NEW."created_at", NEW."currency_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."source", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="d40cd994a45696c42425f54f4305ec31d8a34664",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_da31e",
                    table="crm_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_exchangerateevent" ("created_at", "currency_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "starts_on", "updated_at", "version") VALUES (NEW."created_at", NEW."currency_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."source", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="9bbd262a7056fbed5e9a7ea4919cd054d6a56592",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90b8c",
                    table="crm_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_productevent" ("base_unit_id", "code", "created_at", "id", "is_active", "list_price", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "specification", "updated_at", "version") VALUES (NEW."base_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."list_price", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."specification", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="29c4284945bed87a912c512712571e7e57ce25d5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cca5b",
                    table="crm_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."base_unit_id" IS DISTINCT FROM (NEW."base_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."list_price" IS DISTINCT FROM (NEW."list_price") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."product_line_id" IS DISTINCT FROM (NEW."product_line_id") OR OLD."specification" IS DISTINCT FROM (NEW."specification") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "crm_productevent" ("base_unit_id", "code", "created_at", "id", "is_active", "list_price", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "specification", "updated_at", "version") VALUES (NEW."base_unit_id", NEW."code", NEW."created_at", NEW."id", NEW."is_active", NEW."list_price", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."specification", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="928e87755e236b2c21a657dd345314d7940897af",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84063",
                    table="crm_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (NEW."denominator", NEW."id", NEW."numerator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."unit_id"); RETURN NULL;',
                    hash="f5470db485c2b579a55704334c1f28a3b217b66f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4ebd3",
                    table="crm_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (NEW."denominator", NEW."id", NEW."numerator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."unit_id"); RETURN NULL;',
                    hash="645ce4108436da59a6a9899c77769c0a5b4d5ea3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4faf7",
                    table="crm_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_productunitevent" ("denominator", "id", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "unit_id") VALUES (OLD."denominator", OLD."id", OLD."numerator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."unit_id"); RETURN NULL;',
                    hash="f3af928592f38b095a331cdd3886de2c2ce6b367",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cbd91",
                    table="crm_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_unitevent" ("code", "created_at", "dimension", "factor", "id", "is_base", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."dimension", NEW."factor", NEW."id", NEW."is_base", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="594d0cc3fcb002c068701a2e82e0cebe651ab1de",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cb5ab",
                    table="crm_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_unitevent" ("code", "created_at", "dimension", "factor", "id", "is_base", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (NEW."code", NEW."created_at", NEW."dimension", NEW."factor", NEW."id", NEW."is_base", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="e55afa83bf725487892e930124d7fbade24f9591",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4f932",
                    table="crm_unit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="currency",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z]{3}$")),
                name="currency_code",
                violation_error_message="The code of a currency is three capital letters, as in ISO 4217.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.UniqueConstraint(
                fields=("currency", "kind", "starts_on"),
                name="exchange_rate_once",
                violation_error_message="There is a rate of this currency for that day already: change that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("list_price__isnull", True), ("list_price__gt", 0), _connector="OR"),
                name="product_list_price_positive",
                violation_error_message="The list price must be larger than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("factor__isnull", True), ("factor__gt", 0), _connector="OR"),
                name="unit_factor_positive",
                violation_error_message="The factor must be larger than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dimension", "package"), ("factor__isnull", True)),
                    models.Q(models.Q(("dimension", "package"), _negated=True), ("factor__isnull", False)),
                    _connector="OR",
                ),
                name="unit_factor_unless_package",
                violation_error_message="Every unit but a package needs a factor; a package has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_base", False), ("factor", 1), _connector="OR"),
                name="unit_base_is_one",
                violation_error_message="The base unit of a dimension has the factor 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_base", True)),
                fields=("dimension",),
                name="unit_one_base",
                violation_error_message="This dimension has a base unit already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="exchangerate",
            name="exchange_rate_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gt", 0)),
                name="exchange_rate_positive",
                violation_error_message="The rate must be larger than zero.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="productunit",
            name="product_unit_unique",
            constraint=models.UniqueConstraint(
                fields=("product", "unit"),
                name="product_unit_unique",
                violation_error_message="The product has this unit already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="productunit",
            name="product_unit_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("denominator__gt", 0), ("numerator__gt", 0)),
                name="product_unit_positive",
                violation_error_message="Both quantities must be larger than zero.",
            ),
        ),
        migrations.AddIndex(
            model_name="competitor",
            index=django.contrib.postgres.indexes.GinIndex(
                crm.base.models.Bigrams("search_text"), name="competitor_search"
            ),
        ),
        migrations.AddIndex(
            model_name="competitor",
            index=models.Index(fields=["name", "id"], name="competitor_name"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competitor",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_competitorevent" ("code", "country", "created_at", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "strengths", "updated_at", "version", "weaknesses", "website") VALUES (NEW."code", NEW."country", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name", NEW."strengths", NEW."updated_at", NEW."version", NEW."weaknesses", NEW."website"); RETURN NULL;',
                    hash="332988e9a96ec8c4b771364a1b355eec0948a540",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8865c",
                    table="crm_competitor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competitor",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."strengths" IS DISTINCT FROM (NEW."strengths") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."weaknesses" IS DISTINCT FROM (NEW."weaknesses") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                    func='INSERT INTO "crm_competitorevent" ("code", "country", "created_at", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "strengths", "updated_at", "version", "weaknesses", "website") VALUES (NEW."code", NEW."country", NEW."created_at", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name", NEW."strengths", NEW."updated_at", NEW."version", NEW."weaknesses", NEW."website"); RETURN NULL;',
                    hash="6f7007d5500b5d5d612ee51d84cd85f4148e0dd5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3f75f",
                    table="crm_competitor",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="competitorevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="competitorevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.competitor",
            ),
        ),
        migrations.AddField(
            model_name="competitorproduct",
            name="comparable",
            field=models.ManyToManyField(
                blank=True, related_name="rivals", to="crm.product", verbose_name="our comparable products"
            ),
        ),
        migrations.AddField(
            model_name="competitorproduct",
            name="competitor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="crm.competitor",
                verbose_name="competitor",
            ),
        ),
        migrations.AddField(
            model_name="competitorproduct",
            name="product_line",
            field=models.ForeignKey(
                blank=True,
                help_text="Ours that it competes with.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.productline",
                verbose_name="product line",
            ),
        ),
        migrations.AddField(
            model_name="competitorproductevent",
            name="competitor",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.competitor",
                verbose_name="competitor",
            ),
        ),
        migrations.AddField(
            model_name="competitorproductevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="competitorproductevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.competitorproduct",
            ),
        ),
        migrations.AddField(
            model_name="competitorproductevent",
            name="product_line",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Ours that it competes with.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.productline",
                verbose_name="product line",
            ),
        ),
        migrations.AddField(
            model_name="currencyevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="currencyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.currency",
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
            name="currency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.exchangerate",
            ),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prices",
                to="crm.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.unit", verbose_name="unit"
            ),
        ),
        migrations.AddField(
            model_name="priceitemevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="priceitemevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.priceitem",
            ),
        ),
        migrations.AddField(
            model_name="priceitemevent",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="priceitemevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="business_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.businessunit",
                verbose_name="business unit",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.pricelist",
                verbose_name="copied from",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="currency",
            field=models.ForeignKey(
                default="CNY",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.region",
                verbose_name="region",
            ),
        ),
        migrations.AddField(
            model_name="priceitemevent",
            name="price_list",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="crm.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="business_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.businessunit",
                verbose_name="business unit",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.pricelist",
                verbose_name="copied from",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="currency",
            field=models.ForeignKey(
                db_constraint=False,
                default="CNY",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.pricelist",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.region",
                verbose_name="region",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="competitor_product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="crm.competitorproduct",
                verbose_name="competitor's product",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="content_type",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="currency",
            field=models.ForeignKey(
                default="CNY",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="crm.region",
                verbose_name="region",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="reporter",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reported by",
            ),
        ),
        migrations.AddField(
            model_name="pricereport",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.unit", verbose_name="per unit"
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="competitor_product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.competitorproduct",
                verbose_name="competitor's product",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="content_type",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="currency",
            field=models.ForeignKey(
                db_constraint=False,
                default="CNY",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.pricereport",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.region",
                verbose_name="region",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="reporter",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reported by",
            ),
        ),
        migrations.AddField(
            model_name="pricereportevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.unit",
                verbose_name="per unit",
            ),
        ),
        migrations.AddField(
            model_name="productunitevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="productunitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.productunit",
            ),
        ),
        migrations.AddField(
            model_name="productunitevent",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="productunitevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="specificationfield",
            name="product_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="specification_fields",
                to="crm.productline",
                verbose_name="product line",
            ),
        ),
        migrations.AddField(
            model_name="specificationfieldevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="specificationfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.specificationfield",
            ),
        ),
        migrations.AddField(
            model_name="specificationfieldevent",
            name="product_line",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="crm.productline",
                verbose_name="product line",
            ),
        ),
        migrations.AddField(
            model_name="unitevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="unitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="crm.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="competitorproduct",
            index=models.Index(fields=["name", "id"], name="competitor_product_name"),
        ),
        migrations.AddConstraint(
            model_name="competitorproduct",
            constraint=models.UniqueConstraint(
                fields=("competitor", "name"),
                name="competitor_product_once",
                violation_error_message="This competitor has a product of this name already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competitorproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_competitorproductevent" ("competitor_id", "created_at", "id", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."id", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_line_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="f6d88cf0fef0c898420d23b2ec7f3355b508d35b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_566f8",
                    table="crm_competitorproduct",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competitorproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_competitorproductevent" ("competitor_id", "created_at", "id", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_line_id", "updated_at", "version") VALUES (NEW."competitor_id", NEW."created_at", NEW."id", NEW."name", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_line_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="2666a98e1b6360aae33c55ba72319491a257e650",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33be3",
                    table="crm_competitorproduct",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="pricelist",
            index=models.Index(fields=["starts_on", "id"], name="price_list_start"),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="price_list_ends_after_start",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_pricelistevent" ("business_unit_id", "code", "copied_from_id", "created_at", "currency_id", "customer_grade", "ends_on", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "region_id", "starts_on", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."copied_from_id", NEW."created_at", NEW."currency_id", NEW."customer_grade", NEW."ends_on", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."region_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="7fb314cc360af516e35778311a864912b2fd5972",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3de7",
                    table="crm_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_pricelistevent" ("business_unit_id", "code", "copied_from_id", "created_at", "currency_id", "customer_grade", "ends_on", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "region_id", "starts_on", "updated_at", "version") VALUES (NEW."business_unit_id", NEW."code", NEW."copied_from_id", NEW."created_at", NEW."currency_id", NEW."customer_grade", NEW."ends_on", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."region_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="272fc5c2c66f9de28cb0cc2abb531510a94ab409",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8cdc5",
                    table="crm_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="priceitem",
            index=models.Index(fields=["product", "price_list"], name="price_product_list"),
        ),
        migrations.AddIndex(
            model_name="priceitem",
            index=models.Index(fields=["guide_price", "id"], name="price_guide"),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("guide_price__gt", 0)),
                name="price_guide_positive",
                violation_error_message="The guide price must be larger than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("floor_price__isnull", True),
                    models.Q(("floor_price__gt", 0), ("floor_price__lte", models.F("guide_price"))),
                    _connector="OR",
                ),
                name="price_floor_below_guide",
                violation_error_message="The floor price must be larger than zero and not above the guide price.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity_from__gte", 0)),
                name="price_quantity_not_negative",
                violation_error_message="The quantity must not be negative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="price_ends_after_start",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("price_list", "="),
                    ("product", "="),
                    ("unit", "="),
                    ("quantity_from", "="),
                    (crm.organisation.models.structure._DateRange("starts_on", "ends_on", models.Value("[]")), "&&"),
                ],
                name="price_once_at_a_time",
                violation_error_message="This list has a price of the product from this quantity for the same time: change that one.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."created_at", NEW."ends_on", NEW."floor_price", NEW."guide_price", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."quantity_from", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="bb72624dc7927e6a9e536992d913bdfd229e5680",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_52610",
                    table="crm_priceitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (NEW."created_at", NEW."ends_on", NEW."floor_price", NEW."guide_price", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."quantity_from", NEW."starts_on", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="d02f70ac327c4a1102759bc8fb7f66e66e44f428",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b5da2",
                    table="crm_priceitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_priceitemevent" ("created_at", "ends_on", "floor_price", "guide_price", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "quantity_from", "starts_on", "unit_id", "updated_at", "version") VALUES (OLD."created_at", OLD."ends_on", OLD."floor_price", OLD."guide_price", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_list_id", OLD."product_id", OLD."quantity_from", OLD."starts_on", OLD."unit_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="97ddc87ec778611a7f0b35132c3ad15285d0c73e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_66bbe",
                    table="crm_priceitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="pricereport",
            index=models.Index(fields=["observed_on", "id"], name="price_report_day"),
        ),
        migrations.AddIndex(
            model_name="pricereport",
            index=models.Index(fields=["competitor_product", "observed_on"], name="price_report_product_day"),
        ),
        migrations.AddIndex(
            model_name="pricereport",
            index=models.Index(fields=["content_type", "object_id"], name="price_report_record"),
        ),
        migrations.AddConstraint(
            model_name="pricereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0)),
                name="price_report_positive",
                violation_error_message="The price must be larger than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                    models.Q(("content_type__isnull", False), ("object_id__isnull", False)),
                    _connector="OR",
                ),
                name="price_report_whole_reference",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricereport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_pricereportevent" ("competitor_product_id", "content_type_id", "created_at", "currency_id", "id", "notes", "object_id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_base", "region_id", "reliability", "reporter_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."competitor_product_id", NEW."content_type_id", NEW."created_at", NEW."currency_id", NEW."id", NEW."notes", NEW."object_id", NEW."observed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."price_base", NEW."region_id", NEW."reliability", NEW."reporter_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="e39b0494560c55dc2a16eb2bd6b9d3022037203d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8842e",
                    table="crm_pricereport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricereport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_pricereportevent" ("competitor_product_id", "content_type_id", "created_at", "currency_id", "id", "notes", "object_id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_base", "region_id", "reliability", "reporter_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."competitor_product_id", NEW."content_type_id", NEW."created_at", NEW."currency_id", NEW."id", NEW."notes", NEW."object_id", NEW."observed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."price_base", NEW."region_id", NEW."reliability", NEW."reporter_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="e989578a8eb9308d053e23647bfd4c4837aaac0c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_50564",
                    table="crm_pricereport",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="specificationfield",
            constraint=models.UniqueConstraint(
                fields=("product_line", "key"),
                name="specification_field_key_once",
                violation_error_message="This product line has a field of this key already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="specificationfield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum__isnull", True),
                    ("maximum__isnull", True),
                    ("minimum__lte", models.F("maximum")),
                    _connector="OR",
                ),
                name="specification_field_range",
                violation_error_message="The smallest value must not be larger than the largest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="specificationfield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "number"),
                    models.Q(("maximum__isnull", True), ("minimum__isnull", True), ("unit", "")),
                    _connector="OR",
                ),
                name="specification_field_number",
                violation_error_message="Only a number has a unit, a smallest and a largest value.",
            ),
        ),
        migrations.AddConstraint(
            model_name="specificationfield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "choice"), ("choices__len__gt", 0)),
                    models.Q(models.Q(("kind", "choice"), _negated=True), ("choices", [])),
                    _connector="OR",
                ),
                name="specification_field_choices",
                violation_error_message="A choice needs at least one entry to choose from; other kinds have none.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specificationfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "crm_specificationfieldevent" ("choices", "created_at", "group", "group_en", "id", "is_active", "key", "kind", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_line_id", "required", "unit", "updated_at", "version") VALUES (NEW."choices", NEW."created_at", NEW."group", NEW."group_en", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."product_line_id", NEW."required", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="4dc57618a0613efc3b82add7382656958026c825",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dafa6",
                    table="crm_specificationfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specificationfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "crm_specificationfieldevent" ("choices", "created_at", "group", "group_en", "id", "is_active", "key", "kind", "maximum", "minimum", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_line_id", "required", "unit", "updated_at", "version") VALUES (NEW."choices", NEW."created_at", NEW."group", NEW."group_en", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."maximum", NEW."minimum", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."product_line_id", NEW."required", NEW."unit", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="d6b3d09bb5cdd0cfd8eca84f006d97dbb85fe8be",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_696e7",
                    table="crm_specificationfield",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        give_rights(*rights_on(*(f"crm.{kind}" for kind in KINDS)), "crm.view_floor_price"),
    ]
