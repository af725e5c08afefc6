"""The base of the API's answers."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.acting import also_acting
from integrations.api.errors import Problem, refuse_large
from integrations.api.parsing import ExactParser
from integrations.domain.api_answers import Answer, in_pieces, once

LONGEST_IDEMPOTENCY_KEY = 200


@method_decorator(login_not_required, name="dispatch")  # the API says 401 itself
class ApiView(APIView):
    """How much is read, and who it is in the audit trail; who asks and how often is in the settings (integrations/api/access.py).
    `kind` is what a token must be for."""

    kind: ClassVar[str] = ""
    parser_classes: ClassVar[Any] = (ExactParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before anything is read of the body."""
        super().initial(request, *args, **kwargs)
        refuse_large(request, self.most_bytes())
        also_acting(user=request.user.pk)

    def most_bytes(self) -> int:
        """How long a request may be."""
        return int(settings.API_MAX_BYTES)

    def answered_once(self, request: Request, make: Callable[[], Answer]) -> Response:
        """`make()` in a transaction; for a request that came before with the same Idempotency-Key what it was answered then."""
        return _repeatable(once(**self._named(request), make=make))

    def answered_in_pieces(
        self, request: Request, rows: Sequence[Any], work: Callable[[Sequence[Any]], list[Any]]
    ) -> Response:
        """The results of `work` for the rows, which are done piece by piece, each in a transaction of its own; with the same
        Idempotency-Key each piece is done once."""
        return _repeatable(in_pieces(**self._named(request), rows=rows, work=work))

    def _named(self, request: Request) -> dict[str, Any]:
        """Whose request it is, its Idempotency-Key, and by what it is recognised."""
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > LONGEST_IDEMPOTENCY_KEY:
            raise Problem(400, "malformed", _("At most %(n)s characters.") % {"n": LONGEST_IDEMPOTENCY_KEY})
        said = json.dumps([request.method, request.get_full_path(), request.data], sort_keys=True, default=repr)
        return {"user": request.user, "key": key, "fingerprint": hashlib.sha256(said.encode()).hexdigest()}


def _repeatable(found: Answer) -> Response:
    headers = {**found.headers, **({"Idempotent-Replayed": "true"} if found.again else {})}
    return Response(found.body, status=found.status, headers=headers)
