"""Floor 3, spreadsheets in and out. Knows no Qt."""
