"""The examples of docs/api.md, sent as they stand there."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from leads.models import Lead
from tests.api.conftest import Program
from tests.api.test_attached import upload
from tests.factories.organisation import Organisation
from tests.factories.records import make_lead

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def commands() -> list[list[str]]:
    """The words of each curl command."""
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.S)
    return [shlex.split(block.replace("\\\n", " ")) for block in blocks]


def run(speaks: Program, words: list[str], lead: Lead) -> Any:
    """What curl would do."""
    options = {"-X": "GET", "-d": ""}
    headers = {}
    for place, word in enumerate(words):
        if word == "-H":
            name, _colon, value = words[place + 1].partition(":")
            headers[name] = value.strip()
        elif word in options:
            options[word] = words[place + 1]
    path = words[-1].replace("$SITE", "").replace("/17/", f"/{lead.pk}/")
    if "-F" in words:
        return upload(lead.owner, path.removeprefix("/api/v1/"), "report.pdf", kind="report")
    sent = {name: value for name, value in headers.items() if name not in ("Authorization", "Content-Type")}
    if "If-Match" in sent:
        sent["If-Match"] = f'"{Lead.objects.get(pk=lead.pk).version}"'
    return speaks.ask(options["-X"], path, options["-d"] or None, **sent)


def test_the_examples_work(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    speaks = program(org.people.sales_rep)
    answers = [run(speaks, words, lead) for words in commands() if "$CALLBACK" not in words]
    assert [answer.status_code for answer in answers] == [200, 201, 200, 200, 201, 201, 200], [
        a.content for a in answers
    ]
