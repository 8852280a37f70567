"""``python -m tests.engines [engine, size or scenario …]``: see table.py.

It stands there since other processes have to import it by its name.
"""

import sys

from tests.engines.table import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
