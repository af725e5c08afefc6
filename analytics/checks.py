"""System checks: a catalogue that contradicts itself or the models does not start."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from analytics.catalogue import CATALOGUE, DUPLICATES
from analytics.definitions import Fact, Indicator, Measure
from analytics.dimensions import DIMENSIONS
from analytics.engine.facts import keep, model_of
from analytics.enums import Aggregate
from analytics.measures import FACTS, MEASURES, fact_of


@register()
def catalogue_is_sound(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Facts, measures, dimensions and indicators name things that exist."""
    messages = [
        *(text for fact in FACTS.values() for text in fact_problems(fact)),
        *(text for measure in MEASURES.values() for text in measure_problems(measure)),
        *(text for indicator in CATALOGUE.values() for text in indicator_problems(indicator)),
        *dimension_problems(),
    ]
    if DUPLICATES:
        messages.append("two indicators have the same number")
    return [Error(text, id="analytics.E001") for text in messages]


def fact_problems(fact: Fact) -> Iterator[str]:
    """What is wrong with a fact."""
    model = model_of(fact)
    for path in [fact.date, *fact.dimensions.values()]:
        if not resolves(model, path):
            yield f"fact {fact.key}: {fact.model} has no {path}"
    for key in [*fact.dimensions, *fact.live_only]:
        if key not in DIMENSIONS:
            yield f"fact {fact.key}: there is no dimension {key}"
    for method in [*fact.rows, *([fact.at] if fact.at else [])]:
        if not hasattr(model._default_manager.all(), method):
            yield f"fact {fact.key}: the query set of {fact.model} has no {method}()"


def measure_problems(measure: Measure) -> Iterator[str]:
    """What is wrong with a measure."""
    if measure.fact not in FACTS:
        yield f"measure {measure.key}: there is no fact {measure.fact}"
        return
    fact = fact_of(measure)
    is_column = measure.aggregate != Aggregate.COUNT and measure.places is None
    if is_column and not resolves(model_of(fact), measure.value):
        yield f"measure {measure.key}: {fact.model} has no {measure.value or 'value'}"
    if (measure.aggregate == Aggregate.STATE) != fact.is_state:
        yield f"measure {measure.key}: states are taken from facts of states, and nothing else is"
    if measure.keep:
        try:
            keep(fact, measure, dt.date.max if fact.is_state else None)
        except (AttributeError, TypeError) as error:
            yield f"measure {measure.key}: {error}"


def indicator_problems(indicator: Indicator) -> Iterator[str]:
    """What is wrong with an indicator."""
    texts = (
        indicator.name,
        indicator.process,
        indicator.theme,
        indicator.formula,
        indicator.reading,
        indicator.unit_text,
    )
    if not all(text.zh and text.en for text in texts):
        yield f"indicator {indicator.number} lacks a text in one of the languages"
    for key in indicator.measures:
        if key not in MEASURES:
            yield f"indicator {indicator.number}: there is no measure {key}"
            continue
        missing = [key_ for key_ in indicator.dimensions if key_ not in fact_of(MEASURES[key]).dimensions]
        if missing:
            yield f"indicator {indicator.number}: measure {key} has no dimension {', '.join(missing)}"
    if indicator.target_of is not None and indicator.target_of not in CATALOGUE:
        yield f"indicator {indicator.number}: there is no indicator {indicator.target_of} to take the target of"


def dimension_problems() -> Iterator[str]:
    """What is wrong with the dimensions of choices: a choice without a number would count as not assigned."""
    for dimension in DIMENSIONS.values():
        if dimension.choices:
            known = set(dimension.choices)
            label, _dot, field = dimension.choices_of.rpartition(".")
            stored = {
                value for fact in FACTS.values() if fact.model == label for value in _choices(model_of(fact), field)
            }
            if stored - known:
                yield f"dimension {dimension.key}: no number for {', '.join(sorted(stored - known))}"


def resolves(model: type[Model], path: str) -> bool:
    """Whether `path` (a__b_id) leads from the model to a column."""
    *steps, last = path.split("__")
    try:
        for step in steps:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]
        names = {field.name for field in model._meta.concrete_fields} | {
            field.attname for field in model._meta.concrete_fields
        }
    except (FieldDoesNotExist, AttributeError):
        return False
    return last in names


def _choices(model: type[Model], field: str) -> list[str]:
    return [value for value, _label in model._meta.get_field(field).choices or ()]  # type: ignore[union-attr]
