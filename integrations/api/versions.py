"""Conditions of a request: the versions it was meant for (If-Match), and that there be none (If-None-Match)."""

import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request

from integrations.api.errors import Problem

_TAG = re.compile(r'(?:W/)?("?)(\d{1,9})\1', re.ASCII)


def etag(record: Any) -> dict[str, str]:
    """The header that names the version; none for documents, which have no versions."""
    version = getattr(record, "version", None)
    return {"ETag": f'"{version}"'} if version is not None else {}


def versions_in(header: str) -> Collection[int] | None:
    """The versions that If-Match names; a proxy may have made a tag a weak one. None for "*". Raises Problem."""
    if header.strip() == "*":
        return None
    found = [_TAG.fullmatch(part.strip()) for part in header.split(",")]
    if not all(found):
        raise Problem(400, "malformed", _("If-Match takes the ETag of a record."))
    return {int(tag[2]) for tag in found if tag}


def has_it(request: Request, tag: dict[str, str]) -> bool:
    """Whether If-None-Match of a GET names this ETag: the caller has the record as it is."""
    header = request.headers.get("If-None-Match", "")
    return bool(tag) and tag["ETag"] in {part.strip().removeprefix("W/") for part in header.split(",")}


class Conditions:
    """Those of a PUT by a key: which versions it was meant for, None for any; `there`: that one must be there, or none."""

    def __init__(self, request: Request) -> None:
        match = request.headers.get("If-Match")
        self.versions = versions_in(match) if match is not None else None
        self.there: bool | None = True if match is not None else None
        none = request.headers.get("If-None-Match")
        if none is None:
            return
        if none.strip() != "*":
            raise Problem(400, "malformed", _("If-None-Match of a PUT takes “*” only: there must be none yet."))
        if match is not None:
            raise Problem(400, "malformed", _("Send If-Match or If-None-Match, not both."))
        self.there = False

    def check(self, pk: int | None) -> None:
        """Raise Problem where there is one already, or none yet, and the request wants it otherwise."""
        if pk is not None and self.there is False:
            raise Problem(412, "conflict", _("There is a record with this key already."), id=pk)
        if pk is None and self.there is True:
            raise Problem(412, "conflict", _("There is no record with this key yet."))
