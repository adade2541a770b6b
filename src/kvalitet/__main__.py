"""`python -m kvalitet`: the same as the command `kvalitet`."""

from kvalitet.cli import main

if __name__ == "__main__":
    main()
