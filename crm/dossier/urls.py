"""Addresses of what hangs on a record ("app.model/5"), of favourites and of the tags' settings page."""

from django.urls import path

from crm.dossier.views import comments, files, marks, timeline
from crm.dossier.views.settings import merge_url, tag_entity

app_name = "dossier"
RECORD = "records/<str:label>/<int:pk>"

urlpatterns = [
    path("recent/", marks.Kept.as_view(), name="kept"),
    path(f"{RECORD}/star/", marks.Star.as_view(), name="star"),
    path(f"{RECORD}/follow/", marks.Follow.as_view(), name="follow"),
    path(f"{RECORD}/tags/", marks.Tags.as_view(), name="tags"),
    path(f"{RECORD}/timeline/", timeline.Timeline.as_view(), name="timeline"),
    path(f"{RECORD}/people/", comments.People.as_view(), name="people"),
    path(f"{RECORD}/comments/", comments.Comments.as_view(), name="comments"),
    path(f"{RECORD}/comments/<int:comment>/", comments.OneComment.as_view(), name="comment"),
    path(f"{RECORD}/comments/<int:comment>/delete/", comments.DeleteComment.as_view(), name="comment_delete"),
    path(f"{RECORD}/files/", files.Files.as_view(), name="files"),
    path(f"{RECORD}/files/<int:file>/", files.OneFile.as_view(), name="file"),
    path(f"{RECORD}/files/<int:file>/remove/", files.RemoveFile.as_view(), name="file_remove"),
    *tag_entity.urls("settings/tags/"),
    merge_url(),
]
