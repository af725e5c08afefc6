"""The events of a record's timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.dossier.timeline import shown
from crm.dossier.views.base import PartView


class Timeline(PartView):
    """A page of events, towards the past; `of` chooses a source."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The events."""
        return render(request, "dossier/_timeline_events.html", shown(request, self.record))
