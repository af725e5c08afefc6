"""The second factor: codes by time (RFC 6238) from an app, and recovery codes for when the phone is lost."""

import base64
import secrets
import time
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import totp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from crm import events
from crm.accounts.domain.log import write_log
from crm.accounts.models import RecoveryCode, SecondFactor
from crm.accounts.models.sign_in import Kind, Reason
from crm.accounts.throttle import CODES, in_minutes
from crm.errors import DomainError

STEP = 30  # seconds
DIGITS = 6
KEY_BYTES = 20
DRIFT = (0, -1, 1)  # steps: a phone's clock may be off by one
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that look alike; ten of them are 49 bits


class WrongCode(DomainError):
    """The code is not right; `reason` is for the log."""

    code = "wrong_code"

    def __init__(self, message: Any, *, reason: str) -> None:
        super().__init__(message, field="code")
        self.reason = reason


def new_key() -> str:
    """A key for an app, encrypted: only an installation with the same SECRET_KEY can read it."""
    return _fernet().encrypt(secrets.token_bytes(KEY_BYTES)).decode()


def readable_key(encrypted: str) -> str:
    """The key as one types it into an app, in groups of four."""
    text = base64.b32encode(_decrypted(encrypted)).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address_for_app(encrypted: str, user: Any) -> str:
    """The address that the app reads from the picture."""
    return _totp(_decrypted(encrypted)).get_provisioning_uri(user.username, settings.BRAND_NAME)


def has_second_factor(user: Any) -> bool:
    """Whether the user signs in with a code besides the password."""
    return SecondFactor.objects.filter(user=user).exists()


def is_wanted(user: Any) -> bool:
    """Whether a role of the user wants a second factor."""
    return bool(user.roles.filter(require_second_factor=True).exists())


def must_set_up(user: Any) -> bool:
    """Whether a role of the user wants a second factor and there is none."""
    return is_wanted(user) and not has_second_factor(user)


def set_up(*, user: Any, encrypted: str, code: str, request: HttpRequest | None = None) -> list[str]:
    """Take the key into use, proved by a code of it; returns the recovery codes, which are told nowhere else.

    Raises DomainError for a wrong code, and when there is a second factor already.
    """
    with transaction.atomic():
        step = _step_of(_decrypted(encrypted), _plain(code))
        if step is None:
            raise WrongCode(_("This code is not right. Does the phone show the right time?"), reason=Reason.WRONG_CODE)
        values = {"key_encrypted": encrypted, "last_step": step, "since": timezone.now()}
        if not SecondFactor.objects.get_or_create(user=user, defaults=values)[1]:
            raise DomainError(_("A second factor is set up already."))
        codes = _new_codes(user)
        write_log(kind=Kind.FACTOR_ON, user=user, request=request)
        events.account_changed.send(user_id=user.pk, what=Kind.FACTOR_ON, actor_id=None)
    return codes


def check_code(*, user: Any, code: str, request: HttpRequest | None = None) -> str:
    """Take a code of the app or a recovery code, each once; returns by which of the two.

    Raises WrongCode, at the latest after five attempts without looking at them.
    """
    if CODES.spent(user.pk):
        message = _("Too many wrong codes. Try again %(when)s.") % {"when": in_minutes(CODES.wait())}
        raise WrongCode(message, reason=Reason.TOO_MANY)
    try:
        return _checked(user, _plain(code))
    except WrongCode as error:
        CODES.hit(user.pk)
        write_log(kind=Kind.REFUSED, user=user, reason=error.reason, request=request)
        raise


def renew_codes(*, user: Any, request: HttpRequest | None = None) -> list[str]:
    """New recovery codes; those of before are void."""
    with transaction.atomic():
        codes = _new_codes(user)
        write_log(kind=Kind.CODES_RENEWED, user=user, request=request)
        events.account_changed.send(user_id=user.pk, what=Kind.CODES_RENEWED, actor_id=None)
    return codes


def remove(*, user: Any, actor: Any = None, request: HttpRequest | None = None) -> bool:
    """Take the second factor away; False when there is none. `actor` is the administrator, if it is not the person."""
    with transaction.atomic():
        count, _by_model = SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        if count:
            reason = Reason.SELF if actor is None else Reason.ADMINISTRATOR
            write_log(kind=Kind.FACTOR_OFF, user=user, reason=reason, actor=actor, request=request)
            events.account_changed.send(user_id=user.pk, what=Kind.FACTOR_OFF, actor_id=actor.pk if actor else None)
    return bool(count)


def codes_left(user: Any) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _checked(user: Any, code: str) -> str:
    if len(code) == DIGITS and code.isdecimal():
        return _checked_by_time(user, code)
    rows = RecoveryCode.objects.filter(user=user, digest__in=[_digest(code, secret) for secret in _secrets()])
    if rows.filter(used_at=None).update(used_at=timezone.now()):
        return Reason.RECOVERY
    if rows.exists():
        raise WrongCode(_("This recovery code was used before: take the next one."), reason=Reason.CODE_USED)
    raise WrongCode(_("This code is not right."), reason=Reason.WRONG_CODE)


def _checked_by_time(user: Any, code: str) -> str:
    factor = SecondFactor.objects.filter(user=user).first()
    step = None if factor is None else _step_of(_decrypted(factor.key_encrypted), code)
    if step is None:
        raise WrongCode(_("This code is not right. Does the phone show the right time?"), reason=Reason.WRONG_CODE)
    # of two who send the same code at the same moment one finds the row
    if not SecondFactor.objects.filter(user=user, last_step__lt=step).update(last_step=step):
        raise WrongCode(_("This code was used before: wait for the next one."), reason=Reason.CODE_USED)
    return Reason.CODE


def _step_of(key: bytes, code: str) -> int | None:
    """The step of time that the code belongs to, None when to none nearby."""
    now, found = int(time.time()) // STEP, None
    for step in (now + drift for drift in DRIFT):
        if constant_time_compare(_totp(key).generate(step * STEP).decode(), code):
            found = step
    return found


def _totp(key: bytes) -> totp.TOTP:
    return totp.TOTP(key, DIGITS, SHA1(), STEP)  # noqa: S303 -- what all apps compute; HMAC with SHA-1 is sound


def _plain(code: str) -> str:
    return "".join(code.lower().split()).replace("-", "")


def _new_codes(user: Any) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _n in range(5)) for _half in range(2))
        for _code in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(_plain(code), settings.SECRET_KEY)) for code in codes
    )
    return codes


def _digest(code: str, secret: str) -> str:
    return salted_hmac("crm.accounts.recovery", code, secret=secret, algorithm="sha256").hexdigest()


def _secrets() -> list[str]:
    """The secret key, and those of before."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _decrypted(token: str) -> bytes:
    try:
        return _fernet().decrypt(token.encode())
    except InvalidToken as error:
        raise DomainError(
            _("The second factor cannot be read any more (SECRET_KEY has changed): an administrator must reset it.")
        ) from error


def _fernet() -> MultiFernet:
    """Keys from SECRET_KEY, and to read with from those of before."""
    digests = [
        salted_hmac("crm.accounts.second_factor", "key", secret=secret, algorithm="sha256").digest()
        for secret in _secrets()
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
