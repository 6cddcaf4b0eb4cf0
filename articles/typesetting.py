"""Sheets and pictures set by Typst, in fonts that are installed with the site, so that they are alike everywhere."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst


@cache
def fonts() -> typst.Fonts:
    """Return Noto Sans for all scripts of the site, the fonts that Typst brings, and none of the machine's own."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(files("manimgx_fonts"))]
    )


def typeset(source: Path, inputs: dict[str, str], **output: object) -> bytes:
    """Return what `source` makes of the `inputs`; `output` says in which format."""
    # A compiler serves one thread; the fonts, which all share, are what takes time to read.
    compiler = typst.Compiler(source.read_bytes(), font_paths=fonts(), ignore_system_fonts=True)
    return compiler.compile(sys_inputs=inputs, **output)
