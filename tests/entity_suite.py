"""Tests that every entity must pass; a subclass gives the data only.

class TestCustomer(EntitySuite):
    entity = customer_entity
    role = "sales_rep"
    make = staticmethod(make_customer)          # make(org, owner=...) -> record
    form_data = staticmethod(lambda org, record: {...})   # a valid POST that changes `record`; None: cannot be edited
    refused = [({"budget": "-1"}, "The budget must not be negative.")]
"""

import csv
from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils.html import escape

from crm.generic.conditions import Condition, Group
from crm.generic.criteria import Criterion
from crm.generic.entity import Entity
from crm.generic.groups import Grouping, totals_of
from crm.generic.inputs import DaysField, RangeField
from crm.generic.lists import list_view
from crm.generic.where import ConditionForm
from crm.models import Role
from crm.records.domain.comments import add_comment


def all_entities(resolver: Any = None) -> list[Entity]:
    """The entities of all pages, each once."""
    found: dict[str, Entity] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            found |= {entity.key: entity for entity in all_entities(entry)}
        elif entity := getattr(entry.callback, "view_initkwargs", {}).get("entity"):
            found[entity.key] = entity
    return list(found.values())


class EntitySuite:
    """Access, scope, sorting, constant queries, fragments, stale edits and the trail of one entity."""

    entity: Entity
    role = "sales_rep"
    make: Any
    form_data: Any = None
    refused: ClassVar[
        Sequence[tuple[dict[str, str], str]]
    ] = ()  # (what is typed over form_data, the message that answers)
    daily = False  # True: all of it runs every day, not only in the gate
    list_queries_at_most = 10
    scoped = True  # False: reference data that everybody with the right sees

    @pytest.fixture
    def mine(self, org: Any) -> Any:
        return type(self).make(org, owner=org.user(self.role))

    @pytest.fixture
    def foreign(self, org: Any) -> Any:
        return type(self).make(org, owner=org.people.stranger)

    @pytest.fixture
    def reader(self, org: Any, client_of: Any) -> Any:
        return client_of(org.user(self.role))

    def test_visitor_must_sign_in(self, client: Any, mine: Any) -> None:
        for url in (self.entity.url("list"), self.entity.record_url(mine)):
            response = client.get(url)
            assert response.status_code == 302
            assert response.url.startswith("/login/")

    def test_without_the_right_is_403(self, org: Any, client_of: Any, mine: Any) -> None:
        nobody = client_of(org.people.nobody)
        assert nobody.get(self.entity.url("list")).status_code == 403
        assert nobody.get(self.entity.record_url(mine)).status_code == 403

    def test_out_of_scope_is_404(self, reader: Any, foreign: Any) -> None:
        if not self.scoped:
            assert reader.get(self.entity.record_url(foreign)).status_code == 200
            return
        assert reader.get(self.entity.record_url(foreign)).status_code == 404
        assert reader.get(self.entity.url("tab", foreign.pk, "history")).status_code == 404
        if self.form_data:
            assert reader.get(self.entity.url("edit", foreign.pk)).status_code == 404

    def test_list_shows_own_and_not_foreign_rows(self, reader: Any, mine: Any, foreign: Any) -> None:
        page = reader.get(self.entity.url("list")).content.decode()
        assert self.entity.record_url(mine) in page
        assert (self.entity.record_url(foreign) in page) is not self.scoped

    @pytest.mark.gate
    def test_history_of_own_record_opens(self, reader: Any, mine: Any) -> None:
        assert reader.get(self.entity.url("tab", mine.pk, "history")).status_code == 200

    @pytest.mark.gate
    def test_every_column_sorts_both_ways(self, org: Any, reader: Any, mine: Any) -> None:
        type(self).make(org, owner=org.user(self.role))
        columns = self.entity.table.columns
        all_shown = reader.get(self.entity.url("list"), {"cols": [column.key for column in columns]})
        assert self.entity.record_url(mine) in all_shown.content.decode()
        for column in columns:
            for sort in filter(None, (column.sort, column.sort and f"-{column.sort}")):
                # the rows alone, with the first column, which leads to the record, and the one that sorts
                shown = {"sort": sort, "cols": list({columns[0].key, column.key})}
                response = reader.get(self.entity.url("list"), shown, headers={"HX-Request": "true"})
                assert response.status_code == 200, sort
                assert self.entity.record_url(mine) in response.content.decode(), sort

    def test_list_takes_the_same_queries_for_one_row_and_five(self, org: Any, reader: Any, mine: Any) -> None:
        url = self.entity.url("list")
        reader.get(url)
        one = self._queries(reader, url)
        for _ in range(4):
            type(self).make(org, owner=org.user(self.role))
        five = self._queries(reader, url)
        assert len(five) == len(one), "\n".join(five)
        assert len(five) <= self.list_queries_at_most, "\n".join(five)

    def _queries(self, reader: Any, url: str) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert reader.get(url).status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    @pytest.mark.gate
    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(
        self, org: Any, client_of: Any, mine: Any, foreign: Any
    ) -> None:
        Role.objects.create(code="exporter", name="x", permissions=["crm.export_lists"])
        user = org.user(self.role)
        user.roles.add(Role.objects.get(code="exporter"))
        reader = client_of(user)
        self._export(reader)  # the session is made
        one = self._export(reader)
        for _ in range(4):
            type(self).make(org, owner=user)
        five = self._export(reader)
        seen = type(mine).objects.visible_to(user)
        assert seen.filter(pk=foreign.pk).exists() is not self.scoped
        assert len(five[0]) == seen.count() + 1
        parts = sum(len(column.parts) for column in self.entity.table.columns if column.is_for(user))
        assert {len(row) for row in five[0]} == {parts}
        assert len(five[1]) == len(one[1]), "\n".join(five[1])

    def test_every_column_says_what_an_export_holds_of_it(self) -> None:
        assert [column.key for column in self.entity.table.columns if not column.parts] == [], "give them a `value`"

    def _export(self, reader: Any) -> tuple[list[list[str]], list[str]]:
        """The rows of an export of all columns, and its queries."""
        query = urlencode({"cols": [column.key for column in self.entity.table.columns]}, doseq=True)
        with CaptureQueriesContext(connection) as captured:
            response = reader.post(reverse("exporting:start", args=[self.entity.key]), {"form": "csv", "query": query})
            assert response.status_code == 200
            text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.reader(text.splitlines(keepends=True))), [query["sql"] for query in captured.captured_queries]

    @pytest.mark.gate
    def test_htmx_gets_the_fragment_only(self, reader: Any, mine: Any) -> None:
        whole = reader.get(self.entity.url("list")).content.decode()
        part = reader.get(self.entity.url("list"), headers={"HX-Request": "true"}).content.decode()
        assert "<html" in whole
        assert "<html" not in part
        assert self.entity.record_url(mine) in part

    @pytest.mark.gate
    def test_filter_form_comes_alone_and_has_every_filter(self, reader: Any) -> None:
        page = reader.get(self.entity.url("list"), {"part": "filters"}, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in page
        names = [name for name in self.entity.filterset.base_filters if name != "q"]
        assert [name for name in names if f'name="{name}' not in page] == []

    @pytest.mark.gate
    def test_discussion_timeline_and_paper_open_and_comments_take_the_same_queries(
        self, org: Any, reader: Any, mine: Any
    ) -> None:
        paper = reader.get(self.entity.url("print", mine.pk), {"comments": "1"}).content.decode()
        assert self.entity.page.code(mine) in paper
        discussion = self.entity.url("tab", mine.pk, "discussion")
        if not self.entity.dossier:
            assert reader.get(discussion).status_code == 404
            return
        timeline = reverse("dossier:timeline", args=[mine._meta.label_lower, mine.pk])
        assert reader.get(self.entity.url("tab", mine.pk, "timeline")).status_code == 200
        user = org.user(self.role)
        add_comment(actor=user, record=mine, text="first")
        addresses = (discussion, timeline, f"{self.entity.record_url(mine)}?part=tabs")
        one = [len(self._queries(reader, address)) for address in addresses]
        for number in range(4):
            add_comment(actor=user, record=mine, text=f"number {number}")
        assert [len(self._queries(reader, address)) for address in addresses] == one
        assert "number 3" in reader.get(timeline).content.decode()

    @pytest.mark.gate
    def test_every_condition_the_list_offers_can_be_asked(self, org: Any, mine: Any) -> None:
        view = list_view(self.entity.key, org.user(self.role), "")
        asked = 0
        for criterion in view.filterset(QueryDict("")).criteria.values():
            for op in criterion.operators(self.entity.model):
                values = self._sample(criterion, op, org.user(self.role))
                if values is None:
                    continue
                where = Group("all", (Condition(criterion.name, op, values),)).text()
                filterset = view.filterset(QueryDict(urlencode({"where": where})))
                filterset.qs.count()
                assert filterset.where is not None
                assert filterset.where.is_valid, where
                assert filterset.chips(filterset.data), where
                asked += 1
        assert asked or not view.filterset(QueryDict("")).criteria

    @staticmethod
    def _sample(criterion: Criterion, op: str, reader: Any) -> tuple[str, ...] | None:
        """A value to ask for; None when there is none to choose."""
        form = ConditionForm(None, criterion, op, reader)
        field = form.fields.get("v")
        if field is None:
            return ()
        if isinstance(field, DaysField):
            return ("this-month",)
        if isinstance(field, RangeField):
            return ("1", "2")
        if isinstance(field, forms.DateField):
            return ("2026-01-31",)
        queryset = getattr(field, "queryset", None)
        if queryset is not None:
            row = queryset.first()
            return (str(row.pk),) if row else None
        keys = [str(key) for key, _label in getattr(field, "choices", ()) if key not in (None, "")]
        return (keys[0],) if keys else ("1",) if not hasattr(field, "choices") else None

    @pytest.mark.gate
    def test_the_list_groups_and_adds_up_by_all_it_offers(self, org: Any, mine: Any) -> None:
        table, rows = self.entity.table, self.entity.model.objects.visible_to(org.user(self.role))
        assert set(table.groups) | set(table.totals) <= {column.key for column in table.columns}
        for key in table.groups:
            grouping = Grouping.of(table, key)
            assert grouping is not None
            groups, count = grouping.groups(rows, table.totals)
            assert count == rows.count()
            assert sum(grouping.rows(rows, group.key).count() for group in groups) == count, key
        if table.totals:
            assert totals_of(rows, table.totals)[0] == rows.count()

    def test_fields_of_bulk_edits_are_those_of_the_form(self) -> None:
        if self.entity.bulk_edit:
            assert self.entity.update is not None
            assert set(self.entity.bulk_edit) <= set(self.entity.form.base_fields)  # some are for certain people only

    def test_stale_edit_writes_nothing_and_shows_both(self, org: Any, reader: Any, mine: Any) -> None:
        if not self.form_data:
            assert self.entity.update is None
            return
        data = {**type(self).form_data(org, mine), "version_read": mine.version}
        assert reader.post(self.entity.url("edit", mine.pk), data).status_code == 302
        mine.refresh_from_db()
        stored = mine.version
        response = reader.post(self.entity.url("edit", mine.pk), data)
        assert response.status_code == 409
        mine.refresh_from_db()
        assert mine.version == stored

    def test_what_cannot_be_is_refused_and_kept_in_the_form(self, org: Any, reader: Any, mine: Any) -> None:
        for typed, message in self.refused:
            data = {**type(self).form_data(org, mine), "version_read": mine.version, **typed}
            response = reader.post(self.entity.url("edit", mine.pk), data)
            page = response.content.decode()
            assert response.status_code == 422, typed
            assert escape(message) in page
            assert [value for value in typed.values() if f'value="{value}"' not in page] == []
            assert type(mine).objects.get(pk=mine.pk).version == mine.version

    def test_a_day_that_cannot_be_is_refused_and_kept_in_the_form(self, org: Any, reader: Any, mine: Any) -> None:
        if not self.form_data:
            return
        url = self.entity.url("edit", mine.pk)
        fields = reader.get(url).context["form"].fields.items()
        for name in [name for name, field in fields if isinstance(field, forms.DateField | forms.DateTimeField)]:
            data = {**type(self).form_data(org, mine), "version_read": mine.version, name: "9999-12-31"}
            response = reader.post(url, data)
            assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
            assert 'value="9999-12-31"' in response.content.decode()

    def test_edit_leaves_one_trail_entry_with_the_actor(self, org: Any, reader: Any, mine: Any) -> None:
        if not self.form_data:
            assert self.entity.update is None
            return
        data = {**type(self).form_data(org, mine), "version_read": mine.version}
        reader.post(self.entity.url("edit", mine.pk), data)
        events = type(mine).pgh_event_model.objects.filter(pgh_obj_id=mine.pk, pgh_label="update")
        assert events.count() == 1
        assert events.get().pgh_context.metadata["user"] == org.user(self.role).pk
