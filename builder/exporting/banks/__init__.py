"""Exports questions as banks for other programs: GIFT, Moodle XML and a sheet
(facts/question-banks.md)."""

from builder.exporting.banks.tally import Listed
from builder.exporting.banks.written import Bank, bank

__all__ = ["Bank", "Listed", "bank"]
