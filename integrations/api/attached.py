"""What hangs on a record of any kind: its files and its comments, for those who see the record, by the checks of the page."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.dossier.views.files import file_answer
from crm.records.domain.attachments import attach, same_file
from crm.records.domain.comments import add_comment
from crm.records.models import Attachment, Comment
from integrations.api.errors import Problem
from integrations.api.parsing import object_in
from integrations.api.reading import Moment
from integrations.api.resources import BY_NAME
from integrations.api.views import RecordsView
from integrations.domain.api_answers import Answer

FORM_BYTES = 64 * 1024  # of an upload besides the file
PAGE = 100  # comments in an answer
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, description="customers, leads, complaints …")
PK = OpenApiParameter("id", int, OpenApiParameter.PATH)
BEFORE = OpenApiParameter("before", int, description="Part of “next”; nothing to make yourself.")


class FileOut(serializers.ModelSerializer):
    """A file of a record."""

    created_at = Moment(read_only=True)

    class Meta:
        model = Attachment
        fields = ("id", "name", "kind", "mime", "size", "sha256", "uploaded_by", "created_at")
        read_only_fields = fields


class FileIn(serializers.Serializer):
    """A file to be attached."""

    file = serializers.FileField()
    kind = serializers.CharField(required=False, allow_blank=True)


class FilesOut(serializers.Serializer):
    """The files of a record."""

    results = FileOut(many=True)


class CommentOut(serializers.ModelSerializer):
    """What somebody said about a record."""

    created_at = Moment(read_only=True)
    edited_at = Moment(read_only=True, allow_null=True)

    class Meta:
        model = Comment
        fields = ("id", "text", "author", "mentioned", "created_at", "edited_at")
        read_only_fields = fields


class CommentIn(serializers.Serializer):
    """What is to be said."""

    text = serializers.CharField()


class CommentsOut(serializers.Serializer):
    """The comments of a record, the newest first."""

    results = CommentOut(many=True)
    next = serializers.URLField(allow_null=True)


FILE = {
    "id": 17,
    "name": "检测报告.pdf",
    "kind": "report",
    "mime": "application/pdf",
    "size": 48213,
    "sha256": "9f86d081…",
    "uploaded_by": 5,
    "created_at": "2027-03-01T08:30:00Z",
}
UPLOAD = {"file": "@检测报告.pdf", "kind": "report"}
COMMENT = {
    "id": 17,
    "text": "客户已确认交期",
    "author": 5,
    "mentioned": [],
    "created_at": "2027-03-01T08:30:00Z",
    "edited_at": None,
}


def _answer(value: Any, code: int = 200) -> OpenApiExample:
    return OpenApiExample("Answer", value, response_only=True, status_codes=[str(code)])


class AttachedView(RecordsView):
    """Base: the kind of record stands in the address, and a token must be for it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """404 for a kind that there is not, or whose records have no files; 403 for one that the person may not see."""
        found = BY_NAME.get(kwargs["kind"])
        if found is None or not found.entity.dossier:
            raise Http404
        self.resource, self.kind = found, found.name  # type: ignore[misc]
        super().initial(request, *args, **kwargs)


class FilesApi(AttachedView):
    """The files of a record, and a new one."""

    parser_classes: ClassVar[Any] = (MultiPartParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A file comes as a form."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and not (request.content_type or "").startswith(MultiPartParser.media_type):
            raise Problem(415, "form", _("Send Content-Type: multipart/form-data with the parts file and kind."))

    def most_bytes(self) -> int:
        """As much as the page takes."""
        return int(settings.ATTACHMENT_MAX_BYTES) + FORM_BYTES

    @extend_schema(
        operation_id="files_list",
        tags=["files"],
        summary=gettext_lazy("List the files of a record"),
        parameters=[KIND, PK],
        responses=FilesOut,
        examples=[_answer({"results": [FILE]})],
    )
    def get(self, request: Request, kind: str, pk: int) -> Response:
        """The newest first."""
        rows = Attachment.objects.visible_to(request.user, of=self.record(pk)).present()
        return Response({"results": FileOut(rows.order_by("-created_at", "-pk"), many=True).data})

    @extend_schema(
        operation_id="files_add",
        tags=["files"],
        summary=gettext_lazy("Attach a file: a form with the parts file and kind"),
        parameters=[KIND, PK],
        request={"multipart/form-data": FileIn},
        responses={201: FileOut},
        examples=[
            _answer(FILE, 201),
            OpenApiExample("Request", UPLOAD, request_only=True, media_type="multipart/form-data"),
        ],
    )
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """201 with the file; 200 with the one of this content that is there already. Nothing is written for a second try."""
        if not request.user.has_perm("crm.add_attachment"):
            raise PermissionDenied
        record = self.record(pk, write=True)
        upload = request.FILES.get("file")
        if upload is None:
            raise Problem(422, "invalid", errors={"file": [_("Choose a file first.")]})
        there = same_file(record, upload)
        row = there or attach(actor=request.user, record=record, upload=upload, kind=request.data.get("kind", ""))
        return Response(
            FileOut(row).data,
            status=200 if there else 201,
            headers={"Location": reverse("api:file", args=[kind, pk, row.pk])},
        )


class FileApi(AttachedView):
    """A file."""

    @extend_schema(
        operation_id="files_get",
        tags=["files"],
        summary=gettext_lazy("Fetch a file"),
        parameters=[KIND, PK, OpenApiParameter("file", int, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, kind: str, pk: int, file: int) -> FileResponse:
        """As it was attached. Whoever gets it stands in the trail."""
        rows = Attachment.objects.visible_to(request.user, of=self.record(pk)).present()
        row = rows.filter(pk=file).first()
        if row is None:
            raise Http404
        return file_answer(self.http, row)


class CommentsApi(AttachedView):
    """What was said about a record, and something more."""

    @extend_schema(
        operation_id="comments_list",
        tags=["files"],
        summary=gettext_lazy("List the comments of a record"),
        parameters=[KIND, PK, BEFORE],
        responses=CommentsOut,
        examples=[_answer({"results": [COMMENT], "next": None})],
    )
    def get(self, request: Request, kind: str, pk: int) -> Response:
        """The newest first."""
        rows = Comment.objects.visible_to(request.user, of=self.record(pk)).present().order_by("-pk")
        before = request.query_params.get("before", "")
        if before:
            if not (before.isascii() and before.isdecimal() and len(before) < 19):
                raise Problem(400, "invalid", errors={"before": [_("Take the address in “next”.")]})
            rows = rows.filter(pk__lt=int(before))
        found = list(rows[: PAGE + 1])
        more = len(found) > PAGE
        following = request.build_absolute_uri(f"{request.path}?before={found[PAGE - 1].pk}") if more else None
        return Response({"results": CommentOut(found[:PAGE], many=True).data, "next": following})

    @extend_schema(
        operation_id="comments_add",
        tags=["files"],
        summary=gettext_lazy("Comment on a record; “@name” tells a colleague"),
        parameters=[KIND, PK],
        request=CommentIn,
        responses={201: CommentOut},
        examples=[
            _answer(COMMENT, 201),
            OpenApiExample("Request", {"text": "客户已确认交期"}, request_only=True),
        ],
    )
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """201 with the comment."""
        if not request.user.has_perm("crm.add_comment"):
            raise PermissionDenied
        text = object_in(request).get("text")
        if not isinstance(text, str):
            raise Problem(422, "invalid", errors={"text": [_("Write something first.")]})
        text = text.replace("\x00", "")  # PostgreSQL keeps no text with it

        def make() -> Answer:
            comment, _unseen = add_comment(actor=request.user, record=self.record(pk), text=text)
            return Answer(201, {}, dict(CommentOut(comment).data))

        return self.answered_once(request, make)
