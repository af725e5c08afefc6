"""The builder of a list's conditions, as a fragment of its filter menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.generic.builder import PREFIX, Builder
from crm.generic.filters import ListFilter
from crm.generic.paging import PAGING_KEYS
from crm.generic.where import NAME


def build(request: HttpRequest, filterset: ListFilter) -> HttpResponse:
    """The form; `do` says which button was pressed. What is complete goes to the list."""
    params, model = request.GET, filterset._meta.model
    builder = Builder(filterset.criteria, model, request.user)
    do, _dash, number = params.get("do", "").partition("-")
    if f"{PREFIX}mode-0" in params:
        builder.read(params, checked=do == "apply")
        if do == "apply" and builder.is_valid():
            text = builder.text()
            if not builder.error:
                return HttpResponse(status=204, headers={"HX-Redirect": _address(request, text)})
        _change(builder, do, int(number) if number.isdecimal() and len(number) < 3 else 0)
    else:
        where = filterset.where
        builder.fill(where.group if where is not None and where.is_valid else None)
    context = {
        "builder": builder,
        "fields": list(builder.criteria.values()),
        "carried": [(key, value) for key, value in _rest(request).lists() for value in value],
        "checked": do == "apply",
        "focus": _focus(request, builder, do),
    }
    return render(request, "generic/_where.html", context)


def _focus(request: HttpRequest, builder: Builder, do: str) -> str:
    """Where one goes on: the select that was changed, the new line, or after one was taken away the button that adds another."""
    if do in ("add", "group"):
        return f"{builder.lines[-1].prefix}-field"
    return "w-add" if do == "drop" else str(request.headers.get("HX-Trigger", ""))


def _change(builder: Builder, do: str, number: int) -> None:
    if do == "add":
        builder.add(number)
    elif do == "group":
        builder.add_group()
    elif do == "drop":
        builder.drop(number)


def _rest(request: HttpRequest) -> Any:
    """The list's query string without the form's own names."""
    params = request.GET.copy()
    for name in list(params):
        if name.startswith(PREFIX) or name in (*PAGING_KEYS, "part", "do", NAME):
            del params[name]
    return params


def _address(request: HttpRequest, text: str) -> str:
    params = _rest(request)
    if text:
        params[NAME] = text
    return f"{request.path}?{params.urlencode() or 'view=all'}"
