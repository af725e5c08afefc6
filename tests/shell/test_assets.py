"""Static files: what is vendored is what the manifest says, the icons are complete, the weight stays inside the budget."""

import gzip
import re
from hashlib import sha256

import pytest
from django.conf import settings

from crm.apps import OWN_APPS
from crm.shell import icons

STATIC = settings.BASE_DIR / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
KB = 1024


def packed(*names):
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_every_vendored_file_has_its_hash_in_the_manifest():
    lines = (VENDOR / "MANIFEST.txt").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split()) for line in lines if line and not line.startswith("#"))
    found = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.txt"
    }
    assert found == listed


def test_every_vendored_package_has_its_licence():
    for folder in VENDOR.iterdir():
        if folder.is_dir():
            assert (folder / "LICENSE").stat().st_size > 300, folder.name


def test_every_icon_in_use_is_in_the_sprite():
    sprite = (VENDOR / "icons" / "sprite.svg").read_text(encoding="utf-8")
    names = icons.listed() | icons.used(settings.BASE_DIR, ("templates", *OWN_APPS))
    assert sorted(names - icons.symbols(sprite)) == []


def test_the_sprite_is_built_from_the_package(tmp_path):
    folder = tmp_path / "icons" / "outline"
    folder.mkdir(parents=True)
    (folder / "dot.svg").write_text('<!--\ntags: [x]\n-->\n<svg\n  width="24"\n>\n  <path d="M1 1" />\n</svg>\n')
    assert '<symbol id="dot" viewBox="0 0 24 24" fill="none"' in icons.build(["dot"], tmp_path)
    assert '<path d="M1 1" /></symbol>' in icons.build(["dot"], tmp_path)
    with pytest.raises(LookupError, match="nothing"):
        icons.build(["dot", "nothing"], tmp_path)


def test_our_styles_and_scripts_stay_light():
    assert packed("css/crm.css") <= 14 * KB
    assert packed("js/crm.js", "js/charts.js") <= 6 * KB
    assert packed("js/theme.js") <= 1 * KB


def test_a_list_page_leaves_room_for_its_rows():
    frame = packed(
        "vendor/tabler/tabler.min.css",
        "vendor/bootstrap/bootstrap.bundle.min.js",
        "vendor/htmx/htmx.min.js",
        "vendor/icons/sprite.svg",
        "css/crm.css",
        "js/crm.js",
        "js/theme.js",
        "img/logo.svg",
    )
    assert frame <= 143 * KB


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_needs_an_exception_from_the_content_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"\s(style|on[a-z]+|hx-on[:\w-]*)\s*=", text)
    assert "javascript:" not in text
    assert len(text.splitlines()) <= 150


def test_styles_use_no_remote_address():
    for path in [*STATIC.glob("css/*"), *STATIC.glob("js/*")]:
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text(encoding="utf-8")), path.name
