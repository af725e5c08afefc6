"""Small pieces of markup: what they say, and that nothing put into them gets out as markup."""

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from crm import markup
from crm.generic.forms import style
from crm.models import Currency

EVIL = '"><script>x</script>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: markup.icon(EVIL, label=EVIL, cls=EVIL),
        lambda: markup.badge("ok", EVIL, dot=True, ico=EVIL),
        lambda: markup.grade(EVIL),
        lambda: markup.avatar(EVIL),
        lambda: markup.avatar("x", size=EVIL, text=EVIL),
        lambda: markup.spark([1, 2], label=EVIL, tone=EVIL),
        lambda: markup.bar(10, label=EVIL, tone=EVIL),
        lambda: markup.delta(3, unit=EVIL),
        lambda: markup.donut([(EVIL, 1)]),
    ],
)
def test_everything_put_in_is_escaped(make):
    made = make()
    assert isinstance(made, SafeString)
    assert "<script" not in made
    assert '""' not in made


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in markup.icon("bell")
    assert 'role="img" aria-label="Alarm"' in markup.icon("bell", label="Alarm")
    assert markup.icon("bell").endswith('vendor/icons/sprite.svg#bell"/></svg>')


def test_a_badge_knows_its_tones():
    assert markup.badge("", "x") == '<span class="pill">x</span>'
    with pytest.raises(ValueError, match="purple"):
        markup.badge("purple", "x")


def test_a_grade_is_named_in_the_language_of_the_page():
    with translation.override("en"):
        assert "Customer grade A" in markup.grade("A")
    assert markup.grade("") == ""


@pytest.mark.parametrize(
    ("name", "company", "text"),
    [
        ("林晓雯", False, "晓雯"),
        ("Anna Schmidt", False, "AS"),
        ("zhang", False, "ZH"),
        ("浙江欣禾密封科技", True, "欣禾"),
        ("佳泽", True, "佳泽"),
        ("", False, "?"),
    ],
)
def test_initials(name, company, text):
    assert markup.initials(name, company=company) == text


def test_an_avatar_keeps_its_colour():
    assert markup.avatar("林晓雯") == markup.avatar("林晓雯")
    assert "ava-sq" in markup.avatar("欣禾", sq=True)


def test_a_spark_needs_two_points():
    assert markup.spark("") == ""
    assert markup.spark([5]) == ""
    assert 'points="2.0,19.0 68.0,3.0"' in markup.spark("1,2")


def test_a_bar_stays_inside_its_track():
    assert 'class="bar-fill" width="100.0"' in markup.bar(140)
    assert 'class="bar-fill" width="0.0"' in markup.bar(-3)
    assert 'class="bar-fill" width="0.0"' in markup.bar(None)
    assert 'x="99.0"' in markup.bar(10, target=100)


def test_a_change_is_coloured_by_judgement_not_by_direction():
    assert "delta-good" in markup.delta(3)
    assert "delta-bad" in markup.delta(3, good="down")
    assert "delta-good" in markup.delta(-3, good="down")
    assert "delta-flat" in markup.delta(0)
    assert markup.delta(None) == ""


def test_a_ring_is_full_when_all_is_done():
    assert "ring-success" in markup.ring(3, 3)
    assert "ring-warning" in markup.ring(0, 0)
    assert "<b>2/3</b>" in markup.ring(2, 3)


def test_a_donut_of_nothing_is_empty():
    assert markup.donut([(1, 0)]) == ""
    assert markup.donut("1:41,2:27").count("<circle") == 2


def render(source, **context):
    return Template(source).render(Context(context))


def test_the_query_tag_changes_one_parameter():
    request = RequestFactory().get("/", {"q": "a&b", "page": "3"})
    assert render("{% query page=4 %}", request=request) == "?q=a%26b&amp;page=4"
    assert render("{% query page=None %}", request=request) == "?q=a%26b"


class DemandForm(forms.Form):
    amount = forms.DecimalField(help_text="per year")
    agreed = forms.BooleanField(required=False)


DemandForm.base_fields["amount"].unit = "kg"


def test_a_field_ties_its_help_and_errors_to_the_input():
    form = DemandForm({"amount": "many"})
    html = render('{% include "ui/field.html" with field=form.amount %}', form=form)
    assert 'aria-describedby="id_amount_help id_amount_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control is-invalid"' in html
    assert '<span class="input-group-text">kg</span>' in html
    assert 'id="id_amount_error"' in html


def test_the_error_summary_links_to_the_fields():
    html = render('{% include "ui/form_errors.html" %}', form=DemandForm({"amount": "many"}))
    assert 'href="#id_amount"' in html
    assert "agreed" not in html
    assert render('{% include "ui/form_errors.html" %}', form=DemandForm()).strip() == ""


def test_a_part_gets_its_variables_on_top_of_the_page():
    html = render('{% part "ui/kv.html" variables %}{{ pairs }}', variables={"pairs": [("a", "<b>")]})
    assert "<dt>a</dt><dd>&lt;b&gt;</dd>" in html
    assert html.endswith("</dl>\n")


def test_codes_stay_on_one_line_and_nothing_else_changes():
    shown = Template("{% load fmt %}{{ name|whole }}").render(Context({"name": "密封胶 SF-820 a<b> 2611-S02、x - y"}))
    assert shown == ('密封胶 <span class="nw">SF-820</span> a&lt;b&gt; <span class="nw">2611-S02</span>、x - y')


def test_a_change_has_its_sign_before_the_number_both_ways():
    shown = Template("{% load fmt %}{{ up|money_change }} {{ down|money_change }}").render(
        Context({"up": 2000, "down": -2000})
    )
    assert [sign in shown for sign in ("</span>+2.0", "</span>−2.0", "+<span")] == [True, True, False]


def test_a_list_of_graded_items_keeps_the_place_of_a_missing_grade():
    items = [{"title": "a", "grade": "A"}, {"title": "b", "grade": ""}]
    shown = Template('{% include "ui/todo_list.html" %}').render(Context({"items": items}))
    assert shown.count('class="grade') == 2
    assert 'class="grade' not in Template('{% include "ui/todo_list.html" %}').render(
        Context({"items": [{"title": "c"}]})
    )


def test_the_empty_choice_is_one_dash():
    class Look(forms.Form):
        short = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        named = forms.ChoiceField(choices=[("", "all"), ("a", "A")])
        row = forms.ModelChoiceField(Currency.objects.none(), required=False)
        word = forms.ModelChoiceField(Currency.objects.none(), required=False, empty_label="top")

    form = Look()
    for field in form.fields.values():
        style(field)
    assert [next(iter(field.choices)) for field in form.fields.values()] == [
        ("", "—"),
        ("", "all"),
        ("", "—"),
        ("", "top"),
    ]
    assert list(form.fields["short"].choices)[1:] == [("a", "A")]
