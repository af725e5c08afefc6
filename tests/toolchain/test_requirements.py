"""The pinned packages: complete, hashed, free of addresses."""

import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parent.parent.parent / "requirements"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)( ; .*)? \\$", re.MULTILINE)
COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """The pinned version of each package of a compiled file."""
    return {found[1]: found[2] for found in PIN.finditer((FOLDER / name).read_text())}


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", COMMENT.sub("", (FOLDER / name).read_text()).strip())
    assert len(blocks) == len(pins(name)) > 50
    for block in blocks:
        head, *hashes = [line.strip().removesuffix(" \\") for line in block.strip().splitlines() if line.strip()]
        assert "==" in head
        assert hashes, head
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), head


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "base.in", "dev.in"])
def test_no_address_of_a_package_index(name: str) -> None:
    text = (FOLDER / name).read_text()
    assert not re.search(r"https?:|file:/|--(extra-)?index-url|--find-links|--trusted-host|@ ", text)


def test_development_uses_the_versions_of_the_product() -> None:
    development = pins("dev.txt")
    assert {name: development.get(name) for name in pins("base.txt")} == pins("base.txt")


@pytest.mark.parametrize(("source", "compiled"), [("base.in", "base.txt"), ("dev.in", "dev.txt")])
def test_each_wanted_package_is_pinned(source: str, compiled: str) -> None:
    lines = COMMENT.sub("", (FOLDER / source).read_text()).split("\n")
    wanted = {re.split(r"[\[<>=~!;]", line.strip())[0] for line in lines if line.strip() and not line.startswith("-r")}
    assert wanted
    assert wanted <= pins(compiled).keys()


PYTHONS = {"3.11": "3.11.2", "3.12": "3.12.0", "3.13": "3.13.0"}
SYSTEMS = [("linux", "Linux", "x86_64"), ("linux", "Linux", "aarch64"), ("darwin", "Darwin", "arm64")]


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
@pytest.mark.parametrize("python", PYTHONS)
def test_nothing_is_missing_on_another_python_or_system(name: str, python: str) -> None:
    """The files are compiled on one Python; pip with hashes refuses a dependency that only another one has."""
    pinned = pins(name).keys()
    missing = set()
    for system, platform_system, machine in SYSTEMS:
        place = {"sys_platform": system, "platform_system": platform_system, "platform_machine": machine}
        place |= {"python_version": python, "python_full_version": PYTHONS[python], "extra": ""}
        for package in pinned:
            for line in importlib.metadata.requires(package) or []:
                wanted = Requirement(line)
                if wanted.marker is None or wanted.marker.evaluate(place):
                    missing |= {canonicalize_name(wanted.name)} - pinned
    assert missing == set()
