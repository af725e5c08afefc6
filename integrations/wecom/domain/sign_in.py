"""Signing in with WeCom: where to send the browser, and whose account came back."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from crm.errors import ExternalError
from integrations.models import WecomSettings
from integrations.models.wecom import WECOM
from integrations.wecom.client import WecomError
from integrations.wecom.domain.settings import open_client

OAUTH, QR = "https://open.weixin.qq.com", "https://login.work.weixin.qq.com"
SIGN_IN_SECONDS = 8.0  # a person waits for it
BAD_CODE = frozenset({40029, 41008, 42003})  # unknown or used before, missing, expired


class VisitorRefused(ExternalError):
    """WeCom answered, and what the visitor came with does not count: neither WeCom nor our settings are to blame."""


def address_at_wecom(row: WecomSettings, *, back: str, state: str, inside: bool) -> str:
    """Where WeCom asks who it is: silently inside its own browser, else by a QR code. It answers to `back` with code and state.

    WeCom serves these pages from hosts of their own; an installation of one's own, or a gateway, from the API's.
    """
    own = row.base_url.rstrip("/") != WECOM
    common = {"appid": row.corp_id, "redirect_uri": back, "state": state, "agentid": row.agent_id}
    if inside:
        query = urlencode({**common, "response_type": "code", "scope": "snsapi_base"})
        return f"{row.base_url.rstrip('/') if own else OAUTH}/connect/oauth2/authorize?{query}#wechat_redirect"
    query = urlencode({**common, "login_type": "CorpApp"})
    return f"{row.base_url.rstrip('/') if own else QR}/wwlogin/sso/login?{query}"


def userid_of(row: WecomSettings, code: str) -> str:
    """The WeCom account behind a code, which counts once. Raises ExternalError when WeCom cannot tell, and
    VisitorRefused for a code that it does not know and for who does not belong to the company."""
    try:
        with open_client(row, timeout=SIGN_IN_SECONDS, attempts=2) as client:
            answer = client.get("auth/getuserinfo", code=code)
    except WecomError as error:
        if error.number in BAD_CODE:
            raise VisitorRefused(error.message, permanent=True) from error
        raise
    # members have "userid" ("UserId" in older installations); everybody else only an openid
    userid: str = answer.get("userid") or answer.get("UserId") or ""
    if not userid:
        raise VisitorRefused(_("This WeCom account does not belong to the company."), permanent=True)
    return userid
