"""The whole course as one page to read and print, which needs nothing else."""

from builder.exporters.reading.composing import page

__all__ = ["page"]
