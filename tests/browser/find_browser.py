"""Finds a browser for the tests; run as a script it prints it, or says why there is none."""

import os
import shutil
import sys
from pathlib import Path

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "The browser tests need Chromium, Chrome or Edge, and none was found. Install one (Debian, as "
    "root: apt-get install chromium), or name its program in the variable NTM_GEO_BROWSER."
)


def find_browser() -> str | None:
    """Return the path of a browser, None where there is none."""
    named = os.environ.get("NTM_GEO_BROWSER")
    if named:
        return shutil.which(named)
    for command in _COMMANDS:
        if found := shutil.which(command):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


if __name__ == "__main__":
    browser = find_browser()
    print(browser or MISSING, file=sys.stdout if browser else sys.stderr)
    sys.exit(0 if browser else 1)
