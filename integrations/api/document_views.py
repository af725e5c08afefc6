"""Where documents are fed: one by its key, or many."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.api.documents import FORMS, Known, rows_of
from integrations.api.errors import Problem, flat
from integrations.api.parsing import object_in
from integrations.api.versions import Conditions
from integrations.api.views import KeyApi, RecordsView, bulk_in, failed_row, key_in_row
from integrations.domain.api_answers import Answer
from integrations.domain.document_feed import FEED, KINDS, Given, feed
from integrations.domain.external_keys import key_of, lock_keys


class FeedMixin(RecordsView):
    """Checks documents and has them written."""

    def feed(self, system: str, rows: list[Any]) -> list[dict[str, Any]]:
        """A result for each."""
        if not self.request.user.has_perm(FEED):
            raise PermissionDenied
        known = Known(self.request.user, rows)
        results: list[dict[str, Any] | None] = []
        good: list[Given] = []
        for row in rows:
            given = self.read(row, known)
            results.append(given if isinstance(given, dict) else None)
            if not isinstance(given, dict):
                good.append(given)
        done = iter(
            zip(good, feed(kind=KINDS[self.kind], system=system, documents=good, actor=self.request.user), strict=True)
        )
        for place, failed in enumerate(results):
            if failed is None:
                given, fed = next(done)
                results[place] = {"key": given.key, "result": fed.result, "id": fed.pk} | (
                    {"status": 422, "detail": fed.reason, "errors": {}} if fed.result == "failed" else {}
                )
        return [result for result in results if result is not None]

    def read(self, row: Any, known: Known) -> Given | dict[str, Any]:
        """The document, or the result that says what is wrong with it."""
        try:
            form = FORMS[self.kind](data=row, context={"known": known})
            if not form.is_valid():
                raise Problem(422, "invalid", errors=flat(form.errors))
            header, lines = rows_of(self.kind, form.validated_data, known)
        except DatabaseError:  # the transaction is lost
            raise
        except Exception as error:
            return {**failed_row(key_in_row(row), error), "id": None}
        return Given(form.validated_data["key"], header, lines)


class FeedKeyApi(FeedMixin, KeyApi):
    """A document by its key in the system that it comes from."""

    def put(self, request: Request, system: str, key: str) -> Response:
        """201 for a new one, 200 for one that was there."""
        values, asked = object_in(request), Conditions(request)
        body = {**values, "key": key}
        entity = KINDS[self.kind].entity

        def make() -> Answer:
            lock_keys(system=system, entity=entity, keys=[key])
            asked.check(key_of(system=system, entity=entity, key=key))
            (result,) = self.feed(system, [body])
            if result.get("status") == 500:
                raise Problem(500, "internal")
            if result["result"] == "failed":
                raise Problem(422, "invalid", result["detail"], errors=result["errors"])
            return self.answer(result["id"], 201 if result["result"] == "created" else 200)

        return self.answered_once(request, make)


class FeedBulkApi(FeedMixin):
    """Many documents of one system."""

    def post(self, request: Request) -> Response:
        """A result for each, in their order: created, updated, unchanged, or failed with what is wrong."""
        system, rows = bulk_in(request)
        return self.answered_once(request, lambda: Answer(200, {}, {"results": self.feed(system, rows)}))
