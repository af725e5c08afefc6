"""Our certificates with their versions, document sets with their links, and the rights on them."""

import crm.base.migrating
import crm.base.models
import crm.records.models.choices
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crm.organisation.granting import give_rights, rights_on


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_cost_rights"),
        ("crm", "__first__"),
        ("customers", "0005_certificate_wishes"),
        ("opportunities", "0009_deal_team"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        crm.base.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Certificate",
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
                        ("code", models.CharField(editable=False, max_length=20, unique=True, verbose_name="number")),
                        (
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="kind"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=150, verbose_name="English name")),
                        (
                            "plant",
                            models.CharField(
                                blank=True, help_text="Empty: the whole company.", max_length=80, verbose_name="plant"
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        ("valid_from", models.DateField(editable=False, null=True, verbose_name="valid from")),
                        ("valid_until", models.DateField(editable=False, null=True, verbose_name="valid until")),
                        ("warned_days", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                        (
                            "product_lines",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Empty, and without products: for all that we make.",
                                related_name="+",
                                to="crm.productline",
                                verbose_name="product lines",
                            ),
                        ),
                        (
                            "products",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="crm.product", verbose_name="products"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "ordering": ["-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="our_certificate_search"
                            ),
                            models.Index(fields=["kind", "valid_until"], name="our_certificate_kind"),
                            models.Index(fields=["owner", "valid_until"], name="our_certificate_owner"),
                            models.Index(fields=["valid_until", "id"], name="our_certificate_until"),
                            models.Index(fields=["updated_at", "id"], name="our_certificate_changed"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("code", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        (
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="kind"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=150, verbose_name="English name")),
                        (
                            "plant",
                            models.CharField(
                                blank=True, help_text="Empty: the whole company.", max_length=80, verbose_name="plant"
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        ("valid_from", models.DateField(editable=False, null=True, verbose_name="valid from")),
                        ("valid_until", models.DateField(editable=False, null=True, verbose_name="valid until")),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
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
                                to="opportunities.certificate",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CertificateVersion",
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
                            "language",
                            models.CharField(
                                choices=[
                                    ("zh", "Chinese"),
                                    ("en", "English"),
                                    ("zh_en", "Chinese and English"),
                                    ("other", "another language"),
                                ],
                                default="zh",
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_until",
                            models.DateField(
                                blank=True, help_text="Empty: without an end.", null=True, verbose_name="valid until"
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day on it is not shown to customers any more.",
                                null=True,
                                verbose_name="withdrawn on",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "certificate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="opportunities.certificate",
                                verbose_name="certificate",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.attachment",
                                verbose_name="file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a certificate",
                        "verbose_name_plural": "versions of certificates",
                        "ordering": ["-valid_from", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("certificate", "language", "edition"), name="certificate_edition_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="certificate_version_ends_after_start",
                                violation_error_message="The last day must not be before the first day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("zh", "Chinese"),
                                    ("en", "English"),
                                    ("zh_en", "Chinese and English"),
                                    ("other", "another language"),
                                ],
                                default="zh",
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_until",
                            models.DateField(
                                blank=True, help_text="Empty: without an end.", null=True, verbose_name="valid until"
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day on it is not shown to customers any more.",
                                null=True,
                                verbose_name="withdrawn on",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "certificate",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.certificate",
                                verbose_name="certificate",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.attachment",
                                verbose_name="file",
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
                                to="opportunities.certificateversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSet",
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
                        ("number", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("code", models.CharField(editable=False, max_length=30, unique=True, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=8,
                                verbose_name="language of the page",
                            ),
                        ),
                        ("message", models.TextField(blank=True, verbose_name="message to the customer")),
                        ("sent_on", models.DateField(editable=False, null=True, verbose_name="sent on")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("sent", "sent"), ("replaced", "replaced")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "admission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_sets",
                                to="opportunities.supplieradmission",
                                verbose_name="admission as a supplier",
                            ),
                        ),
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
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_sets",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewal",
                                to="opportunities.documentset",
                                verbose_name="renews",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_sets",
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
                        "verbose_name": "document set",
                        "verbose_name_plural": "document sets",
                        "ordering": ["-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                crm.base.models.Bigrams("search_text"), name="document_set_search"
                            ),
                            models.Index(fields=["customer", "state"], name="document_set_customer"),
                            models.Index(fields=["owner", "state"], name="document_set_owner"),
                            models.Index(fields=["sent_on", "id"], name="document_set_sent_on"),
                            models.Index(fields=["created_at", "id"], name="document_set_created"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("number", "edition"), name="document_set_edition_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("sent_on__isnull", False), _connector="OR"),
                                name="document_set_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("recipient", models.CharField(max_length=100, verbose_name="recipient")),
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
                                to="opportunities.documentlink",
                            ),
                        ),
                        (
                            "document_set",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.documentset",
                                verbose_name="document set",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSetEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("number", models.CharField(editable=False, max_length=20, verbose_name="number")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("code", models.CharField(editable=False, max_length=30, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=8,
                                verbose_name="language of the page",
                            ),
                        ),
                        ("message", models.TextField(blank=True, verbose_name="message to the customer")),
                        ("sent_on", models.DateField(editable=False, null=True, verbose_name="sent on")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("sent", "sent"), ("replaced", "replaced")],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                        (
                            "admission",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.supplieradmission",
                                verbose_name="admission as a supplier",
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
                            "follows",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.documentset",
                                verbose_name="renews",
                            ),
                        ),
                        (
                            "opportunity",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="opportunities.documentset",
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
                    name="DocumentSetItem",
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
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="kind"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=150, verbose_name="English name")),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("zh", "Chinese"),
                                    ("en", "English"),
                                    ("zh_en", "Chinese and English"),
                                    ("other", "another language"),
                                ],
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "document_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="opportunities.documentset",
                                verbose_name="document set",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.attachment",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "version_chosen",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chosen_in",
                                to="opportunities.certificateversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a set",
                        "verbose_name_plural": "documents of sets",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document_set", "version_chosen"), name="document_set_item_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="IP address")),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="opportunities.documentlink",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="opportunities.documentsetitem",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening of a document set",
                        "verbose_name_plural": "openings of document sets",
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSetItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "kind",
                            crm.records.models.choices.ListedField(
                                list_key="certificate_kind", max_length=60, verbose_name="kind"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=150, verbose_name="English name")),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("zh", "Chinese"),
                                    ("en", "English"),
                                    ("zh_en", "Chinese and English"),
                                    ("other", "another language"),
                                ],
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "document_set",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.documentset",
                                verbose_name="document set",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.attachment",
                                verbose_name="file",
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
                                to="opportunities.documentsetitem",
                            ),
                        ),
                        (
                            "version_chosen",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.certificateversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSetStateChange",
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
                                choices=[("draft", "draft"), ("sent", "sent"), ("replaced", "replaced")], max_length=10
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("draft", "draft"), ("sent", "sent"), ("replaced", "replaced")], max_length=10
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
                                to="opportunities.documentset",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state change of a document set",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CertificateLine",
                    fields=[],
                    options={
                        "verbose_name": "product line of a certificate",
                        "verbose_name_plural": "product lines of certificates",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("opportunities.certificate_product_lines",),
                ),
                migrations.CreateModel(
                    name="CertificateProduct",
                    fields=[],
                    options={
                        "verbose_name": "product of a certificate",
                        "verbose_name_plural": "products of certificates",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("opportunities.certificate_products",),
                ),
                migrations.CreateModel(
                    name="DocumentLink",
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
                        ("recipient", models.CharField(max_length=100, verbose_name="recipient")),
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
                            "document_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="opportunities.documentset",
                                verbose_name="document set",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a document set",
                        "verbose_name_plural": "links of document sets",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "certificate",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.certificate",
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
                            "productline",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.productline",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="opportunities.certificateline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CertificateProductEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "certificate",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="opportunities.certificate",
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
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="crm.product",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="opportunities.certificateproduct",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificateevent" ("code", "created_at", "id", "issuer", "kind", "name", "name_en", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "remark", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."issuer", NEW."kind", NEW."name", NEW."name_en", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plant", NEW."remark", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="1decd50f5f7e26bcfb4399cda59bf6bbc523165b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d59a9",
                            table="opportunities_certificate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."plant" IS DISTINCT FROM (NEW."plant") OR OLD."remark" IS DISTINCT FROM (NEW."remark") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_certificateevent" ("code", "created_at", "id", "issuer", "kind", "name", "name_en", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant", "remark", "updated_at", "valid_from", "valid_until", "version") VALUES (NEW."code", NEW."created_at", NEW."id", NEW."issuer", NEW."kind", NEW."name", NEW."name_en", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plant", NEW."remark", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version"); RETURN NULL;',
                            hash="ff5177c90c3a5e4db5146213846fdb6555abd7ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce885",
                            table="opportunities_certificate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificateversionevent" ("certificate_id", "created_at", "edition", "file_id", "id", "issued_on", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "valid_from", "valid_until", "version", "withdrawn_on") VALUES (NEW."certificate_id", NEW."created_at", NEW."edition", NEW."file_id", NEW."id", NEW."issued_on", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remark", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version", NEW."withdrawn_on"); RETURN NULL;',
                            hash="6ed5d401b5148160947b57aefa4ef2331026bffa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56690",
                            table="opportunities_certificateversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_certificateversionevent" ("certificate_id", "created_at", "edition", "file_id", "id", "issued_on", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "valid_from", "valid_until", "version", "withdrawn_on") VALUES (NEW."certificate_id", NEW."created_at", NEW."edition", NEW."file_id", NEW."id", NEW."issued_on", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remark", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."version", NEW."withdrawn_on"); RETURN NULL;',
                            hash="bbe3b848b4de881071d927e7f414e7e17ed745e1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9f729",
                            table="opportunities_certificateversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificateversionevent" ("certificate_id", "created_at", "edition", "file_id", "id", "issued_on", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "updated_at", "valid_from", "valid_until", "version", "withdrawn_on") VALUES (OLD."certificate_id", OLD."created_at", OLD."edition", OLD."file_id", OLD."id", OLD."issued_on", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remark", OLD."updated_at", OLD."valid_from", OLD."valid_until", OLD."version", OLD."withdrawn_on"); RETURN NULL;',
                            hash="4869ab958718ca8c95dd8fa179038383e7f9ed4b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a648a",
                            table="opportunities_certificateversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_documentsetevent" ("admission_id", "business_unit_id", "code", "created_at", "customer_id", "edition", "follows_id", "id", "language", "message", "number", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_on", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."admission_id", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."customer_id", NEW."edition", NEW."follows_id", NEW."id", NEW."language", NEW."message", NEW."number", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_on", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="f531e4894fc41311bdc19b2d7d77c38eef348d2a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d8465",
                            table="opportunities_documentset",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."admission_id" IS DISTINCT FROM (NEW."admission_id") OR OLD."business_unit_id" IS DISTINCT FROM (NEW."business_unit_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."message" IS DISTINCT FROM (NEW."message") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."opportunity_id" IS DISTINCT FROM (NEW."opportunity_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."sent_on" IS DISTINCT FROM (NEW."sent_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_documentsetevent" ("admission_id", "business_unit_id", "code", "created_at", "customer_id", "edition", "follows_id", "id", "language", "message", "number", "opportunity_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_on", "state", "state_since", "team_id", "title", "updated_at", "version") VALUES (NEW."admission_id", NEW."business_unit_id", NEW."code", NEW."created_at", NEW."customer_id", NEW."edition", NEW."follows_id", NEW."id", NEW."language", NEW."message", NEW."number", NEW."opportunity_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_on", NEW."state", NEW."state_since", NEW."team_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="b0f9d1f76e03e56600c194e4d00cf09966bbf388",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_97073",
                            table="opportunities_documentset",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_documentlinkevent" ("created_at", "created_by_id", "document_set_id", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "revoked_at", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."document_set_id", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient", NEW."revoked_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="849723bac1081e12c8362dae51875b2c7e4fb3a7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6e4b1",
                            table="opportunities_documentlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."document_set_id" IS DISTINCT FROM (NEW."document_set_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "opportunities_documentlinkevent" ("created_at", "created_by_id", "document_set_id", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "revoked_at", "updated_at", "version") VALUES (NEW."created_at", NEW."created_by_id", NEW."document_set_id", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient", NEW."revoked_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                            hash="fa8558bb02650e3905ff8685ccb3b004a607d564",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_412be",
                            table="opportunities_documentlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentsetitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_documentsetitemevent" ("created_at", "document_set_id", "file_id", "id", "issuer", "kind", "language", "name", "name_en", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "updated_at", "valid_until", "version", "version_chosen_id") VALUES (NEW."created_at", NEW."document_set_id", NEW."file_id", NEW."id", NEW."issuer", NEW."kind", NEW."language", NEW."name", NEW."name_en", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."updated_at", NEW."valid_until", NEW."version", NEW."version_chosen_id"); RETURN NULL;',
                            hash="b26de7d455368c8f04a64713241dbbeaaef06848",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0adbc",
                            table="opportunities_documentsetitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentsetitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "opportunities_documentsetitemevent" ("created_at", "document_set_id", "file_id", "id", "issuer", "kind", "language", "name", "name_en", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "updated_at", "valid_until", "version", "version_chosen_id") VALUES (NEW."created_at", NEW."document_set_id", NEW."file_id", NEW."id", NEW."issuer", NEW."kind", NEW."language", NEW."name", NEW."name_en", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."updated_at", NEW."valid_until", NEW."version", NEW."version_chosen_id"); RETURN NULL;',
                            hash="fa53093caa14f283248b8db095b095bb55005691",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_16627",
                            table="opportunities_documentsetitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="documentsetitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_documentsetitemevent" ("created_at", "document_set_id", "file_id", "id", "issuer", "kind", "language", "name", "name_en", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "updated_at", "valid_until", "version", "version_chosen_id") VALUES (OLD."created_at", OLD."document_set_id", OLD."file_id", OLD."id", OLD."issuer", OLD."kind", OLD."language", OLD."name", OLD."name_en", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."updated_at", OLD."valid_until", OLD."version", OLD."version_chosen_id"); RETURN NULL;',
                            hash="af5a2075465291f8d48a2e212cd605674e5c5795",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bd49d",
                            table="opportunities_documentsetitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificatelineevent" ("certificate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productline_id") VALUES (NEW."certificate_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."productline_id"); RETURN NULL;',
                            hash="f324e8072c2c35f325b14a2b5508f752ed5bc27c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ac872",
                            table="opportunities_certificate_product_lines",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificatelineevent" ("certificate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productline_id") VALUES (OLD."certificate_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."productline_id"); RETURN NULL;',
                            hash="d4018c54d33498f58a2c0b2ec37732c3745ec864",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_af46d",
                            table="opportunities_certificate_product_lines",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificateproductevent" ("certificate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."certificate_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="7bfcd945e362192f66be8ce429c5f07fc8e202c0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b12db",
                            table="opportunities_certificate_products",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="certificateproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "opportunities_certificateproductevent" ("certificate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (OLD."certificate_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id"); RETURN NULL;',
                            hash="e1f9368cb86313026b673f65d47291089df814ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_83fe4",
                            table="opportunities_certificate_products",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
        give_rights(*rights_on("opportunities.certificate", "opportunities.documentset")),
    ]
