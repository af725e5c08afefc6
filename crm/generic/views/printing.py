"""A record on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from crm.extension_points import Panel
from crm.generic.views.record import RecordView, attributes
from crm.records.models import Comment
from crm.records.text import rich_text


class PrintView(RecordView):
    """The record without the frame of the site: its facts, the panels that print and, with ?comments=1, the comments."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; the browser prints it."""
        record = self.record()
        entity, page = self.entity, self.entity.page
        panels = self.panels(request)
        with_comments = entity.dossier and request.GET.get("comments") == "1"
        context = self.context(
            record=record,
            title=page.title(record),
            code=page.code(record),
            badges=page.badges(record),
            facts_meta=page.meta(record),
            attributes=attributes(record, page.attributes, request.user),
            facts=self.printed(request, record, [panel for panel in panels if panel.slot == "facts"]),
            panels=self.printed(request, record, [panel for panel in panels if panel.prints]),
            comments=self.comments(request, record) if with_comments else None,
            printed_at=timezone.now(),
            record_url=entity.record_url(record),
        )
        return render(request, "generic/print.html", context)

    def printed(self, request: HttpRequest, record: Any, panels: list[Panel]) -> list[dict[str, Any]]:
        """These panels with their variables; those with nothing to say are left out."""
        found = [(panel, panel.context(request, record)) for panel in panels]
        return [
            {"template": panel.template, "values": {"panel": panel, **values}}
            for panel, values in found
            if values is not None
        ]

    def comments(self, request: HttpRequest, record: Any) -> list[dict[str, Any]]:
        """What was said about the record, as it was said."""
        rows = Comment.objects.visible_to(request.user, of=record).present().select_related("author").order_by("pk")
        return [{"who": row.author.label, "at": row.created_at, "text": rich_text(row.text, ())} for row in rows]
