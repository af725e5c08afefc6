"""Tables of sync runs and rejected rows."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from crm import markup
from crm.formats import day, moment_html, num
from crm.generic.tables import Column, Part, Table, choice_cell, exported
from integrations.domain.outbox.words import in_words
from integrations.enums import MessageState, RejectionState, RunState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.compare import with_open

RUN_TONES: dict[str, str] = {
    RunState.RUNNING: "pri",
    RunState.DONE: "ok",
    RunState.FAILED: "bad",
    RunState.STOPPED: "line",
}
REJECTION_TONES: dict[str, str] = {
    RejectionState.OPEN: "warn",
    RejectionState.RESOLVED: "ok",
    RejectionState.IGNORED: "line",
}


def entity_label(name: str) -> Any:
    """The entity set in words; its name when it is none of ours any more."""
    found = ENTITY_SETS.get(name)
    return found.label if found else name


def _run_cell(run: Any) -> str:
    url = reverse("integrations:syncrun_record", args=[run.pk])
    label = escape(entity_label(run.entity_set))
    return f'<a class="ttl" href="{url}">{label}</a><span class="sub">{escape(run.entity_set)}</span>'


def _kind(run: Any) -> str:
    return str(run.get_kind_display())


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
        Column("kind", _("Read"), _kind_cell, value=_kind),
        Column("read", _("Rows read"), _count("read"), css="num", phone=_("Rows read")),
        Column("written", _("Written"), _count("written"), css="num", phone=_("Written")),
        Column("unchanged", _("Unchanged"), _count("unchanged"), css="num"),
        Column("rejected", _("Rejected"), _count("rejected"), css="num", phone=_("Rejected")),
        Column("gone", _("No longer there"), _count("gone"), css="num"),
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
        Column("reason", _("Reason"), lambda row: escape(row.why), phone=_("Reason"), value="why"),
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


def period_text(found: Any) -> str:
    """The days of a comparison."""
    days = f"{day(found.first_on)} – {day(found.last_on)}"
    return str(_("%(days)s and all open items") % {"days": days}) if with_open(ENTITY_SETS[found.entity_set]) else days


def difference_badge(found: Any) -> str:
    """Whether both sides agree."""
    if not found.differing:
        return markup.badge("ok", _("no difference"))
    words = ngettext("%(count)s document differs", "%(count)s documents differ", found.differing)
    return markup.badge("bad", words % {"count": num(found.differing)})


def _comparison_cell(found: Any) -> str:
    url = reverse("integrations:reconciliation_record", args=[found.pk])
    label = escape(entity_label(found.entity_set))
    return f'<a class="ttl" href="{url}">{label}</a><span class="sub">{escape(found.entity_set)}</span>'


class ReconciliationTable(Table):
    """The list of comparisons with the ERP."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column(
            "entity_set",
            _("Entity set"),
            _comparison_cell,
            phone="",
            value=lambda found: entity_label(found.entity_set),
        ),
        Column(
            "at",
            _("Time"),
            lambda found: moment_html(found.at),
            sort="at",
            css="nw",
            phone=_("Time"),
            descending=True,
            value="at",
        ),
        Column(
            "days", _("Days"), lambda found: escape(period_text(found)), css="nw", phone=_("Days"), value=period_text
        ),
        Column("compared", _("Documents"), _count("compared"), css="num", phone=_("Documents")),
        Column("differing", _("Differences"), difference_badge, phone=_("Differences"), value="differing"),
    ]


MESSAGE_TONES: dict[str, str] = {
    MessageState.WAITING: "line",
    MessageState.SENDING: "pri",
    MessageState.DOUBT: "warn",
    MessageState.CONFIRMED: "ok",
    MessageState.REFUSED: "bad",
    MessageState.DEAD: "bad",
    MessageState.GIVEN_UP: "line",
}


def _message_cell(message: Any) -> str:
    url = reverse("integrations:outboxmessage_record", args=[message.pk])
    kind = escape(message.get_kind_display())
    return f'<a class="ttl" href="{url}">{escape(message.title)}</a><span class="sub">{kind}</span>'


def _why(message: Any) -> str:
    """Its number in the ERP, or what stands in the way: in the ERP's own words before ours."""
    words = in_words(message)
    return message.erp_number or words.said or words.advice


class OutboxTable(Table):
    """The list of messages to the ERP."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-created_at"
    columns: ClassVar = [
        Column(
            "title",
            pgettext_lazy("message to the ERP", "Handed over"),
            _message_cell,
            phone="",
            value=(Part("title"), Part(lambda message: message.get_kind_display(), _("Kind"))),
        ),
        Column("state", _("State"), choice_cell("state", MESSAGE_TONES), phone=_("State")),
        Column("why", _("ERP number or reason"), lambda row: escape(_why(row)) or "—", phone=_("Reason"), value=_why),
        Column("attempts", _("Attempts"), _count("attempts"), css="num"),
        Column(
            "created_at",
            _("Since"),
            lambda message: moment_html(message.created_at),
            sort="created_at",
            css="nw",
            phone=_("Since"),
            descending=True,
            value="created_at",
        ),
    ]
