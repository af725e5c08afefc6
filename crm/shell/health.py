"""For the machines that watch the site: is it alive, is it ready, how does it do."""

import ipaddress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView
from redis.exceptions import RedisError

from crm.accounts.throttle import OPEN_PAGES, limited


@login_not_required
@limited(OPEN_PAGES)
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@limited(OPEN_PAGES)
def ready(request: HttpRequest) -> JsonResponse:
    """Database and cache answer too; 503 with what doesn't, without details."""
    checks = {"database": _database(), "cache": _cache()}
    good = all(checks.values())
    return JsonResponse({name: "ok" if up else "down" for name, up in checks.items()}, status=200 if good else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True


@login_not_required
@limited(OPEN_PAGES)
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for the addresses in METRICS_ALLOWED only."""
    address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 -- an unknown caller, refused below
    if not any(address in ipaddress.ip_network(network) for network in settings.METRICS_ALLOWED):
        raise PermissionDenied
    return ExportToDjangoView(request)
