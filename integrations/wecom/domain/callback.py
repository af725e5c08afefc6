"""What WeCom sends to us, checked: signed with the token, encrypted with the key, for our company, and from just now."""

import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from integrations.models import WecomSettings
from integrations.wecom.crypto import BadMessage, check_signature, decrypt
from integrations.wecom.domain.cards import WHY, Why, press
from integrations.wecom.domain.settings import callback_secrets

FRESH = 10 * 60  # seconds that a signature counts
LONGEST = 64 * 1024  # bytes of a message


def opened(row: WecomSettings, query: Mapping[str, str], encrypted: str) -> bytes:
    """The message inside. Raises BadMessage when it is not from WeCom, not for us, or older than FRESH."""
    token, aes_key = callback_secrets(row)
    timestamp = query.get("timestamp", "")
    check_signature(
        token,
        timestamp=timestamp,
        nonce=query.get("nonce", ""),
        encrypted=encrypted,
        given=query.get("msg_signature", ""),
    )
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > FRESH:
        raise BadMessage("the message is old")
    return decrypt(aes_key, row.corp_id, encrypted)


def receive(row: WecomSettings, query: Mapping[str, str], body: bytes) -> None:
    """Take a message; what is no press on a card is left alone. Raises BadMessage."""
    encrypted = _parsed(body).findtext("Encrypt", "")
    message = _parsed(opened(row, query, encrypted))
    if message.findtext("Event") != "template_card_event":
        return
    why = ""
    for selected in message.iterfind("SelectedItems/SelectedItem"):
        if selected.findtext("QuestionKey") == WHY:
            why = selected.findtext("OptionIds/OptionId", "")
    press(
        task_id=message.findtext("TaskId", ""),
        userid=message.findtext("FromUserName", ""),
        key=message.findtext("EventKey", ""),
        why=why or Why.ON_PAGE,
        response_code=message.findtext("ResponseCode", ""),
    )


def _parsed(text: bytes) -> ET.Element:
    """The message. A stranger's comes here too, before its signature is known; it is read as UTF-8 whatever it says it is, so
    that no declaration hides in another encoding."""
    try:
        plain = text.decode()
        # the parser takes what has NULs for UTF-16 even so
        if len(text) > LONGEST or "\0" in plain or "<!" in plain.replace("<![CDATA[", ""):
            raise BadMessage("the message is too long, or declares entities")
        return ET.fromstring(plain)  # noqa: S314 -- declarations are refused above
    except (ET.ParseError, UnicodeError) as error:
        raise BadMessage("the message is no XML in UTF-8") from error
