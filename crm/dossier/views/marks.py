"""Star, follow and tag a record; favourites and what was looked at last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from crm.dossier.kept import favourites, visits
from crm.dossier.views.base import PartView
from crm.errors import DomainError
from crm.generic.marks import marks_of
from crm.records.domain.marks import set_follow, set_star
from crm.records.domain.tags import tag_record, untag_record
from crm.records.models import Tag, TagLink

OFFERED = 200


class Star(PartView):
    """Make the record a favourite, or no longer."""

    http_method_names = ("post",)
    put = staticmethod(set_star)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`on` is 1 or empty, so that a second press of the same button changes nothing."""
        self.put(actor=request.user, record=self.record, on=bool(request.POST.get("on")))  # type: ignore[arg-type]
        if not request.htmx:  # type: ignore[attr-defined]
            return self.back()
        return render(request, "generic/_marks.html", marks_of(request, self.record))


class Follow(Star):
    """Follow the record, or no longer."""

    put = staticmethod(set_follow)


class Tags(PartView):
    """The tags of a record: the form that puts them on and takes them off."""

    right = "crm.tag_records"
    changes_record = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put on the tag `name`, or take off the tag `remove`."""
        remove = request.POST.get("remove", "")
        name = request.POST.get("name", "")
        try:
            if remove.isdecimal() and len(remove) < 19:
                untag_record(actor=request.user, record=self.record, tag=int(remove))  # type: ignore[arg-type]
            else:
                tag_record(actor=request.user, record=self.record, name=name)  # type: ignore[arg-type]
        except DomainError as error:
            return self.show(error=str(error.message), name=name, status=422)
        return self.show()

    def show(self, error: str = "", name: str = "", status: int = 200) -> HttpResponse:
        """The form, and beside it the tags in the record's head."""
        user = self.request.user
        links = TagLink.objects.visible_to(user, of=self.record).select_related("tag").order_by("tag__name", "tag_id")
        tags = [link.tag for link in links]
        usable = Tag.objects.visible_to(user).usable(self.entity.model._meta.label_lower)
        context = {
            "record": self.record,
            "about": self.entity.model._meta.label_lower,
            "tags": tags,
            "offered": [tag for tag in usable.order_by("name")[:OFFERED] if tag not in tags],
            "may_make": user.has_perm("crm.add_tag"),
            "error": error,
            "name": name,
        }
        return render(self.request, "dossier/_tag_form.html", context, status=status)


class Kept(TemplateView):
    """The reader's favourites, and the records looked at last."""

    template_name = "dossier/kept.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both lists, with what is still within reach."""
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            favourites=favourites(user),
            visits=visits(user),
            crumbs=[(_("Favourites and recently viewed"), None)],
        )
