"""Who has signed in at the simulator: bearer tokens, and sessions with their CSRF tokens."""

import base64
import hmac
import secrets
import threading
import time
from email.message import Message
from http.cookies import SimpleCookie

COOKIE = "SAP_SESSIONID_SIM_100"
TOKEN_SECONDS = 3600


class Sessions:
    """Tokens that were given out and are still good."""

    def __init__(self, *, user: str, password: str) -> None:
        self.credentials = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.token_seconds = TOKEN_SECONDS
        self._bearers: dict[str, float] = {}
        self._csrf: dict[str, str] = {}  # session -> its token
        self._lock = threading.Lock()

    def allows(self, authorization: str) -> bool:
        """Whether that header is a user's, or a token that is good."""
        if hmac.compare_digest(authorization.encode(), self.credentials.encode()):
            return True
        scheme, _space, token = authorization.partition(" ")
        with self._lock:
            return scheme == "Bearer" and self._bearers.get(token, 0.0) > time.monotonic()

    def bearer(self) -> dict[str, object]:
        """A new token, as OAuth2 answers it."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._bearers[token] = time.monotonic() + self.token_seconds
        return {"access_token": token, "token_type": "Bearer", "expires_in": self.token_seconds}

    def csrf(self, headers: "Message[str, str]") -> dict[str, str]:
        """The session's token, in headers; a new session where there was none."""
        with self._lock:
            session = _session(headers)
            if session in self._csrf:
                return {"X_CSRF_Token": self._csrf[session]}
            session, token = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
            self._csrf[session] = token
        return {"X_CSRF_Token": token, "Set_Cookie": f"{COOKIE}={session}; path=/; HttpOnly"}

    def may_write(self, headers: "Message[str, str]") -> bool:
        """Whether the token belongs to the session."""
        with self._lock:
            token = self._csrf.get(_session(headers), "")
        return bool(token) and hmac.compare_digest(token, headers.get("X-CSRF-Token") or "")

    def expire(self, kind: str) -> None:
        """End all tokens of a kind, "csrf" or "oauth", now. Raises ValueError for another."""
        if kind not in ("csrf", "oauth"):
            raise ValueError("only csrf and oauth tokens expire")
        with self._lock:
            (self._csrf if kind == "csrf" else self._bearers).clear()


def _session(headers: "Message[str, str]") -> str:
    cookie = SimpleCookie(headers.get("Cookie") or "").get(COOKIE)
    return cookie.value if cookie else ""
