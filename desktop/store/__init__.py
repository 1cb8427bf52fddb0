"""Floor 1, the one file: engine, key, migrations, transactions, search, journal, backup. Knows no office rule and no Qt."""
