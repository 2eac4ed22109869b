"""A rendered page made self-contained: libraries inlined, scripts pinned, nothing fetched."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(?P<body>.*?)</style>", re.DOTALL)
_CSS_IMAGE = re.compile(r"url\((images/[\w.-]+)\)")
_POLICY_SLOT = "<!-- content security policy -->"

LEAFLET_NOTICE = """Leaflet {version}, https://leafletjs.com
Copyright (c) 2010-2022 Volodymyr Agafonkin, (c) 2010-2011 CloudMade. BSD-2-Clause:
Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions
and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of
conditions and the following disclaimer in the documentation and/or other materials provided with
the distribution.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE."""
"""Licence of the one library that the page carries; the package that brings it has no such file."""


@cache
def _leaflet_folder() -> Path:
    return Path(import_module("xstatic.pkg.leaflet").BASE_DIR)


@cache
def leaflet_notice() -> str:
    """Return the library's licence notice with its version."""
    return LEAFLET_NOTICE.format(version=import_module("xstatic.pkg.leaflet").VERSION)


@cache
def leaflet_script() -> str:
    """Return the library's script from the installed package, without its source map's address."""
    text = (_leaflet_folder() / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


@cache
def leaflet_style() -> str:
    """Return the library's style sheet with its images inside."""
    text = (_leaflet_folder() / "leaflet.css").read_text(encoding="utf-8")

    def inline(found: re.Match[str]) -> str:
        data = base64.b64encode((_leaflet_folder() / found[1]).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{data})"

    return _CSS_IMAGE.sub(inline, text)


def pin(html: str, *, images: Iterable[str] = ()) -> str:
    """Fill in a content security policy that runs the page's own scripts and styles, nothing else.

    Parameters
    ----------
    html
        A rendered page with a slot for the policy in its head.
    images
        Hosts that pictures may come from.

    Raises
    ------
    ValueError
        The page has no such slot, or a script from elsewhere.
    """
    if html.count(_POLICY_SLOT) != 1:
        raise ValueError(_POLICY_SLOT)
    scripts = []
    for script in _SCRIPT.finditer(html):
        if "src=" in script["attributes"]:
            raise ValueError(script["attributes"])
        if "application/json" not in script["attributes"]:
            scripts.append(_digest(script["body"]))
    styles = [_digest(style["body"]) for style in _STYLE.finditer(html)]
    policy = (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src {' '.join(styles)}; "
        f"img-src {' '.join(['data:', *images])}; base-uri 'none'; form-action 'none'"
    )
    return html.replace(
        _POLICY_SLOT, f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    )


def _digest(body: str) -> str:
    digest = hashlib.sha256(body.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
