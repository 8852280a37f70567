"""Makes the evidence for an inspection: what was taught, who completed which version, and what is
missing. Its files contain names, so they are never combined with other output of ``results``."""
