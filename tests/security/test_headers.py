"""What every answer says to the browser, and where secrets come from."""

import os
import subprocess
import sys
from importlib import import_module, reload

import pytest
from django.conf import settings as site
from django.test import Client

ROOT = site.BASE_DIR
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/login/", "/no-such-page/", "/customers/", "/static/css/crm.css", "/health/live/"])
def test_every_answer_carries_the_headers(client, db, path):
    answer = client.get(path)
    static = path.startswith("/static/")
    for name, value in WANTED.items():
        if not (static and name == "X-Frame-Options"):
            assert answer[name] == value, name
    assert "usb=()" in answer["Permissions-Policy"]
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    if not static:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy


def test_https_gets_its_own_rules(client_of, org, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    plain = Client().get("/login/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/login/")
    assert Client().get("/login/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert Client().get("/health/live/").status_code == 200, "the machine's own watch speaks plain HTTP"


def settings_read_with(**environment):
    """The exit code and the last words of reading the settings in a process of its own."""
    code = (
        "import crm.settings.base as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    )
    offline = {"DATABASE_URL": "postgresql://x/x", "REDIS_URL": "redis://x", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**offline, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout or done.stderr).strip().splitlines()[-1]


def test_production_is_safe_by_default_and_wants_a_secret(tmp_path):
    code, words = settings_read_with(HENGPU_VAR=str(tmp_path))
    assert code
    assert "SECRET_KEY" in words
    code, words = settings_read_with(HENGPU_VAR=str(tmp_path), SECRET_KEY="x" * 50, HTTPS="1")
    assert (code, words) == (0, "True True True 31536000 False")


@pytest.fixture
def audit():
    sys.path.insert(0, str(ROOT / ".ci"))
    yield reload(import_module("audit"))
    sys.path.remove(str(ROOT / ".ci"))


def test_the_audit_finds_what_is_not_pinned_or_not_as_pinned(audit):
    good = "django==1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n    # via -r base.in\n"
    assert audit.unsafe_lines(good) == []
    assert audit.unsafe_lines(good + "left-pad==1.0\n--index-url x\n") == ["left-pad==1.0", "--index-url x"]
    assert audit.not_as_pinned(good)[0].endswith("pinned 1.0")


def test_the_audit_tells_unknown_from_none(audit):
    weak = {"id": "CVE-1", "fix_versions": ["2.0"]}
    report = {
        "dependencies": [
            {"name": "a", "version": "1.0", "vulns": [weak]},
            {"name": "b", "version": "1.0", "vulns": []},
            {"name": "c", "skip_reason": "not found"},
        ]
    }
    assert audit.findings(report) == (["a 1.0: CVE-1, fixed in 2.0"], 2)
