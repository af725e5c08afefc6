"""The field maps as people read them: no code names, and what is done with each property."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from integrations.domain.mapping_words import mapping_in_words, properties_in_words
from integrations.sap.mapping import ENTITY_SETS
from tests.factories.organisation import Organisation

CODE = re.compile(r"_|\b[a-z]+[A-Z]")


@pytest.mark.parametrize("name", ENTITY_SETS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_field_has_a_name_and_a_way_in_words(name: str, language: str) -> None:
    with translation.override(language):
        parts = mapping_in_words(ENTITY_SETS[name])
    assert len(parts) == 1 + len(ENTITY_SETS[name].parts())
    for _title, path, lines in parts:
        for line in lines:
            words = f"{line.label} {line.how}"
            assert line.how and not CODE.search(words), (path, line)
            if language == "zh-hans" and line.label != "Incoterms":
                assert re.search(r"[\u4e00-\u9fff]", line.label) and re.search(r"[\u4e00-\u9fff]", line.how), (
                    path,
                    line,
                )


def test_a_field_is_called_as_on_the_records() -> None:
    lines = {line.sources: line for line in mapping_in_words(ENTITY_SETS["A_SalesOrder"])[0][2]}
    assert lines["SoldToParty",].label == "Customer"
    assert lines["LastChangeDateTime",].how == "date and time, in UTC"
    assert properties_in_words(ENTITY_SETS["A_SalesOrder"], items=True)["Material"] == "Product"


@pytest.mark.django_db
def test_the_page_shows_them(org: Organisation, client_of: Any) -> None:
    page = client_of(org.people.auditor).get(reverse("integrations:entity_set", args=["A_BusinessPartner"]))
    text = page.content.decode()
    assert "Company codes" in text and "CustomerPaymentTerms" in text and "partner_name" not in text
