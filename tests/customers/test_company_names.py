"""What a company name is made of, and how much two of them are the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._recognition_set import companies
from customers.domain.company_names import asked_keys, keys_of, parse_name, sound_of
from customers.domain.name_scores import CERTAIN, LIKELY, POSSIBLE, Reason, compare_names

PARTS = [
    # name, stem, trade, places, form, branch
    ("上海华新化工有限公司", "华新", "化工", ("上海",), "company", ""),
    ("华新（上海）化工有限公司", "华新", "化工", ("上海",), "company", ""),
    ("華新化工〔上海〕股份有限公司", "华新", "化工", ("上海",), "company", ""),
    ("上海市浦东新区华新化工有限责任公司", "华新", "化工", ("上海", "浦东"), "company", ""),
    ("浙江省宁波市鄞州区海曙化工厂", "海曙", "化工", ("浙江", "宁波", "鄞州"), "factory", ""),
    ("苏州工业园区华新密封材料有限公司", "华新", "密封材料", ("苏州",), "company", ""),
    ("上海华新化工有限公词", "华新", "化工", ("上海",), "company", ""),
    ("上海华新化工有限", "华新", "化工", ("上海",), "company", ""),
    ("华新化工集团有限公司", "华新", "化工", (), "group", ""),
    ("华新化工（集团）股份有限公司", "华新", "化工", (), "group", ""),
    ("华新化工苏州分公司", "华新", "化工", (), "", "苏州分公司"),
    ("上海华新化工有限公司第一分公司", "华新", "化工", ("上海",), "company", "第一分公司"),
    ("上海华新化工有限公司（苏州分公司）", "华新", "化工", ("上海",), "company", "苏州分公司"),
    ("上海华新化工第二厂", "华新", "化工", ("上海",), "factory", "第二厂"),
    ("上海华新化工有限公司(停用)", "华新", "化工", ("上海",), "company", ""),
    ("上海华新化工有限公司（原上海红旗化工厂）", "华新", "化工", ("上海",), "company", ""),
    ("上海华新化工有限公司 Shanghai Huaxin Chemical Co., Ltd.", "华新", "化工", ("上海",), "company", ""),
    ("宝山钢铁股份有限公司", "宝山", "钢铁", (), "company", ""),
    ("东方电气股份有限公司", "东方", "电气", (), "company", ""),
    ("ＡＢＢ（中国）有限公司", "abb", "", ("中国",), "company", ""),
    ("Shanghai Huaxin Chemical Co., Ltd.", "huaxin", "chemical", ("上海",), "company", ""),
    ("Bosch Sealing Technologies GmbH", "bosch", "sealing technologies", (), "company", ""),
    ("Gulf Trading W.L.L.", "gulf", "trading", (), "company", ""),
    ("（）", "", "", (), "", ""),
]


@pytest.mark.parametrize(("name", "stem", "trade", "places", "form", "branch"), PARTS, ids=[row[0] for row in PARTS])
def test_parts_of_a_name(name, stem, trade, places, form, branch):
    parts = parse_name(name)
    assert (parts.stem, parts.trade, parts.places, parts.form, parts.branch) == (stem, trade, places, form, branch)


SCORES = [
    # asked, stored, least, most, reason, related
    ("上海华新化工有限公司", "华新（上海）化工有限责任公司", CERTAIN, 100, Reason.SAME_NAME, False),
    ("上海华新化工", "上海华新化工有限公司", CERTAIN, 100, Reason.WITHOUT_FORM, False),
    ("上海华欣化工有限公司", "上海华新化工有限公司", LIKELY, CERTAIN, Reason.SOUND, False),
    ("宁波海盛橡胶有限公司", "宁波海晟橡胶有限公司", LIKELY, CERTAIN, Reason.TYPO, False),
    ("华新化工有限公司", "上海华新化工有限公司", LIKELY, 100, Reason.NO_PLACE, False),
    ("上海华新", "上海华新化工有限公司", LIKELY, CERTAIN, Reason.SHORTER, False),
    ("华新", "上海华新化工有限公司", POSSIBLE, LIKELY, Reason.NO_PLACE, False),
    ("上海华新密封材枓有限公司", "上海华新密封材料有限公司", LIKELY, CERTAIN, Reason.SIMILAR, False),
    ("江苏华新化工有限公司", "上海华新化工有限公司", 0, LIKELY, Reason.PLACE, False),
    ("上海华新国际贸易有限公司", "上海华新化工有限公司", 0, LIKELY, Reason.TRADE, False),
    ("上海华新化工商行", "上海华新化工有限公司", 0, LIKELY, Reason.FORM, False),
    ("上海第三华新化工有限公司", "上海第四华新化工有限公司", 0, LIKELY, Reason.NUMBER, False),
    ("Apex Sealing 120 Inc.", "Apex Sealing 210 Inc.", 0, LIKELY, Reason.NUMBER, False),
    ("Steinbach Dichtung GmbH", "Steinbahc Dichtung", LIKELY, CERTAIN, Reason.TYPO, False),
    ("Shanghai Huaxin Chemical Co., Ltd.", "上海华新化工有限公司", LIKELY, CERTAIN, Reason.SOUND, False),
    ("huaxinhuagong", "上海华新化工有限公司", LIKELY, CERTAIN, Reason.SOUND, False),
    ("上海华新化工有限公司苏州分公司", "上海华新化工有限公司", LIKELY, 100, Reason.BRANCH, True),
    ("上海华新化工第一分公司", "上海华新化工第二分公司", LIKELY, 100, Reason.BRANCH, True),
    ("华新化工集团有限公司", "华新化工有限公司", LIKELY, CERTAIN, Reason.GROUP, True),
]


@pytest.mark.parametrize(("asked", "stored", "least", "most", "reason", "related"), SCORES)
def test_score_and_its_reason(asked, stored, least, most, reason, related):
    found = compare_names(parse_name(asked), parse_name(stored))
    assert least <= found.score <= most
    assert found.related == related
    assert found.score < POSSIBLE or reason in found.reasons
    back = compare_names(parse_name(stored), parse_name(asked))
    assert (back.score, back.related) == (found.score, found.related)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [("上海新华化工有限公司", "上海华新化工有限公司"), ("上海云峰化工", "上海华新化工"), ("", "上海华新")],
)
def test_other_names_are_no_candidates(asked, stored):
    assert compare_names(parse_name(asked), parse_name(stored)).score < POSSIBLE


def test_the_place_beside_a_name_counts_like_one_in_it():
    asked, stored = parse_name("上海华新化工有限公司"), parse_name("华新化工有限公司")
    assert compare_names(asked, stored, places=("上海",)).score >= CERTAIN
    assert compare_names(asked, stored, places=("江苏", "无锡")).score < LIKELY
    assert compare_names(asked, stored).score < compare_names(asked, stored, places=("上海",)).score


CHINESE = [company for company in companies() if not company.latin]
NOISE = st.sampled_from(["　", " ", "·", "-", "", "。", "/", "\t"])


@given(st.sampled_from(CHINESE), st.data())
@settings(max_examples=300, deadline=None)
def test_noise_on_a_name_still_finds_it(company, data):
    """Blanks, points and strokes between the parts, any legal form, the place before or in brackets: the same company."""
    form = data.draw(st.sampled_from(["", "有限公司", "有限责任公司", "股份有限公司", "有限公司（停用）"]))
    first, second = data.draw(NOISE), data.draw(NOISE)
    place = data.draw(st.sampled_from([company.city, f"{company.city}市", f"({company.city})", f"【{company.city}】"]))
    typed = f"{place}{first}{company.stem}{company.trade}{second}{form}"
    assert asked_keys(typed) & keys_of(company.name)
    assert sound_of(parse_name(typed)) == sound_of(parse_name(company.name))
    assert compare_names(parse_name(typed), parse_name(company.name)).score >= CERTAIN


@given(st.sampled_from(CHINESE), st.integers(0, 9), st.sampled_from("的了和大"))
@settings(max_examples=300, deadline=None)
def test_any_one_wrong_character_leaves_a_key(company, place, character):
    core = company.stem + company.trade
    place %= len(core)
    typed = company.city + core[:place] + character + core[place + 1 :] + company.form
    assert len(core) < 4 or asked_keys(typed) & keys_of(company.name)


@given(st.text(max_size=80))
@settings(max_examples=500, deadline=None)
def test_any_text_has_an_answer(text):
    name = parse_name(text)
    assert len(keys_of(text)) < 60
    if name.stem:
        assert compare_names(name, name).score >= CERTAIN
