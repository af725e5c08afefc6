"""JSON as it is sent: numbers with a point stay exact, and what cannot be read is told in the reader's language."""

import codecs
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from integrations.api.errors import Problem, length_of


class ExactParser(JSONParser):
    """Numbers with a point are Decimal: a float would keep 15 digits of them."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The value. Raises Problem."""
        encoding = (parser_context or {}).get("encoding") or settings.DEFAULT_CHARSET
        try:
            text = codecs.getreader(encoding)(stream).read()
            return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise Problem(
                400, "malformed", _("It is no JSON: see line %(line)s, column %(column)s.") % place
            ) from error
        except (ValueError, TypeError, LookupError) as error:  # bytes that are none of this encoding; an odd encoding
            raise Problem(400, "malformed", _("It is no JSON in UTF-8.")) from error


def _no_number(name: str) -> Any:
    raise ValueError(name)


def object_in(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises Problem for nothing, and for what is no object."""
    if not length_of(request):
        raise Problem(400, "malformed", _("The body is empty: send a JSON object."))
    return require(request.data)


def require(value: Any) -> dict[str, Any]:
    """A JSON object; anything else is a problem."""
    if not isinstance(value, dict):
        raise Problem(400, "malformed", _("Send a JSON object."))
    return value
