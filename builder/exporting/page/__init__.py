"""The whole course as one page to read and print, which needs nothing else."""

from builder.exporting.page.composing import page

__all__ = ["page"]
