"""Exports the whole course as one self-contained page for reading and printing."""

from builder.exporting.page.composing import page

__all__ = ["page"]
