"""Headers of safety; addresses without NUL; no blank pages; the page's language; and what htmx is told after a session."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.utils import translation

from crm.shell.errors import form_only

# What a page may ask of the device: the place and the camera of a visit, nothing else, and nobody but ourselves.
PERMISSIONS = ", ".join(
    [
        "camera=(self)",
        "geolocation=(self)",
        "microphone=(self)",
        *(f"{name}=()" for name in ("accelerometer", "display-capture", "gyroscope", "hid", "magnetometer")),
        *(f"{name}=()" for name in ("midi", "payment", "serial", "usb")),
    ]
)


class Headers:
    """Adds the headers of safety that Django's own middleware has none of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """On every answer."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class NoNul:
    """Makes a blank of a NUL in the query of an address: no text of ours has one, and PostgreSQL refuses to look for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Before anybody reads it."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "%20")
        return self.get_response(request)


class NoBlank:
    """A page in place of nothing for whoever opens the address of a form: by a bookmark, or after a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Only where the view said nothing itself."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and not response.content:
            page = form_only(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response


class UserPreferences(LocaleMiddleware):
    """The user's language, else what Django takes for visitors: the language cookie, then the browser's wish.

    A redirect to the sign-in page would be swapped into the middle of a page by htmx: it is told to go there instead.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language."""
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        user = request.user
        language = user.language if user.is_authenticated else ""
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Turn the redirect to the sign-in page into one that htmx follows as a whole page."""
        response = super().process_response(request, response)
        if response.status_code == 302 and request.headers.get("HX-Request") == "true":
            login = resolve_url(settings.LOGIN_URL)
            if response.headers["Location"].partition("?")[0] == login:
                page = urlsplit(request.headers.get("HX-Current-URL", ""))
                back = page.path + (f"?{page.query}" if page.query else "")
                target = f"{login}?{urlencode({'next': back})}" if back else login
                return HttpResponse(status=204, headers={"HX-Redirect": target})
        return response
