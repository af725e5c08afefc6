"""Say something about a record, change or take back what one said, and find whom to mention."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, When
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.dossier.panels import comment_lines, comments_before
from crm.dossier.views.base import PartView, gone, toast
from crm.errors import DomainError, StaleVersion
from crm.organisation.models import TeamMembership, User
from crm.records.domain.comments import add_comment, delete_comment, edit_comment
from crm.records.models import Comment
from crm.records.models.comment import LONGEST
from crm.records.references import may_see

CANDIDATES = 12  # each is asked whether it sees the record
OFFERED = 6


class Comments(PartView):
    """The comments of a record: older ones, and a new one."""

    right = "crm.add_comment"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The comments before the one of the key `before`."""
        before = request.GET.get("before", "")
        if not before.isdecimal() or len(before) > 18:
            return self.back()
        return render(request, "dossier/_comment_lines.html", comments_before(request, self.record, int(before)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add one. What was typed stays in the form when it cannot be added."""
        text = request.POST.get("text", "")
        in_place = bool(request.htmx)  # type: ignore[attr-defined]
        try:
            comment, unseen = add_comment(actor=request.user, record=self.record, text=text)  # type: ignore[arg-type]
        except DomainError as error:
            if not in_place:
                messages.error(request, str(error.message))
                return self.back()
            response = self.form(text=text, error=str(error.message), status=422)
            response["HX-Retarget"], response["HX-Reswap"] = "#comment-form", "outerHTML"
            return response
        notice = unseen_notice(unseen)
        if not in_place:
            if notice:
                messages.warning(request, notice)
            return self.back()
        line = render_to_string("dossier/_comment.html", self.line(comment), request=request)
        form = self.form(oob=True).content.decode()
        return HttpResponse(line + form + (toast(request, notice) if notice else ""))

    def form(self, *, text: str = "", error: str = "", oob: bool = False, status: int = 200) -> HttpResponse:
        """The form for a new comment."""
        context = {"record": self.record, "about": self.entity.model._meta.label_lower, "can_comment": True}
        context |= {"text": text, "error": error, "oob": oob, "longest": LONGEST}
        return render(self.request, "dossier/_comment_form.html", context, status=status)

    def line(self, comment: Comment) -> dict[str, Any]:
        """The variables of a comment's template."""
        return {"line": comment_lines(self.request, self.record, [comment])[0]}


class OneComment(Comments):
    """A comment of the reader's own: the form to change it, and the change."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; with ?as=text the comment as it is, for who gives up the change."""
        if request.GET.get("as") == "text":
            return render(request, "dossier/_comment.html", self.line(self.comment))
        if self.comment.author_id != request.user.pk:
            raise Http404
        return self.ask(self.comment, self.comment.text)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the new words; when somebody was quicker in another window, show what is stored and keep what was typed."""
        text, version = request.POST.get("text", ""), request.POST.get("version", "")
        expected = int(version) if version.isdecimal() and len(version) < 10 else 0
        try:
            comment, unseen = edit_comment(
                instance=self.comment,
                record=self.record,
                expected_version=expected,
                actor=request.user,  # type: ignore[arg-type]
                text=text,
            )
        except StaleVersion as error:
            return self.ask(error.current, text, _("Stored meanwhile: %(text)s") % {"text": error.current.text}, 422)
        except DomainError as error:
            return self.ask(self.comment, text, str(error.message), 422)
        notice = unseen_notice(unseen)
        line = render_to_string("dossier/_comment.html", self.line(comment), request=request)
        return HttpResponse(line + (toast(request, notice) if notice else ""))

    @cached_property
    def comment(self) -> Comment:
        """The comment of the address."""
        rows = Comment.objects.visible_to(self.request.user, of=self.record).present().select_related("author")
        comment: Comment | None = rows.filter(pk=self.kwargs["comment"]).first()
        if comment is None:
            raise Http404(gone())
        return comment

    def ask(self, comment: Comment, text: str, error: str = "", status: int = 200) -> HttpResponse:
        """The form in the place of the comment."""
        context = {
            "record": self.record,
            "about": self.entity.model._meta.label_lower,
            "comment": comment,
            "text": text,
            "error": error,
            "longest": LONGEST,
        }
        return render(self.request, "dossier/_comment_edit.html", context, status=status)


class DeleteComment(OneComment):
    """Take an own comment back."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The comment's line goes away."""
        try:
            delete_comment(instance=self.comment, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            line = render_to_string("dossier/_comment.html", self.line(self.comment), request=request)
            return HttpResponse(line + toast(request, str(error.message)))
        return HttpResponse() if request.htmx else self.back()  # type: ignore[attr-defined]


class People(PartView):
    """Colleagues whom "@" may mention here: those who see the record, by the beginning of name or user name."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """[{"name", "sub", "insert"}]; `insert` is what is written after the "@"."""
        text = request.GET.get("q", "").strip()[:30]
        rows = User.objects.visible_to(request.user).filter(is_active=True).exclude(pk=request.user.pk)
        if text:
            rows = rows.filter(Q(display_name__icontains=text) | Q(username__istartswith=text))
        talking, team = self.near()
        near = Case(When(pk__in=talking, then=0), When(pk__in=team, then=1), default=2, output_field=IntegerField())
        candidates = rows.order_by(near, "display_name", "pk")[:CANDIDATES]
        found = [person for person in candidates if may_see(person, self.record)]
        names = [person.display_name for person in found]
        same = {name for name in names if names.count(name) > 1}
        people = [
            {
                "name": person.display_name,
                "sub": person.title or person.username,
                "insert": f"{person.display_name}({person.username})"
                if person.display_name in same
                else person.display_name,
            }
            for person in found[:OFFERED]
        ]
        return JsonResponse(people, safe=False)

    def near(self) -> tuple[set[int], set[int]]:
        """Who has most to do with the record, and is offered first: its owner and those who commented; its team."""
        user, record, today = self.request.user, self.record, timezone.localdate()
        said = Comment.objects.visible_to(user, of=record).order_by().values_list("author", flat=True).distinct()
        around: set[int] = set()
        if team := getattr(record, "team", None):
            running = Q(ends_on=None) | Q(ends_on__gte=today)
            members = TeamMembership.objects.visible_to(user).filter(running, team=team, starts_on__lte=today)
            around = {team.manager_id or 0, *members.order_by().values_list("user", flat=True)}
        return {getattr(record, "owner_id", None) or 0, *said}, around


def unseen_notice(people: list[User]) -> str:
    """What is said when somebody was mentioned who does not see the record."""
    names = ", ".join(person.label for person in people)
    return _("Not told, because this record is not within their reach: %(names)s") % {"names": names} if people else ""
