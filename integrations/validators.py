"""What must hold of values from outside."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from integrations.sap.signing_in import trust


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


def validate_aes_key(value: str) -> None:
    """An EncodingAESKey of WeCom: 43 letters and digits."""
    if not re.fullmatch(r"[A-Za-z0-9]{43}", value):
        raise ValidationError(_("An EncodingAESKey has 43 letters and digits: copy it from WeCom."))


def validate_certificates(value: str) -> None:
    """Certificates in PEM form, one after another."""
    try:
        trust(value)
    except ValueError as error:
        raise ValidationError(_("Enter certificates in PEM form: -----BEGIN CERTIFICATE----- and so on.")) from error


validate_erp_code = RegexValidator(r"^[A-Z0-9_-]*$", _("Capital letters and digits only, as the ERP writes its codes."))
