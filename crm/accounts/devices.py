"""From where somebody comes: the address behind our proxies, and the browser in words."""

import ipaddress
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

LONGEST_AGENT = 300
# The first that fits: most browsers claim to be several.
_BROWSERS = (
    ("wxwork/", "WeCom"),
    ("MicroMessenger/", "WeChat"),
    ("DingTalk/", "DingTalk"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Origin:
    """From where a request comes."""

    address: str | None = None
    agent: str = ""


def origin_of(request: HttpRequest | None) -> Origin:
    """The address and the browser of a request; nothing known without one."""
    if request is None:
        return Origin()
    agent = re.sub(r"[^ -~]", "", request.META.get("HTTP_USER_AGENT", ""))[:LONGEST_AGENT]
    return Origin(client_address(request) or None, agent)


def client_address(request: HttpRequest) -> str:
    """The reader's address: behind PROXY_COUNT proxies the one that the outermost of ours saw; "" when unknown.

    What stands further left in X-Forwarded-For was written by whoever asked, and counts for nothing.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    behind = 0 < settings.PROXY_COUNT <= len(hops)
    text = hops[-settings.PROXY_COUNT] if behind else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""


def device_of(agent: str) -> str:
    """The browser and the system: "Chrome · Windows"; a dash for what is unknown."""
    found = [next((name for mark, name in names if mark in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or "—"
