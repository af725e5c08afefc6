"""What a file really is: by its first bytes, held against its name. What is not on the list is not taken.

A browser's word for it (the content type it sends) plays no part. Nothing that a browser would run is on the list: no HTML, no
SVG, no programs, no office documents with macros.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from crm.errors import DomainError

HEAD = 4096  # bytes that decide
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument"
_FORBIDDEN_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')

Test = Callable[[bytes, BinaryIO], bool]


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken. `inline`: browsers may show it on a page of its own, all others are only saved."""

    extensions: tuple[str, ...]
    mime: str
    test: Test
    inline: bool = False


def _starts(*marks: bytes, at: int = 0) -> Test:
    return lambda head, _file: any(head[at:].startswith(mark) for mark in marks)


def _riff(kind: bytes) -> Test:
    return lambda head, _file: head.startswith(b"RIFF") and head[8:12] == kind


def _pdf(head: bytes, _file: BinaryIO) -> bool:
    return b"%PDF-" in head[:1024]


def _office(folder: str) -> Test:
    """A ZIP with that folder in it, and no macros."""

    def test(head: bytes, file: BinaryIO) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        file.seek(0)
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return False
        return any(name.startswith(folder) for name in names) and not any("vbaProject" in name for name in names)

    return test


def _text(head: bytes, _file: BinaryIO) -> bool:
    """No control characters in it but those of text; UTF-16 says so by its first two bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)


_ZIP = _starts(b"PK\x03\x04", b"PK\x05\x06")
_OLE = _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

TYPES = (
    FileType(("pdf",), "application/pdf", _pdf, inline=True),
    FileType(("png",), "image/png", _starts(b"\x89PNG\r\n\x1a\n"), inline=True),
    FileType(("jpg", "jpeg"), "image/jpeg", _starts(b"\xff\xd8\xff"), inline=True),
    FileType(("gif",), "image/gif", _starts(b"GIF87a", b"GIF89a"), inline=True),
    FileType(("webp",), "image/webp", _riff(b"WEBP"), inline=True),
    FileType(("heic", "heif"), "image/heic", _starts(b"ftyphei", b"ftypmif1", b"ftypheix", at=4)),
    FileType(("docx",), f"{_OFFICE}.wordprocessingml.document", _office("word/")),
    FileType(("xlsx",), f"{_OFFICE}.spreadsheetml.sheet", _office("xl/")),
    FileType(("pptx",), f"{_OFFICE}.presentationml.presentation", _office("ppt/")),
    FileType(("doc", "wps"), "application/msword", _OLE),
    FileType(("xls", "et"), "application/vnd.ms-excel", _OLE),
    FileType(("ppt", "dps"), "application/vnd.ms-powerpoint", _OLE),
    FileType(("msg",), "application/vnd.ms-outlook", _OLE),
    FileType(("csv",), "text/csv", _text),
    FileType(("txt", "log"), "text/plain", _text),
    FileType(("eml",), "message/rfc822", _text),
    FileType(("step", "stp"), "model/step", _starts(b"ISO-10303-21")),
    FileType(("dwg",), "image/vnd.dwg", _starts(b"AC10")),
    FileType(("zip",), "application/zip", _ZIP),
    FileType(("7z",), "application/x-7z-compressed", _starts(b"7z\xbc\xaf\x27\x1c")),
    FileType(("rar",), "application/vnd.rar", _starts(b"Rar!\x1a\x07")),
    FileType(("mp4", "m4v", "mov", "m4a"), "video/mp4", _starts(b"ftyp", at=4)),
    FileType(("mp3",), "audio/mpeg", _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
)
BY_EXTENSION = {extension: kind for kind in TYPES for extension in kind.extensions}
INLINE = frozenset(kind.mime for kind in TYPES if kind.inline)


def clean_name(name: str) -> str:
    """The name a file is shown and saved under: without folders, control characters and what systems forbid in names."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _FORBIDDEN_IN_NAMES.sub("_", last).strip(" .")
    path = PurePosixPath(plain or "file")
    return (
        f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"
        if len(path.suffix) < 20
        else plain[:LONGEST_NAME]
    )


def sniff(name: str, file: Any) -> FileType:
    """What the file is. Raises DomainError, which says what to do, for a kind that is not taken and for a false name."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        raise DomainError(
            _("Files of the kind “%(kind)s” can't be attached. Save it as PDF, or pack it as .zip.")
            % {"kind": f".{extension}" if extension else name}
        )
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise DomainError(_("The file is empty."))
    if not kind.test(head, file):
        raise DomainError(
            _("The file is not what its name says (.%(kind)s). Open it, save it anew in that format, and attach that.")
            % {"kind": extension}
        )
    file.seek(0)
    return kind
