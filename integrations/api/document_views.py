"""Where documents are fed: one by its key, or many."""

from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from crm.errors import DomainError
from integrations.api.documents import FORMS, Known, rows_of
from integrations.api.errors import Problem, flat
from integrations.api.filling import require
from integrations.api.views import KeyApi, RecordsView, bulk_in
from integrations.domain.api_answers import Answer
from integrations.domain.document_feed import FEED, KINDS, Given, feed


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
        form = FORMS[self.kind](data=row, context={"known": known})
        key = row.get("key") if isinstance(row, dict) else None
        failed = {"key": key, "result": "failed", "id": None, "status": 422}
        if not form.is_valid():
            return {**failed, "detail": "", "errors": flat(form.errors)}
        try:
            header, lines = rows_of(self.kind, form.validated_data, known)
        except DomainError as error:
            return {**failed, "detail": str(error.message), "errors": {}}
        return Given(form.validated_data["key"], header, lines)


class FeedKeyApi(FeedMixin, KeyApi):
    """A document by its key in the system that it comes from."""

    def put(self, request: Request, system: str, key: str) -> Response:
        """201 for a new one, 200 for one that was there."""
        body = {**require(request.data), "key": key}

        def make() -> Answer:
            (result,) = self.feed(system, [body])
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
