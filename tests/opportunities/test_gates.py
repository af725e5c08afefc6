"""Gates configured by administrators: levels by product line, versions, extra fields as items, stale saves, roles."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import StaleVersion, TransitionError
from crm.records.domain.extra_fields import update_field
from opportunities.domain.funnel import advance, gate
from opportunities.domain.gates import add_item, set_levels
from opportunities.models import GateItem, Opportunity, Stage
from tests.factories.configured import make_field
from tests.factories.records import make_opportunity
from tests.opportunities.support import answered, stage


def posted(client, place, **changes):
    """The gate's form as the page shows it, with some values changed."""
    form = client.get(reverse("opportunities:gate_edit", args=[place.pk])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**{name: "" if value is None else value for name, value in values.items()}, **changes}


def save(client, place, **changes):
    return client.post(reverse("opportunities:gate_edit", args=[place.pk]), posted(client, place, **changes))


def item(key, place):
    return GateItem.objects.current().get(stage=place, key=key)


def keys(status):
    return {answer.item.key for answer in status.answers}


def missing(status):
    return {entry.key for entry in status.missing}


def test_a_running_deal_keeps_what_held_when_it_came_into_its_stage(org, client_of):
    first, second = stage("requirement"), stage("solution")
    running = make_opportunity(org, stage_since=timezone.now() - dt.timedelta(days=3))
    admin = client_of(org.people.administrator)
    changed = {f"level-{item('timing', first).pk}": "off", f"level-{item('need', first).pk}": "wanted"}
    assert save(admin, first, **changed).status_code == 302
    fresh = make_opportunity(org)
    assert "timing" in missing(gate(running))
    assert "need" in missing(gate(running))
    assert "timing" not in keys(gate(fresh))
    assert "need" in keys(gate(fresh))
    assert "need" not in missing(gate(fresh))
    with pytest.raises(TransitionError) as refused:
        advance(opportunity=running, target=second, actor=org.people.sales_rep)
    assert {"timing", "need"} <= {key for key, _label in refused.value.missing}
    Opportunity.objects.filter(pk__in=[running.pk, fresh.pk]).update(**{**answered(org), "timing": "", "need": ""})
    for record in (running, fresh):
        record.refresh_from_db()
    advance(opportunity=fresh, target=second, actor=org.people.sales_rep)
    with pytest.raises(TransitionError):
        advance(opportunity=running, target=second, actor=org.people.sales_rep)
    answers = {"timing": "Q3", "need": "yellowing"}
    advance(opportunity=running, target=second, actor=org.people.sales_rep, answers=answers)
    advance(opportunity=running, target=first, actor=org.people.sales_rep, reason="anew")
    assert "timing" not in keys(gate(running))  # it came back under what holds now


def test_levels_differ_by_product_line(org, client_of):
    second, admin = stage("solution"), client_of(org.people.administrator)
    pk = item("performance", second).pk
    assert (
        save(
            admin, second, **{f"level-{pk}-{org.liquid.code}": "off", f"level-{pk}-{org.sealant.code}": "wanted"}
        ).status_code
        == 302
    )
    liquid, sealant, none = (
        make_opportunity(org, stage="solution", product_line=line) for line in (org.liquid, org.sealant, None)
    )
    assert "performance" not in keys(gate(liquid))
    assert "performance" in keys(gate(sealant)) - missing(gate(sealant))
    assert "performance" in missing(gate(none))
    page = admin.get(reverse("opportunities:gate_list")).content.decode()
    assert org.liquid.label in page


def test_saving_without_a_change_begins_no_new_version_and_order_is_no_change(org, client_of):
    second, admin = stage("solution"), client_of(org.people.administrator)
    before = set(GateItem.objects.values_list("pk", flat=True))
    last = GateItem.objects.current().filter(stage=second).order_by("-position").first()
    assert save(admin, second, **{f"place-{last.pk}": "1"}).status_code == 302
    assert set(GateItem.objects.values_list("pk", flat=True)) == before
    assert GateItem.objects.current().filter(stage=second).order_by("position")[1].pk == last.pk


def test_an_extra_field_is_asked_for_answered_in_the_dialog_and_forgotten_when_out_of_use(org, client_of):
    field = make_field(
        org, record="opportunities.opportunity", key="safety", name="安全要求", name_en="Safety", type="boolean"
    )
    third, admin = stage("evaluation"), client_of(org.people.administrator)
    url = reverse("opportunities:gate_add", args=[third.pk])
    version = Stage.objects.get(pk=third.pk).version
    data = {"source": "extra:x_safety", "level": "required", "version_read": version}
    assert admin.post(url, data).status_code == 302
    assert item("x_safety", third).label == "Safety"
    record = make_opportunity(org, stage="evaluation", process="p", competitors="c", solution="s")
    assert missing(gate(record)) == {"x_safety"}
    rep, move = client_of(org.people.sales_rep), reverse("opportunities:opportunity_move", args=[record.pk])
    target = stage("negotiation")
    assert "Safety" in rep.get(move, {"target": target.pk}).content.decode()
    assert rep.post(move, {"target": target.pk, "asked": "1"}).status_code == 422
    assert rep.post(move, {"target": target.pk, "asked": "1", "move-x_safety": "false"}).status_code == 302
    record.refresh_from_db()
    assert (record.stage, record.extra) == (target, {"safety": False})
    waiting = make_opportunity(org, stage="evaluation")
    assert "x_safety" in missing(gate(waiting))
    update_field(instance=field, expected_version=None, actor=org.people.administrator, is_active=False)
    assert "x_safety" not in keys(gate(waiting))
    assert rep.get(reverse("opportunities:opportunity_record", args=[waiting.pk])).status_code == 200


def test_new_entries_and_fields_are_added_once(org, client_of):
    second, admin = stage("solution"), client_of(org.people.administrator)
    url = reverse("opportunities:gate_add", args=[second.pk])

    def add(**data):
        version = Stage.objects.get(pk=second.pk).version
        return admin.post(url, {"level": "required", "version_read": version, **data})

    assert add(source="new").status_code == 422
    assert add(source="new", name="气味", name_en="Odour").status_code == 302
    assert add(source="field:timing").status_code == 302
    assert add(source="field:timing").status_code == 422
    record = make_opportunity(org, stage="solution")
    assert {"odour", "timing"} <= missing(gate(record))
    page = (
        client_of(org.people.sales_rep)
        .get(reverse("opportunities:opportunity_edit", args=[record.pk]))
        .content.decode()
    )
    assert "spec_odour" in page


def test_a_stale_save_changes_nothing(org, client_of):
    second, admin = stage("solution"), client_of(org.people.administrator)
    read = posted(admin, second)
    set_levels(stage=second, expected_version=read["version_read"], actor=org.people.administrator, levels={}, order=[])
    read[f"level-{item('performance', second).pk}"] = "off"
    answer = admin.post(reverse("opportunities:gate_edit", args=[second.pk]), read)
    assert answer.status_code == 409
    assert "Somebody else changed this gate" in answer.content.decode()
    assert item("performance", second).level == "required"
    with pytest.raises(StaleVersion):
        add_item(
            stage=second, expected_version=1, actor=org.people.administrator, level="wanted", source="field:timing"
        )


def test_only_who_may_configures(org, client_of):
    url = reverse("opportunities:gate_edit", args=[stage("solution").pk])
    for person in (org.people.sales_rep, org.people.sales_manager):
        assert client_of(person).get(url).status_code == 403
    auditor = client_of(org.user("auditor"))
    assert auditor.get(reverse("opportunities:gate_list")).status_code == 200
    assert auditor.get(url).status_code == 403
