"""Exports questions as banks for other programs: GIFT, Moodle XML and a sheet
(facts/question-banks.md)."""

from builder.exporting.banks.bank import Bank, bank
from builder.exporting.banks.tally import Listed

__all__ = ["Bank", "Listed", "bank"]
