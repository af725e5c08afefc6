"""Puts who, from where and which page into the context that the audit trail's rows refer to."""

from pghistory.middleware import HistoryMiddleware

from crm.accounts.devices import client_address


class TrailContext(HistoryMiddleware):
    """pghistory's middleware, with the address of the reader beside the user and the URL."""

    def get_context(self, request):  # type: ignore[no-untyped-def]
        context = super().get_context(request)
        context["address"] = client_address(request)
        return context
