"""A course's questions as a bank for other programs: GIFT, Moodle XML and a sheet
(facts/question-banks.md)."""

from builder.exporters.banks.tally import Listed
from builder.exporters.banks.written import Bank, bank

__all__ = ["Bank", "Listed", "bank"]
