"""连心 Lianxin: the ledger of one community office, offline, on paper and on screen, and up to the district by a stick."""

__version__ = "0.1.0"
