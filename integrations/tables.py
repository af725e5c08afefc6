"""Tables of sync runs and rejected rows."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm.formats import moment_html, num
from crm.generic.tables import Column, Part, Table, choice_cell, exported
from integrations.enums import RejectionState, RunState
from integrations.sap.mapping import ENTITY_SETS

RUN_TONES: dict[str, str] = {RunState.RUNNING: "pri", RunState.DONE: "ok", RunState.FAILED: "bad"}
REJECTION_TONES: dict[str, str] = {RejectionState.OPEN: "warn", RejectionState.RESOLVED: "ok"}


def entity_label(name: str) -> Any:
    """The entity set in words; its name when it is none of ours any more."""
    found = ENTITY_SETS.get(name)
    return found.label if found else name


def _run_cell(run: Any) -> str:
    url = reverse("integrations:syncrun_record", args=[run.pk])
    label = escape(entity_label(run.entity_set))
    return f'<a class="ttl" href="{url}">{label}</a><span class="sub">{escape(run.entity_set)}</span>'


def _kind(run: Any) -> str:
    return str(_("everything") if run.full else _("changes"))


def _kind_cell(run: Any) -> str:
    return escape(_kind(run))


def _duration(run: Any) -> float | None:
    return None if run.finished_at is None else round((run.finished_at - run.started_at).total_seconds(), 1)


def _count(field: str) -> Any:
    return exported(lambda run: escape(num(getattr(run, field))), field)


def _seconds(run: Any) -> str:
    seconds = _duration(run)
    return "—" if seconds is None else escape(_("%(seconds)s s") % {"seconds": num(seconds, 1)})


def _row_cell(row: Any) -> str:
    url = reverse("integrations:rejectedrow_record", args=[row.pk])
    label = escape(entity_label(row.entity_set))
    return f'<a class="ttl nw" href="{url}">{escape(row.external_id)}</a><span class="sub">{label}</span>'


class SyncRunTable(Table):
    """The list of runs."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-started_at"
    columns: ClassVar = [
        Column("entity_set", _("Entity set"), _run_cell, phone="", value=lambda run: entity_label(run.entity_set)),
        Column(
            "started_at",
            _("Started"),
            lambda run: moment_html(run.started_at),
            sort="started_at",
            css="nw",
            phone=_("Started"),
            descending=True,
            value="started_at",
        ),
        Column("seconds", _("Took"), _seconds, css="num", value=(Part(_duration, unit="s"),)),
        Column("full", _("Read"), _kind_cell, value=_kind),
        Column("read", _("Rows read"), _count("read"), css="num", phone=_("Rows read")),
        Column("written", _("Written"), _count("written"), css="num", phone=_("Written")),
        Column("unchanged", _("Unchanged"), _count("unchanged"), css="num"),
        Column("rejected", _("Rejected"), _count("rejected"), css="num", phone=_("Rejected")),
        Column("state", _("State"), choice_cell("state", RUN_TONES), phone=_("State")),
    ]


class RejectedRowTable(Table):
    """The list of rejected rows."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column(
            "external_id",
            _("Key there"),
            _row_cell,
            phone="",
            value=(Part("external_id"), Part(lambda row: entity_label(row.entity_set), _("Entity set"))),
        ),
        Column("reason", _("Reason"), lambda row: escape(row.reason), phone=_("Reason"), value="reason"),
        Column(
            "at",
            _("Time"),
            lambda row: moment_html(row.at),
            sort="at",
            css="nw",
            phone=_("Time"),
            descending=True,
            value="at",
        ),
        Column("state", _("State"), choice_cell("state", REJECTION_TONES), phone=_("State")),
    ]
