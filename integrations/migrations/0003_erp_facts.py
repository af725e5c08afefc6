"""What the ERP says of customers, their credit, and products."""

import crm.base.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("customers", "0005_certificate_wishes"),
        ("integrations", "0002_signing_in"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="ErpCredit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=40, unique=True, verbose_name="key there")),
                        ("partner", models.CharField(db_index=True, max_length=20, verbose_name="business partner")),
                        ("segment", models.CharField(max_length=20, verbose_name="credit segment")),
                        (
                            "credit_limit",
                            models.DecimalField(decimal_places=3, max_digits=18, verbose_name="credit limit"),
                        ),
                        ("currency", models.CharField(max_length=5, verbose_name="currency")),
                        ("valid_until", models.DateField(null=True, verbose_name="valid until")),
                        ("blocked", models.BooleanField(default=False, verbose_name="blocked")),
                        ("read_at", models.DateTimeField(verbose_name="read from the ERP")),
                    ],
                    options={
                        "verbose_name": "credit account in the ERP",
                        "verbose_name_plural": "credit accounts in the ERP",
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="ErpCustomer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                        ("partner", models.CharField(db_index=True, max_length=20, verbose_name="business partner")),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        ("account_group", models.CharField(blank=True, max_length=10, verbose_name="account group")),
                        ("blocks", models.JSONField(default=list, verbose_name="blocks")),
                        ("areas", models.JSONField(default=list, verbose_name="sales areas")),
                        ("companies", models.JSONField(default=list, verbose_name="company codes")),
                        ("gone", models.BooleanField(default=False, verbose_name="marked for deletion in the ERP")),
                        ("read_at", models.DateTimeField(verbose_name="read from the ERP")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "customer account in the ERP",
                        "verbose_name_plural": "customer accounts in the ERP",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="ErpProduct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                        ("product_type", models.CharField(blank=True, max_length=10, verbose_name="product type")),
                        ("product_group", models.CharField(blank=True, max_length=20, verbose_name="product group")),
                        ("sales", models.JSONField(default=list, verbose_name="distribution chains")),
                        ("plants", models.JSONField(default=list, verbose_name="plants")),
                        ("gone", models.BooleanField(default=False, verbose_name="marked for deletion in the ERP")),
                        ("read_at", models.DateTimeField(verbose_name="read from the ERP")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="crm.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product in the ERP",
                        "verbose_name_plural": "products in the ERP",
                        "ordering": ["number"],
                    },
                ),
            ],
        ),
    ]
