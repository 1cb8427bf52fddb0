"""Floor 0, what the office keeps, field by field; and the pure rules. Knows no file, no session and no Qt.

Its contents page is `contents.py`: the record types in menu order. It stands apart from this file so that a word or an error can be
had without importing every record type (the unlock window needs no more).
"""
