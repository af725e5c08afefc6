"""What must hold of values from outside."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_base_url(value: str) -> None:
    """An http or https address with a host, without account, query and fragment. Hosts of the inner network may have no dot."""
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or " " in value:
        raise ValidationError(_("Enter an address such as https://erp.example.com."))
    if parts.username or parts.password:
        raise ValidationError(_("User name and password have fields of their own: leave them out of the address."))
    if parts.query or parts.fragment:
        raise ValidationError(_("Leave out what follows ? or #."))
