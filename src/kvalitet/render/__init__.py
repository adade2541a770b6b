"""A Document as text, in one format or another: nothing here reckons or chooses."""

from kvalitet.render.formats import FORMATS, Renderer, render, renderer
from kvalitet.render.page import TemplateFault
from kvalitet.render.prose import escaped, prose_html, prose_markdown

__all__ = [
    "FORMATS",
    "Renderer",
    "TemplateFault",
    "escaped",
    "prose_html",
    "prose_markdown",
    "render",
    "renderer",
]
