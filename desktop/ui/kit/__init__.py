"""The pieces every page is made of: plain words in, signals out. They know nothing of records, deeds or files."""
