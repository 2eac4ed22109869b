"""`python -m ntm_geo` is the command `ntm-geo`."""

from ntm_geo.cli import main

if __name__ == "__main__":
    main()
