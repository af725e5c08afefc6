"""Every business table leaves a trail, and what must not stand in it does not."""

import ast
from pathlib import Path

from django.apps import apps
from django.db import connection

from crm import extension_points
from crm.apps import OWN_APPS
from crm.base.models import StateChange
from crm.records.trail_tables import tracked_models
from crm.records.trail_words import SECRET

ROOT = Path(__file__).resolve().parents[2]
# Tables without a trail, and why that is right. What transition() writes (StateChange) is a history itself and needs no line.
HISTORIES = "rows are only added: the table is a history itself"
PERSONAL = "a person's own settings and messages"
DERIVED = "worked out from other tables, and again when those change"
SAFETY = "secrets of an account; what happens to them stands in the log of signing in"
WORK = "bookkeeping of background work; what the work writes has its trail"
FROM_ELSEWHERE = "a copy of what another system says, which keeps its own history"
UNTRACKED = {
    "crm.TrailEntry": "the trail",
    "crm.TrailErasure": "append-only",
    "crm.ExportLog": HISTORIES,
    "customers.CustomerMergeItem": HISTORIES,
    "integrations.SyncRun": HISTORIES,
    "integrations.RejectedRow": WORK,
    "integrations.SyncState": WORK,
    "integrations.ExternalRef": WORK,
    "integrations.ReadRequest": WORK,
    "integrations.ApiAnswer": WORK,
    "integrations.WebhookDelivery": WORK,
    "integrations.WecomCard": WORK,
    "integrations.Alarm": WORK,
    "integrations.Reconciliation": HISTORIES,
    "integrations.Difference": HISTORIES,
    "integrations.ErpCustomer": FROM_ELSEWHERE,
    "integrations.ErpCredit": FROM_ELSEWHERE,
    "integrations.ErpProduct": FROM_ELSEWHERE,
    "integrations.WecomSnapshot": FROM_ELSEWHERE,
    "orders.OrderDetail": FROM_ELSEWHERE,
    "integrations.WecomDepartment": "which team a department is; what is done to the team has its trail",
    "crm.ImportBatch": WORK,
    "crm.ImportRow": WORK,
    "crm.Job": WORK,
    "crm.Delivery": WORK,
    "crm.NumberSequence": WORK,
    "crm.ImportMapping": PERSONAL,
    "crm.SavedView": PERSONAL,
    "crm.ListSetting": PERSONAL,
    "crm.Notification": PERSONAL,
    "crm.NotificationSettings": PERSONAL,
    "crm.NotificationChoice": PERSONAL,
    "customers.CustomerCompleteness": DERIVED,
    "customers.CustomerContribution": DERIVED,
    "customers.CustomerCourse": DERIVED,
    "customers.CustomerFigures": DERIVED,
    "customers.CustomerKeys": DERIVED,
    "customers.ExistenceLookup": "a log itself: rows are added, and removed after a year",
    "customers.CustomerGrade": HISTORIES,
    "customers.GradeProposal": DERIVED,
    "customers.PolicyFinding": DERIVED,
    "customers.CustomerActivity": DERIVED,
    "opportunities.SpecificationValue": DERIVED,
    "opportunities.DocumentOpening": HISTORIES,
    "opportunities.QuoteMessage": HISTORIES,
    "opportunities.QuoteOpening": HISTORIES,
    "orders.Settlement": DERIVED,
    "analytics.Cell": DERIVED,
    "analytics.PlanMonth": DERIVED,
    "analytics.Refresh": WORK,
    "crm.JobEntry": WORK,
    "crm.ApprovalEvent": HISTORIES,
    "crm.ApprovalRequestStep": "a copy of the policy's step; what is decided stands in the request's events",
    "crm.ApprovalAssignment": "who is to decide; what is decided stands in the request's events",
    "crm.SignInEvent": HISTORIES,
    "crm.PasswordHash": SAFETY,
    "crm.RecoveryCode": SAFETY,
    "crm.SecondFactor": SAFETY,
    "crm.UserSession": SAFETY,
    "crm.RecordMark": PERSONAL,
}


def own_models():
    for name in OWN_APPS:
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy and not issubclass(model, StateChange):
                yield model


def test_every_table_is_tracked_or_stands_on_the_list_with_its_reason():
    tracked = {kind.model._meta.concrete_model for kind in tracked_models()}
    without = {model._meta.label for model in own_models() if model not in tracked}
    assert sorted(without - set(UNTRACKED)) == [], "add @pghistory.track(), or say here why it needs no trail"
    assert sorted(set(UNTRACKED) - without) == [], "these are tracked now: take them off the list"


def test_the_database_watches_every_tracked_table(db):
    """What trail_tables makes after migrations is there for each: state before, deletes, guard, index, arm of the view."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'crm\\_trail%'")
        triggers = set(cursor.fetchall())
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%(pgh_created_at, pgh_id)'")
        indexed = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT pg_get_viewdef('crm_trail')")
        view = cursor.fetchone()[0]
    for kind in tracked_models():
        table, events = kind.model._meta.db_table, kind.events._meta.db_table
        assert {(table, "crm_trail_before"), (table, "crm_trail_gone"), (events, "crm_trail_guard")} <= triggers
        assert events in indexed
        assert f"FROM {events}" in view


def test_no_secret_is_kept_in_the_trail():
    kept = [
        f"{k.kind}.{f.name}" for k in tracked_models() for f in k.events._meta.concrete_fields if SECRET.search(f.name)
    ]
    assert kept == [
        "crm.user.must_change_password",  # that it must be changed, not what it is
        "integrations.erpconnection.token_url",  # where tokens are fetched: an address
        "integrations.webhook.old_secret_until",  # how long the one before counts, not what it is
    ]


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_every_verb_is_said_in_words():
    trees = (ast.parse(path.read_text(encoding="utf-8")) for app in OWN_APPS for path in (ROOT / app).rglob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    said = [kw for call in calls if name_of(call) in ("acting", "context") for kw in call.keywords if kw.arg == "verb"]
    found = {kw.value.value for kw in said if isinstance(kw.value, ast.Constant)}
    known = {verb.key for verb in extension_points.trail_verbs.all()}
    assert found - known == set(), "register a TrailVerb in the app's extensions.py"
    assert known - found == set(), "these verbs are used nowhere"
