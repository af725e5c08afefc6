"""Where the browser of the page tests is."""

import os
import shutil

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_PATHS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
HOW_TO_GET = (
    "No Chromium found, so no browser tests: "
    "apt-get install chromium fonts-noto-cjk (macOS: brew install --cask chromium)."
)


def find_chromium() -> str | None:
    """Return the path of Chromium: CHROMIUM from the environment, else one that is installed, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or next(filter(os.path.exists, MAC_PATHS), None)
