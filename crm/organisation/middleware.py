"""Every page wants a signed-in user, unless the view says otherwise."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class LoginRequired(LoginRequiredMiddleware):
    """Django's, which asks each view; health checks and metrics are open to the machine's own network by their views."""
