"""A small WeCom: answers as developer.work.weixin.qq.com documents, in a thread of this process, on a free port."""

import base64
import hashlib
import itertools
import json
import secrets
import struct
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CORP, AGENT, SECRET = "ww0123456789abcdef", 1000002, "the-secret-of-the-application"
TOKEN, AES_KEY = "callback-token", base64.b64encode(b"0123456789abcdef0123456789abcdef").decode().rstrip("=")


class Wecom:
    """The company in WeCom, and what was asked of it."""

    def __init__(self) -> None:
        self.departments: list[dict[str, Any]] = [
            {"id": 1, "name": "恒谱新材料", "name_en": "", "parentid": 0, "order": 1}
        ]
        self.people: list[dict[str, Any]] = []
        self.codes: dict[str, str] = {}  # what a code of the sign-in stands for; each counts once
        self.tokens: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.updated: list[dict[str, Any]] = []
        self.checkins: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults: dict[str, list[int]] = defaultdict(list)  # errcodes to come, by path
        self.signs_in_as = ""  # whoever presses "allow" on the pages of the sign-in
        self._numbers = itertools.count(1)
        self._used_codes: set[str] = set()
        wecom = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wecom._serve(self, {})

            def do_POST(self) -> None:
                wecom._serve(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def log_message(self, *args: Any) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The parameters of the calls of one path."""
        return [params for name, params in self.calls if name == path]

    def department(self, number: int, name: str, parent: int = 1) -> None:
        self.departments.append({"id": number, "name": name, "name_en": "", "parentid": parent, "order": number})

    def person(self, userid: str, name: str, department: int = 1, **values: Any) -> None:
        person = {"userid": userid, "name": name, "main_department": department, "position": "", "status": 1}
        self.people.append({**person, "department": [*values.pop("also", ()), department], **values})

    def _serve(self, handler: Any, body: dict[str, Any]) -> None:
        parts = urlsplit(handler.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path in ("/connect/oauth2/authorize", "/wwlogin/sso/login"):
            self._allow(handler, parts.path, params)
            return
        name = parts.path.removeprefix("/cgi-bin/")
        self.calls.append((name, {**params, **body}))
        answer = self._answer(name, params, body)
        text = json.dumps(
            {"errmsg": "ok" if not answer.get("errcode") else f"said {answer['errcode']}", **answer}
        ).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json; charset=UTF-8")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def _allow(self, handler: Any, path: str, params: dict[str, str]) -> None:
        """Somebody presses "allow": back with a code."""
        assert params["appid"] == CORP and params["agentid"] == str(AGENT)
        assert params.get("scope") == "snsapi_base" if "oauth2" in path else params["login_type"] == "CorpApp"
        code = secrets.token_hex(8)
        self.codes[code] = self.signs_in_as
        back = f"{params['redirect_uri']}?{urlencode({'code': code, 'state': params['state']})}"
        handler.send_response(302)
        handler.send_header("Location", back)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def _answer(self, name: str, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if self.faults[name]:
            return {"errcode": self.faults[name].pop(0)}
        if name == "gettoken":
            return self._token(params)
        if params.get("access_token") not in self.tokens:
            return {"errcode": 40014 if params.get("access_token") else 41001}
        found = getattr(self, "_" + name.replace("/", "_"), None)
        return {"errcode": 404} if found is None else {"errcode": 0, **found(params, body)}

    def _token(self, params: dict[str, str]) -> dict[str, Any]:
        if params.get("corpid") != CORP:
            return {"errcode": 40013}
        if params.get("corpsecret") != SECRET:
            return {"errcode": 40001}
        token = f"token-{next(self._numbers)}"
        self.tokens.add(token)
        return {"errcode": 0, "access_token": token, "expires_in": 7200}

    def _agent_get(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        return {"name": "衡谱 CRM"} if params["agentid"] == str(AGENT) else {"errcode": 40056}

    def _department_list(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        return {"department": self.departments}

    def _user_list(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        return {"userlist": [row for row in self.people if int(params["department_id"]) in row["department"]]}

    def _auth_getuserinfo(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        userid = self.codes.pop(params["code"], None)
        if userid is None:
            return {"errcode": 40029}
        return {"userid": userid} if userid else {"openid": "o-outsider"}

    def _checkin_getcheckindata(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        assert body["endtime"] - body["starttime"] <= 30 * 24 * 3600 and len(body["useridlist"]) <= 100
        within = range(body["starttime"], body["endtime"] + 1)
        wanted = {userid.lower() for userid in body["useridlist"]}
        found = [row for row in self.checkins if row["checkin_time"] in within and row["userid"].lower() in wanted]
        return {"checkindata": found}

    def _message_send(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        known = {row["userid"] for row in self.people}
        if body["touser"] not in known:
            return {"errcode": 81013}
        self.sent.append(body)
        answer = {"msgid": f"m{len(self.sent)}"}
        return {**answer, "response_code": f"r{len(self.sent)}"} if body["msgtype"] == "template_card" else answer

    def _message_update_template_card(self, params: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if body["response_code"] in self._used_codes:
            return {"errcode": 42036}
        self._used_codes.add(body["response_code"])
        self.updated.append(body)
        return {}


def encrypted(message: str, corp: str = CORP, key: str = AES_KEY) -> str:
    """As WeCom encrypts what it sends."""
    raw = base64.b64decode(key + "=")
    text = message.encode()
    plain = secrets.token_bytes(16) + struct.pack(">I", len(text)) + text + corp.encode()
    padding = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()


def signed(text: str, *, token: str = TOKEN, at: int | None = None) -> dict[str, str]:
    """The query that stands beside an encrypted text."""
    stamp, nonce = str(at or int(time.time())), secrets.token_hex(5)
    digest = hashlib.sha1("".join(sorted([token, stamp, nonce, text])).encode()).hexdigest()
    return {"msg_signature": digest, "timestamp": stamp, "nonce": nonce}


def pressed(task: str, userid: str, key: str, *, why: str = "", code: str = "press-1") -> str:
    """The event of a press on a card."""
    selected = (
        "<SelectedItems><SelectedItem><QuestionKey><![CDATA[why]]></QuestionKey><OptionIds>"
        f"<OptionId><![CDATA[{why}]]></OptionId></OptionIds></SelectedItem></SelectedItems>"
        if why
        else ""
    )
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName><![CDATA[{userid}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
        f"<TaskId><![CDATA[{task}]]></TaskId><CardType><![CDATA[button_interaction]]></CardType>"
        f"<ResponseCode><![CDATA[{code}]]></ResponseCode><AgentID>{AGENT}</AgentID>{selected}</xml>"
    )


def envelope(text: str) -> str:
    """The body of a message to us."""
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><Encrypt><![CDATA[{text}]]></Encrypt>"
        f"<AgentID><![CDATA[{AGENT}]]></AgentID></xml>"
    )
