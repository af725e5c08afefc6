"""What all pages of figures share: the right, and the period and members named by the query string."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from analytics.cards import params
from analytics.catalogue import UnknownIndicator, get
from analytics.definitions import Indicator
from analytics.dimensions import DIMENSIONS, dimension
from analytics.display import period_choices, period_label
from analytics.engine.facts import Filter, Filters
from analytics.engine.labels import labels_of
from analytics.engine.reader import restriction
from analytics.enums import Tier
from crm.periods import Period, parse_period

CHIPS = ("business_unit", "product_line", "region")  # dimensions every page can be narrowed by
_MEMBER = re.compile(r"(only-)?(\d{1,18})")


class FiguresView(View):
    """A page of figures. A period, member or dimension that does not exist is 404."""

    permission = "analytics.view_cell"
    default_period = "ytd"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def today(self) -> Any:
        """The day."""
        return timezone.localdate()

    @cached_property
    def period(self) -> Period:
        """The period asked for."""
        text = self.request.GET.get("period") or self.default_period
        if text == "month":
            text = f"{self.today:%Y-%m}"
        try:
            return parse_period(text, today=self.today)
        except ValueError as error:
            raise Http404(str(error)) from error

    @cached_property
    def filters(self) -> Filters:
        """The members asked for: `region=3` with all below it, `region=only-3` without."""
        found = []
        for key in DIMENSIONS:
            text = self.request.GET.get(key)
            if not text:
                continue
            match = _MEMBER.fullmatch(text)
            if match is None:
                raise Http404(f"{key}={text}")
            found.append(Filter(key, int(match[2]), bool(match[1])))
        return tuple(found)

    def chosen(self, name: str, allowed: Any, default: str = "") -> str:
        """A parameter that must be one of some values."""
        value = self.request.GET.get(name) or default
        if value and value not in allowed:
            raise Http404(f"{name}={value}")
        return str(value)

    def indicator(self) -> Indicator:
        """The indicator of the address."""
        try:
            indicator = get(self.kwargs["number"])
        except UnknownIndicator as error:
            raise Http404 from error
        if indicator.permission and not self.request.user.has_perm(indicator.permission):
            raise PermissionDenied
        return indicator

    def chips(self) -> list[dict[str, Any]]:
        """The period and the dimensions a page can be narrowed by, each with its choices as links."""
        labels = {item.dimension: labels_of(item.dimension, [item.member])[item.member][0] for item in self.filters}
        chips = [self._period_chip()]
        for key in CHIPS:
            chips.append(self._chip(key, labels.get(key)))
        for item in self.filters:
            if item.dimension not in CHIPS:
                without = [self._choice(_("All"), **dict[str, Any]({item.dimension: None}))]
                chips.append(
                    self._as_chip(str(dimension(item.dimension).label), labels[item.dimension], without, on=True)
                )
        return chips

    def _period_chip(self) -> dict[str, Any]:
        choices = [
            self._choice(
                period_label(period, self.today), active=period.label == self.period.label, period=period.label
            )
            for period in period_choices(self.today)
        ]
        return self._as_chip(_("Period"), period_label(self.period, self.today), choices, on=True)

    def _chip(self, key: str, label: str | None) -> dict[str, Any]:
        rows = dimension(key).members.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        narrowed = restriction(self.request.user)
        if narrowed is not None and narrowed.dimension == key:
            rows = rows.filter(pk__in=narrowed.members)
        choices = [self._choice(_("All"), active=label is None, **{key: None})]
        current = self.request.GET.get(key)
        choices += [self._choice(str(row), active=str(row.pk) == current, **{key: row.pk}) for row in rows]
        return self._as_chip(str(dimension(key).label), label or _("All"), choices, on=label is not None)

    def _choice(self, label: str, *, active: bool = False, **changes: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        for key in ("page", "open"):
            query.pop(key, None)
        for key, value in changes.items():
            query.pop(key, None)
            if value is not None:
                query[key] = str(value)
        return {"label": label, "url": "?" + query.urlencode(), "active": active}

    @staticmethod
    def _as_chip(name: str, value: str, choices: list[dict[str, Any]], *, on: bool) -> dict[str, Any]:
        return {"name": name, "value": value, "choices": choices, "on": on}

    def tiers(self, current: str, counts: dict[str, int] | None = None) -> list[dict[str, Any]]:
        """The switch between the tiers."""
        return [
            {
                **self._choice(str(tier.label), active=tier.value == current, tier=tier.value),
                "count": (counts or {}).get(tier.value),
            }
            for tier in Tier
        ]

    def query(self, **more: Any) -> dict[str, Any]:
        """The page's period and members as parameters."""
        return params(self.period, self.filters, **more)

    def crumbs(self, *more: tuple[Any, str | None]) -> list[tuple[Any, str | None]]:
        """The way to the page."""
        return [(_("Indicators"), reverse("analytics:indicators")), *more]
