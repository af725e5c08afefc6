"""Models of accounts."""

from crm.accounts.models.password import PasswordHash
from crm.accounts.models.second_factor import RecoveryCode, SecondFactor
from crm.accounts.models.session import UserSession
from crm.accounts.models.sign_in import SignInEvent

__all__ = ["PasswordHash", "RecoveryCode", "SecondFactor", "SignInEvent", "UserSession"]
