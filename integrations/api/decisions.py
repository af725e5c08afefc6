"""Where an outside system decides a request for approval: whoever has the address may decide once, and nothing else."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.accounts.devices import client_address
from crm.accounts.throttle import OPEN_PAGES
from integrations.api.errors import Problem, refuse_large
from integrations.webhooks.oa import DECISIONS, decide


class DecisionIn(serializers.Serializer):
    """What was decided there, and by whom."""

    decision = serializers.ChoiceField(choices=list(DECISIONS))
    user = serializers.CharField(max_length=60)
    comment = serializers.CharField(max_length=900, required=False, allow_blank=True, default="")


class DecisionOut(serializers.Serializer):
    """How the request stands."""

    code = serializers.CharField()
    state = serializers.CharField()


@method_decorator(login_not_required, name="dispatch")  # the address itself is the proof
class DecideApi(APIView):
    """The address that a message about an approval brings."""

    authentication_classes: ClassVar[Any] = ()
    permission_classes: ClassVar[Any] = (AllowAny,)
    throttle_classes: ClassVar[Any] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """How often and how much, before anything is read: whoever knows the site may send here."""
        super().initial(request, *args, **kwargs)
        refuse_large(request, int(settings.API_MAX_BYTES))
        try:
            within = OPEN_PAGES.hit(client_address(request._request))
        except (RedisError, OSError):
            within = True  # without Redis nothing is counted
        if not within:
            raise Problem(429, "too_many_requests")

    @extend_schema(
        operation_id="approvals_decide",
        tags=["approvals"],
        summary=gettext_lazy("Decide a request for approval outside"),
        request=DecisionIn,
        responses=DecisionOut,
        auth=[],
        examples=[
            OpenApiExample("Request", {"decision": "approve", "user": "王总", "comment": "同意"}, request_only=True),
            OpenApiExample("Answer", {"code": "AP-000017", "state": "approved"}, response_only=True),
        ],
    )
    def post(self, request: Request, token: str) -> Response:
        """Approve, reject or return it, in the name of the step's approver; once."""
        form = DecisionIn(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        done = decide(token=token, decision=values["decision"], name=values["user"], comment=values["comment"])
        return Response({"code": done.code, "state": done.state})
