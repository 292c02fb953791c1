"""`python -m unionkg` is `unionkg`."""

from unionkg.cli import main

if __name__ == "__main__":
    main()
