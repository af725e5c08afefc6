"""The board: lanes of cards by stage, with sums."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.generic.views.base import EntityView
from opportunities.domain.board import CARDS, BoardSums, StageSum, board_sums, lane_cards, more_cards
from opportunities.domain.funnel import Funnel
from opportunities.enums import StageCategory
from opportunities.models import Opportunity
from opportunities.tables.opportunity import board_card

TONES = 4  # shades of the stages: s1 to s4
DROPS = {
    StageCategory.WON: ("trophy", "ok"),
    StageCategory.LOST: ("circle-x", ""),
    StageCategory.ON_HOLD: ("zzz", ""),
}


class BoardBase(EntityView):
    """What board, lane and the answer to a move share: the same filters as the list's."""

    def may_move(self) -> bool:
        """Whether the reader may move cards."""
        return self.request.user.has_perm(self.entity.permission("change"))

    def cards(self, rows: list[Opportunity], funnel: Funnel) -> SafeString:
        """The markup of cards."""
        now, today, movable = timezone.now(), timezone.localdate(), self.may_move()
        funnel.look_outside(rows)
        parts = [board_card(row, funnel.gate(row), now, today, movable=movable) for row in rows]
        return mark_safe("".join(parts))  # noqa: S308 -- board_card escapes

    def figures(self, sums: BoardSums) -> dict[str, Any]:
        """What shows the sums: the row above, the lanes' heads, the drop zones."""
        whole = sums.pipeline
        return {
            "sums": sums,
            "heads": [head(found, index, whole) for index, found in enumerate(sums.open, start=1)],
            "drops": [drop(found) for found in sums.of(*DROPS)],
        }


class BoardView(BoardBase):
    """The whole board."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sums and the first cards of each lane, in a fixed number of queries; with ?part=filters the filter form alone."""
        filterset = self.filterset(request.GET)
        if request.GET.get("part") == "filters":
            return render(request, "opportunities/_board_filter_form.html", {"filterset": filterset})
        funnel = Funnel()
        figures = self.figures(board_sums(filterset.qs, funnel.stages, timezone.localdate()))
        cards = lane_cards(filterset.qs)
        lanes = []
        for lane in figures["heads"]:
            rows = cards.get(lane["stage"].pk, [])
            lanes.append({**lane, "cards": self.cards(rows[:CARDS], funnel), **self.more(lane, rows, request.GET)})
        chips = filterset.chips(request.GET.copy())
        context = self.context(
            **figures,
            lanes=lanes,
            filterset=filterset,
            chips=chips,
            filtered=bool(chips) or bool(request.GET.get("q")),
            quick=self.quick(request),
            switch=self.entity.list_switch(request) if self.entity.list_switch else [],
            can_create=request.user.has_perm(self.entity.permission("add")),
            create_url=self.entity.url("create"),
            may_move=self.may_move(),
            crumbs=[self.context()["list_crumb"], (_("Board"), None)],
        )
        return render(request, "opportunities/board.html", context)

    def more(self, lane: Mapping[str, Any], rows: list[Opportunity], params: QueryDict) -> dict[str, Any]:
        """How many cards are still to come, and from where."""
        if len(rows) <= CARDS:
            return {"more": 0}
        return {"more": lane["count"] - CARDS, "more_url": lane_url(lane["stage"].pk, rows[CARDS - 1], params)}

    def quick(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Filters one press away."""
        out = []
        for label, name, value in ((_("Only mine"), "owner", "me"), (_("Only stuck"), "stuck", "on")):
            if not request.GET.get(name):
                params = request.GET.copy()
                params[name] = value
                out.append({"label": label, "url": "?" + params.urlencode()})
        return out


class LaneView(BoardBase):
    """The next cards of a lane, after the one named in ?after=."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cards and, when there are others still, the button for them."""
        params = request.GET.copy()
        key = params.pop("after", [""])[-1]
        after = self.rows().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        funnel = Funnel()
        stage = next((found for found in funnel.open_stages if found.pk == kwargs["stage"]), None)
        if after is None or stage is None:
            raise Http404
        rows = more_cards(self.filterset(params).qs, stage, after)
        url = lane_url(stage.pk, rows[CARDS - 1], params) if len(rows) > CARDS else ""
        context = {"cards": self.cards(rows[:CARDS], funnel), "more_url": url, "stage": stage}
        return render(request, "opportunities/_more_cards.html", context)


def head(found: StageSum, index: int, whole: Any) -> dict[str, Any]:
    """The head of a lane."""
    share = found.amount * 100 / whole if whole else 0
    return {
        "stage": found.stage,
        "count": found.count,
        "amount": found.amount,
        "weighted": found.weighted,
        "share": share,
        "tone": f"s{min(index, TONES)}",
    }


def drop(found: StageSum) -> dict[str, Any]:
    """A zone for cards that leave the lanes: what was closed this quarter, or how many are on hold."""
    icon, tone = DROPS[StageCategory(found.stage.category)]
    held = found.stage.category == StageCategory.ON_HOLD
    return {
        "stage": found.stage,
        "icon": icon,
        "tone": tone,
        "held": held,
        "count": found.count if held else found.closed_count,
        "amount": found.closed_amount if found.stage.category == StageCategory.WON else None,
    }


def lane_url(stage: int, last: Opportunity, params: QueryDict) -> str:
    """Where the cards after `last` come from, with the filters in force."""
    query = params.copy()
    query["after"] = str(last.pk)
    return f"{reverse('opportunities:opportunity_lane', args=[stage])}?{query.urlencode()}"
