"""Checks of what identifies a company."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [3**index % 31 for index in range(17)]


def credit_code_check_digit(first: str) -> str:
    """The 18th character for the first 17 of a unified social credit code (GB 32100-2015, section 4.5)."""
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(first, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def credit_code_problem(code: str) -> str:
    """What is wrong with the code, in the reader's language; an empty text when nothing is."""
    if len(code) != 18:
        return _("The credit code has %(length)d characters; it must have 18.") % {"length": len(code)}
    if strange := sorted(set(code) - set(_ALPHABET)):
        return _("The credit code must not contain “%(characters)s”.") % {"characters": "".join(strange)}
    expected = credit_code_check_digit(code[:17])
    if code[17] != expected:
        return _("The last character of the credit code does not fit the others: check it for typing errors.")
    return ""


def validate_credit_code(code: str) -> None:
    """Raise ValidationError for a code that GB 32100 does not allow."""
    if problem := credit_code_problem(code):
        raise ValidationError(problem, code="credit_code")
