"""``python -m tests.lms``: see table.py, which other processes have to import by its name."""

import sys

from tests.lms.table import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
