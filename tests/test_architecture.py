"""What a linter does not see: how doors read rows, who sets states, how long files and functions are."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = ("crm", "customers", "leads", "opportunities", "orders", "service", "analytics", "integrations")
DOORS = ("views", "forms", "filters", "tables", "panels", "resources", "cards", "search", "extensions")
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 60, 150


def python_files(*, migrations: bool = False) -> Iterator[Path]:
    """The product's own Python files."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_or_function_or_template_is_too_long() -> None:
    long = [f"{name_of(p)}: {n} lines" for p in python_files() if (n := len(p.read_text().splitlines())) > FILE_LINES]
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
                long.append(f"{name_of(path)}:{node.name}: {node.end_lineno - node.lineno + 1} lines")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if (n := len(path.read_text().splitlines())) > TEMPLATE_LINES:
            long.append(f"{name_of(path)}: {n} lines")
    assert long == []


def test_no_file_of_tests_is_too_long() -> None:
    long = [
        f"{name_of(p)}: {n} lines" for p in sorted((ROOT / "tests").rglob("*.py")) if (n := lines_of(p)) > FILE_LINES
    ]
    assert long == [], "split it by subject"


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def is_door(path: Path) -> bool:
    """Whether the file shows rows to people."""
    parts = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts[1:]}
    return bool(parts & set(DOORS)) and not parts & {"domain", "demo"}


def test_rows_come_to_a_door_by_visible_to_only() -> None:
    """`X.objects.<anything but visible_to>`, get_object_or_404 and raw managers are banned where rows are shown."""
    found = []
    for path in python_files():
        if not is_door(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr in ("objects", "_default_manager", "_base_manager")
                and node.attr not in ("visible_to", "none")
            ):
                found.append(f"{name_of(path)}:{node.lineno}: .{node.value.attr}.{node.attr}")
            if isinstance(node, ast.Name) and node.id in ("get_object_or_404", "get_list_or_404"):
                found.append(f"{name_of(path)}:{node.lineno}: {node.id}")
    assert found == []


def state_fields() -> set[str]:
    """What models name as the field of their Transitions, and its id where it is a foreign key."""
    fields = {
        model._meta.get_field(model.transitions.field) for model in apps.get_models() if hasattr(model, "transitions")
    }
    return {name for found in fields for name in (found.name, found.attname)}


def test_only_transition_sets_a_state() -> None:
    """No assignment to a record's state, whatever its field is called, outside crm/transitions.py."""
    states = state_fields()
    assert {"state", "stage", "stage_id"} <= states
    allowed = ("crm/transitions.py",)
    found = []
    for path in python_files():
        if name_of(path) in allowed or "demo" in name_of(path) or "simulator" in name_of(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AugAssign)
                else []
            )
            for target in targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr in states
                    and not (
                        isinstance(target.value, ast.Name)
                        and target.value.id in ("self", "job", "run", "batch", "rejection")
                    )
                ):
                    found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_a_lower_app_never_names_a_higher_one(app: str) -> None:
    """Not even in a string: import-linter does not see those. The kernel's settings and root URLs are the places that may."""
    higher = APPS[APPS.index(app) + 1 :]
    if app in ("analytics", "integrations"):
        higher = ("integrations",) if app == "analytics" else ("analytics",)
    pattern = re.compile(rf"""["']({"|".join(higher)})[.:/]""") if higher else None
    exempt = {
        "crm/settings/base.py",
        "crm/urls.py",
        "crm/apps.py",
        "crm/organisation/standard_rights.py",
        "crm/organisation/standard_roles.py",
        "crm/process/stack.py",
    }
    found = []
    for path in python_files():
        if path.relative_to(ROOT).parts[0] != app or name_of(path) in exempt or pattern is None:
            continue
        found += [
            f"{name_of(path)}:{n}: {line.strip()}"
            for n, line in enumerate(path.read_text().splitlines(), 1)
            if pattern.search(line)
        ]
    assert found == []


def test_templates_have_no_inline_script_style_or_handler() -> None:
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        if re.search(r"\sstyle=[\"']|\son[a-z]+=[\"']|<style|<script(?![^>]*\ssrc=)|javascript:|\|safe\b", text):
            found.append(name_of(path))
    assert found == []


def test_nothing_committed_names_this_machine_or_a_registry() -> None:
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    needle = re.compile("/wor" + r"k/|/far" + r"m/|pypi\.org|registry\.npmjs|files\.pythonhosted")
    found = []
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in (".png", ".mo", ".woff2") or "vendor" in path.parts or not path.is_file():
            continue
        if needle.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert found == []
