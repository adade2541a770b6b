"""`python -m kvalitet`: the same as the command `kvalitet`."""

import sys

from kvalitet.cli import main

if __name__ == "__main__":
    sys.exit(main())
