"""Stands for pip, which has nothing to install from."""

message = "pip is not available in this sandbox, which has no network to install from"
if __name__ == "__main__":
    import sys

    sys.exit(message)
raise ImportError(message, name=__name__)
