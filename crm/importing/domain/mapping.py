"""Find the row of column heads and guess which column means which field."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice

from crm.importing.cells import tidy
from crm.importing.domain.reading import Book, Merge
from crm.importing.models import ImportMapping
from crm.importing.resources import Column, Resource

LOOK_AT = 30  # rows in which the column heads are sought
SAMPLES = 3
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_NOISE = re.compile(r"[\s*＊_:.,、/\\\-()\[\]【】'\"“”#?!]+")
_NEARLY = 0.84


def plain(header: str) -> str:
    """A column head for comparing: NFKC, lower case, without marks and blanks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header).lower())


def forms(header: str) -> list[str]:
    """The head as it is, without what stands in brackets, and without a leading number."""
    whole = unicodedata.normalize("NFKC", header).lower()
    candidates = [
        plain(whole),
        plain(_BRACKETS.sub("", whole)),
        plain(re.sub(r"^\s*\d+[.、\s]*", "", _BRACKETS.sub("", whole))),
    ]
    return [form for form in dict.fromkeys(candidates) if form]


def likeness(header: str, column: Column) -> float:
    """How well a head fits a field: 1 for a synonym, less for something like one, 0 for neither."""
    words = [plain(word) for word in (*column.synonyms, column.key)]
    best = 0.0
    for penalty, form in enumerate(forms(header)):
        if form in words:
            return 1.0 - penalty * 0.02
        for word in words:
            if len(word) >= 4 and len(form) >= 4:
                ratio = SequenceMatcher(None, form, word).ratio()
                best = max(best, ratio * 0.9 if ratio >= _NEARLY else 0.0)
            if len(word) >= 3 and (form.endswith(word) or form.startswith(word)):
                best = max(best, 0.6 + 0.2 * len(word) / len(form))
    return best


def guess(headers: Sequence[str], resource: type[Resource]) -> list[str]:
    """The key of a field for each column, "" where none fits; each field once, the best fit first."""
    scored = [
        (likeness(header, column), -index, column.key)
        for index, header in enumerate(headers)
        if header
        for column in resource.columns
    ]
    mapping = [""] * len(headers)
    used: set[str] = set()
    for score, negative, key in sorted(scored, reverse=True):
        if score <= 0:
            break
        if not mapping[-negative] and key not in used:
            mapping[-negative] = key
            used.add(key)
    return mapping


def find_header(rows: Iterable[tuple[int, list[str]]], resource: type[Resource]) -> int:
    """The number of the row that reads most like column heads: the most known ones, else the first with two cells or more."""
    known = {plain(word): column.key for column in resource.columns for word in (*column.synonyms, column.key)}
    best, best_score, first_full = 0, 0, 0
    for number, cells in islice(rows, LOOK_AT):
        filled = {cell for cell in cells if cell}
        if len(filled) >= 2 and not first_full:
            first_full = number
        score = len({known[form] for cell in filled if len(cell) <= 40 for form in forms(cell) if form in known})
        if score > best_score:
            best, best_score = number, score
    return best if best_score >= 2 or not first_full else first_full


def read_headers(book: Book, sheet: str, header_row: int) -> list[str]:
    """The heads of all columns: empty ones named by their letter, repeated ones numbered, groups above put before."""
    above: list[str] = []
    cells: list[str] = []
    for number, values in book.rows(sheet):
        if number == header_row:
            cells = values
            break
        above = values
    groups = [
        merge
        for merge in book.merges(sheet)
        if merge.top == merge.bottom == header_row - 2 and merge.right > merge.left
    ]
    heads: list[str] = []
    for index, cell in enumerate(cells):
        text = tidy(cell)
        group = _group(groups, index, above, len(cells))
        if group and text and group != text:
            text = f"{group} {text}"
        heads.append(text)
    seen: dict[str, int] = {}
    for index, head in enumerate(heads):
        if head:
            seen[head] = seen.get(head, 0) + 1
            if seen[head] > 1:
                heads[index] = f"{head} ({seen[head]})"
    return heads


def _group(groups: Sequence[Merge], column: int, above: Sequence[str], width: int) -> str:
    """The merged head above a column; a title over most of the sheet is none."""
    for merge in groups:
        if merge.left <= column <= merge.right and merge.right - merge.left + 1 <= max(2, width * 0.6):
            return tidy(above[column]) if column < len(above) else ""
    return ""


def column_letter(index: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def headers_hash(headers: Sequence[str]) -> str:
    """What identifies a set of column heads."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def remembered(resource_key: str, headers: Sequence[str], resource: type[Resource]) -> list[str] | None:
    """The mapping last used for these heads; fields that no longer exist are left out."""
    stored = ImportMapping.objects.filter(resource=resource_key, headers_hash=headers_hash(headers)).values_list(
        "mapping", flat=True
    )
    known = {column.key for column in resource.columns}
    for mapping in stored:
        return [key if key in known else "" for key in mapping]
    return None


def remember(resource_key: str, headers: Sequence[str], mapping: Sequence[str]) -> None:
    """Keep the mapping for the next sheet with these heads."""
    ImportMapping.objects.update_or_create(
        resource=resource_key, headers_hash=headers_hash(headers), defaults={"mapping": list(mapping)}
    )
