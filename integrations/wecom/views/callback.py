"""Where WeCom sends presses on cards. What is not signed by WeCom is refused without a word about why."""

import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from crm.accounts.throttle import MINUTE, Throttle, limited
from integrations.models import WecomSettings
from integrations.wecom.crypto import BadMessage
from integrations.wecom.domain.callback import opened, receive
from integrations.wecom.domain.settings import switched_on

CALLS = Throttle("wecom-callback", 1200, MINUTE)  # all come from few addresses of WeCom's

log = structlog.get_logger(__name__)


@method_decorator([csrf_exempt, login_not_required, limited(CALLS)], name="dispatch")
class Callback(View):
    """GET proves to WeCom that the address is ours, POST brings a message."""

    http_method_names = ("get", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The text inside, which only who has the key can tell."""
        try:
            return HttpResponse(opened(_settings(), request.GET.dict(), request.GET.get("echostr", "")))  # type: ignore[arg-type]
        except BadMessage as error:
            return _refused(error)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Taken; the card itself is changed in the background."""
        try:
            receive(_settings(), request.GET.dict(), request.body)  # type: ignore[arg-type]
        except BadMessage as error:
            return _refused(error)
        return HttpResponse("")


def _settings() -> WecomSettings:
    row = switched_on("messages")
    if row is None or not row.cards_can_decide:
        raise Http404
    return row


def _refused(error: BadMessage) -> HttpResponse:
    log.warning("wecom_callback_refused", reason=str(error))
    return HttpResponse(status=403)
