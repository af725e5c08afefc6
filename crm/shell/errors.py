"""Error pages. For htmx a short fragment; the page for 500 touches neither the database nor context processors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

BARE = "errors/bare.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood."""
    return _page(
        request, 400, _("This request cannot be understood"), _("Go back and try again."), "alert-circle", bare=True
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the user lacks the right."""
    reason = str(exception) if exception is not None and exception.args else ""
    text = reason or _("Your role does not include this page. Your administrator can change that.")
    return _page(request, 403, _("No permission"), text, "lock")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page or record, or one out of the user's reach; the two are not told apart."""
    return _page(
        request,
        404,
        _("Not found"),
        _("There is no such page or record, or it lies outside your data scope."),
        "search",
    )


def form_only(request: HttpRequest) -> HttpResponse:
    """405 for an address that only takes what a form sends, and was opened as a page."""
    return _page(
        request,
        405,
        _("There is nothing to see here"),
        _("This address only takes what a form sends. Go back to the page with the form, and send it from there."),
        "arrow-back-up",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _page(
        request,
        403,
        _("This form is out of date"),
        _("The page was open too long, or cookies are off. Go back, reload the page and send it again."),
        "refresh",
        bare=True,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered from the template alone."""
    context = {
        "code": 500,
        "title": _("Something went wrong"),
        "text": _("The error has been recorded. Try again in a moment."),
        "brand": settings.BRAND_NAME,
        "lang": "zh-Hans" if (get_language() or "").startswith("zh") else "en",
        "icon_name": "alert-triangle",
    }
    if _is_htmx(request):
        return HttpResponse(loader.get_template("ui/error_fragment.html").render(context), status=500)
    return HttpResponse(loader.get_template(BARE).render(context), status=500)


def _page(
    request: HttpRequest, status: int, title: str, text: str, icon_name: str, *, bare: bool = False
) -> HttpResponse:
    context = {"code": status, "title": title, "text": text, "icon_name": icon_name, "brand": settings.BRAND_NAME}
    if _is_htmx(request):
        return render(request, "ui/error_fragment.html", {"text": title, "detail": text}, status=status)
    user = getattr(request, "user", None)
    if bare or user is None or not user.is_authenticated:
        lang = "zh-Hans" if (get_language() or "").startswith("zh") else "en"
        return render(request, BARE, {**context, "lang": lang}, status=status)
    return render(request, "errors/error.html", context, status=status)


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
