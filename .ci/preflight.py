"""Says in one line what this machine lacks and how to install it. Runs on any Python 3, before the venv exists."""

import ctypes
import importlib.util
import platform
import shutil
import subprocess
import sys

WANTED = (3, 11)
LIBRARIES = {
    "Linux": ["libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0"],
    "Darwin": ["libgobject-2.0.dylib", "libpango-1.0.dylib", "libpangoft2-1.0.dylib"],
}
FOLDERS = {"Linux": [""], "Darwin": ["", "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"]}


def loads(name):
    """Say whether the dynamic linker finds the library."""
    for folder in FOLDERS[platform.system()]:
        try:
            ctypes.CDLL(folder + name)
            return True
        except OSError:
            continue
    return False


def has_chinese_font():
    """Say whether the quotes' PDF files have a font to show Chinese with; macOS brings one."""
    if platform.system() != "Linux" or shutil.which("fc-list") is None:
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False).stdout.strip())


def problem():
    """Return the first thing that is missing, or None."""
    if platform.system() not in LIBRARIES:
        return "This runs on Linux and macOS; on Windows use WSL (wsl --install), or docker compose up."
    if sys.version_info < WANTED:
        return (
            "Python {}.{} is too old, 3.11 or newer is needed: apt-get install python3.11 python3.11-venv (macOS: brew "
            "install python@3.13), then name it, for example: make run PYTHON=python3.13".format(*sys.version_info[:2])
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        return "Python's venv module is missing: apt-get install python3-venv (macOS: brew install python)."
    missing = [name for name in LIBRARIES[platform.system()] if not loads(name)]
    if missing:
        return (
            f"{missing[0]} is missing (Pango, which makes the PDF files): apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 (macOS: brew install pango)."
        )
    if not has_chinese_font():
        return "No font has Chinese signs, which the PDF files need: apt-get install fonts-noto-cjk."
    return None


if __name__ == "__main__":
    sys.exit(problem())
