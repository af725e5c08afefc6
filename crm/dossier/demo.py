"""Comments, tags, files and favourites of the demo company, on the newest customers, leads, opportunities and complaints."""

import datetime as dt
import hashlib
import struct
import zlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction

from crm.demo.copy import load_rows
from crm.demo.world import World
from crm.generic.entity import entities
from crm.records.models.attachment import FileKind, file_storage

MOST = 40  # records of a kind that are talked about
TAGGED = 400
TAGS: tuple[tuple[str, str, list[str]], ...] = (
    ("战略客户", "vio", ["customer"]),
    ("价格敏感", "warn", ["customer", "opportunity"]),
    ("年度框架", "pri", ["customer"]),
    ("新能源", "ok", []),
    ("需技术支持", "info", []),
    ("竞品切入", "bad", ["customer", "opportunity", "lead"]),
    ("展会获客", "line", ["lead", "customer"]),
    ("重点跟进", "pri", []),
)
SAID = {
    "customer": (
        "采购总监下周出差，{name}，技术交流改到下下周，请提前约好质量部。",
        "年度框架谈到第二轮，对方希望账期由 60 天延到 90 天，先不要答应。",
        "他们三季度要上第二条涂覆线，用量可能翻倍，记得更新需求量。",
        "财务反馈上月对账单已确认，发票抬头改为新公司名称。",
    ),
    "lead": (
        "电话已通，对方在找国产替代，本周寄 TDS 和样品清单。",
        "{name}，这家和我们华南的老客户是同一集团，麻烦核实。",
    ),
    "opportunity": (
        "试用线节拍满足要求，质量部担心表干时间偏慢，等快表干批次中试。",
        "{name}，请研发把中试排到月初之前，否则定点窗口就错过了。",
        "对方要求 UL94 V-0 证书，已找品质部要最新版。",
    ),
    "complaint": (
        "样品已收到，切片看到气孔，初步判断脱泡不足。",
        "{name}，客户明天要看临时措施，先把隔离数量发给他们。",
    ),
}
FILES = (
    ("技术交流纪要.txt", "text/plain", ""),
    ("拜访现场照片.png", "image/png", FileKind.PHOTO),
    ("Test report SF-820.pdf", "application/pdf", FileKind.REPORT),
    ("需求用量.csv", "text/csv", FileKind.SPECIFICATION),
)


def generate(world: World) -> None:
    """Nothing beforehand: what is said hangs on rows that other parts make."""


def load(world: World) -> None:
    """Write it. The files themselves are written when all of it is."""
    kinds = {entity.model._meta.model_name: entity.model for entity in entities()}
    labels = {name: kinds[name]._meta.label_lower for name in SAID if name in kinds and name in world.tables}
    types = {name: ContentType.objects.get_for_model(kinds[name]).pk for name in labels}
    _tags(world, labels, types)
    _comments(world, types)
    _files(world, types)
    _marks(world, types)


def _newest(world: World, name: str) -> list[int]:
    """The keys of the newest records of a kind; of customers those that matter most, which are made first."""
    keys = world[name]["id"].tolist()
    return keys[:MOST] if name == "customer" else keys[-MOST:]


def _owner(world: World, name: str, key: int) -> int:
    return int(world[name]["owner_id"][key - 1]) or 1


def _colleague(world: World, name: str, key: int) -> tuple[int, str]:
    """The manager of the record's team, or its owner, with the name."""
    team = int(world[name]["team_id"][key - 1])
    manager = int(world["team"]["manager_id"][team - 1]) if team else 0
    person = manager or _owner(world, name, key)
    return person, world["user"]["display_name"][person - 1]


def _at(world: World, days: float) -> dt.datetime:
    moment: dt.datetime = world.now.item().replace(tzinfo=dt.UTC)
    return moment - dt.timedelta(days=float(days))


def _tags(world: World, labels: dict[str, str], types: dict[str, int]) -> None:
    rng = world.rng("tags")
    rows: list[tuple[Any, ...]] = []
    for number, (text, colour, kinds) in enumerate(TAGS, 1):
        limits = "{" + ",".join(f'"{labels[kind]}"' for kind in kinds if kind in labels) + "}"
        rows.append((number, _at(world, 300), _at(world, 300), 1, text, colour, limits, True))
    names = ("id", "created_at", "updated_at", "version", "name", "colour", "kinds", "is_active")
    load_rows("crm.Tag", names, rows)
    links = []
    for name, kind in types.items():
        fitting = [number for number, (_text, _colour, kinds) in enumerate(TAGS, 1) if not kinds or name in kinds]
        keys = world[name]["id"].tolist()
        keys = keys[:TAGGED] if name == "customer" else keys[-TAGGED:]
        for key in keys:
            chosen = rng.permutation(fitting)[: int(rng.choice(3, p=[0.45, 0.4, 0.15]))]
            links += [
                (tag, kind, key, _owner(world, name, key), _at(world, rng.uniform(1, 200))) for tag in chosen.tolist()
            ]
    rows = [(number, *link) for number, link in enumerate(links, 1)]
    load_rows("crm.TagLink", ("id", "tag_id", "content_type_id", "object_id", "added_by_id", "added_at"), rows)


def _comments(world: World, types: dict[str, int]) -> None:
    rng = world.rng("comments")
    rows: list[tuple[Any, ...]] = []
    for name, kind in types.items():
        for key in _newest(world, name):
            person, called = _colleague(world, name, key)
            owner = _owner(world, name, key)
            texts = rng.permutation(len(SAID[name]))[: int(rng.integers(0, 3))].tolist()
            for place, text in enumerate(texts):
                words = SAID[name][text]
                mentions = "{name}" in words
                author, told = (owner, person) if mentions else ((owner, person)[place % 2], 0)
                at = _at(world, rng.uniform(0.2, 60))
                said = words.format(name=f"@{called}")
                rows.append((kind, key, author, said, f"{{{told}}}" if mentions else "{}", at))
    rows.sort(key=lambda row: row[-1])
    numbered = [(number, *row, row[-1], 1) for number, row in enumerate(rows, 1)]
    names = (
        "id",
        "content_type_id",
        "object_id",
        "author_id",
        "text",
        "mentioned",
        "created_at",
        "updated_at",
        "version",
    )
    load_rows("crm.Comment", names, numbered)


def _files(world: World, types: dict[str, int]) -> None:
    rng = world.rng("files")
    contents = {mime: _content(mime) for _name, mime, _kind in FILES}
    rows: list[tuple[Any, ...]] = []
    written: dict[str, bytes] = {}
    for name, kind in types.items():
        for key in _newest(world, name):
            for place in rng.permutation(len(FILES))[: int(rng.integers(0, 3))].tolist():
                title, mime, sort = FILES[place]
                body = contents[mime]
                number = len(rows) + 1
                path = f"demo/{number:06d}"
                written[path] = body
                at = _at(world, rng.uniform(0.2, 60))
                digest = hashlib.sha256(body).hexdigest()
                owner = _owner(world, name, key)
                values = (title, str(sort), mime, len(body), digest, path, owner, at, at, at, 1)
                rows.append((number, kind, key, *values))
    names = ("id", "content_type_id", "object_id", "name", "kind", "mime", "size", "sha256", "file", "uploaded_by_id")
    load_rows("crm.Attachment", (*names, "created_at", "updated_at", "stored_at", "version"), rows)
    transaction.on_commit(lambda: _write(written))


def _write(files: dict[str, bytes]) -> None:
    storage = file_storage()
    for path, body in files.items():
        storage.delete(path)  # of a company that was there before
        storage.save(path, ContentFile(body))


def _marks(world: World, types: dict[str, int]) -> None:
    """Favourites of those who sell, among their own; managers follow what is large."""
    rows: list[tuple[Any, ...]] = []
    for name, kind in types.items():
        seen: dict[int, int] = {}
        for key in _newest(world, name):
            owner, (manager, _called) = _owner(world, name, key), _colleague(world, name, key)
            seen[owner] = seen.get(owner, 0) + 1
            if seen[owner] <= 4:
                at = _at(world, seen[owner] * 1.5)
                rows.append((owner, kind, key, at if seen[owner] <= 2 else None, None, at))
            if manager != owner and seen[owner] <= 2:
                rows.append((manager, kind, key, None, _at(world, 20), None))
    names = ("id", "user_id", "content_type_id", "object_id", "starred_at", "followed_at", "seen_at")
    load_rows("crm.RecordMark", names, [(number, *row) for number, row in enumerate(rows, 1)])


def _content(mime: str) -> bytes:
    """A small real file of that kind."""
    if mime == "image/png":
        return _png(96, 64)
    if mime == "application/pdf":
        return small_pdf("Test report SF-820: tack-free time 9 min, Shore A 45, volatile 0.21 %")
    if mime == "text/csv":
        return "月份,用量（kg）\n2026-09,12000\n2026-10,15500\n2026-11,14800\n".encode()
    return "参会：采购、质量、工艺\n结论：先做 5 kg 试用，两周内反馈。\n".encode()


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(
        b"\0" + bytes(part for x in range(width) for part in (40 + x, 90 + y, 200 - x)) for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def small_pdf(*lines: str) -> bytes:
    """A page with these lines, in plain ASCII without parentheses."""
    shown = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    drawn = f"BT /F1 14 Tf 60 760 Td {shown} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))
