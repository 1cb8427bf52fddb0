"""What a file is, by its first bytes and its zip directory: looked at before anything opens it.

The name of a file says nothing (many systems export a web page called .xls), and a small zip may unpack to a full memory.
Knows only the standard library: the child process that reads (`reader_process.py`) looks again at what a password opened, and
must start quickly.
"""

import enum
import io
import struct
import zipfile
from typing import BinaryIO

LARGEST_FILE = 64 << 20
LARGEST_UNPACKED = 256 << 20
LARGEST_DIRECTORY = 1 << 20
LARGEST_PART = 32 << 20  # beyond this a part of the zip must look like text, which never packs 200 to 1
STEEPEST = 200

_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 22  # bytes of the record at the end of a zip's directory
_NO_TABLES = (b"%pdf", b"rar!", b"7z\xbc\xaf", b"\x89png", b"gif8", b"\xff\xd8\xff")  # pdf, archives, pictures
_OLE_SHEETS = ("Workbook", "Book")


class Look(enum.StrEnum):
    """What a file is, or why it is not read."""

    ZIPPED = "zipped"  # xlsx, xlsb, ods
    OLE = "ole"  # xls, et, or an encrypted xlsx
    TEXT = "text"  # csv, or something that will show to be none
    EMPTY = "empty"
    TOO_BIG = "too_big"
    MACROS = "macros"
    HTML = "html"
    XML = "xml"
    LOCKED = "locked"  # asks for a password
    OTHER_OFFICE = "other_office"  # a letter, a slide show
    OTHER = "other"
    UNREADABLE = "unreadable"  # the library gave up; the file may be sound
    DAMAGED = "damaged"


def look(file: BinaryIO) -> Look:
    """The kind of a file by its content; nothing is unpacked."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(4096)
    if not head.strip(b"\0 \r\n\t"):
        return Look.EMPTY if size <= len(head) else Look.OTHER
    if size > LARGEST_FILE:
        return Look.TOO_BIG
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return look_into_zip(file)
    if head.startswith(_OLE):
        return look_into_ole(file)
    return look_at_text(head)


def look_into_zip(file: BinaryIO) -> Look:
    """By the directory at the end of the zip: sizes first, names after."""
    if _directory_is_huge(file):
        return Look.TOO_BIG
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
        return Look.DAMAGED
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return Look.TOO_BIG
    if any(part.file_size > LARGEST_PART and part.file_size > STEEPEST * part.compress_size for part in parts):
        return Look.TOO_BIG
    if any(part.flag_bits & 1 for part in parts):
        return Look.LOCKED
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        return Look.MACROS
    if any(name.startswith("xl/") for name in names):
        return Look.ZIPPED
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Look.OTHER_OFFICE
    return Look.ZIPPED if {"content.xml", "mimetype"} <= names else Look.OTHER


def look_into_ole(file: BinaryIO) -> Look:
    """By the names in the directory of the compound file, which stand in it as UTF-16."""
    file.seek(0)
    content = file.read()

    def holds(name: str) -> bool:
        return (name + "\0").encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return Look.LOCKED
    if holds("_VBA_PROJECT_CUR"):
        return Look.MACROS
    if any(holds(name) for name in _OLE_SHEETS):
        return Look.OLE
    return Look.OTHER_OFFICE if holds("WordDocument") or holds("PowerPoint Document") else Look.DAMAGED


def look_at_text(head: bytes) -> Look:
    """A web page, XML, something with zero bytes in it, or lines of text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Look.TEXT
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begin.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<div", b"<style")):
        return Look.HTML
    if begin.startswith((b"<?xml", b"<!doctype", b"<workbook")):
        return Look.HTML if b"<html" in begin else Look.XML
    return Look.OTHER if b"\0" in head or begin.startswith(_NO_TABLES) else Look.TEXT


def _directory_is_huge(file: BinaryIO) -> bool:
    """A directory of a million entries would itself fill the memory; a workbook has some dozens."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65536 - _END))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END:
        return False
    entries, length = struct.unpack_from("<HL", tail, at + 10)
    return bool(entries == 0xFFFF or length > LARGEST_DIRECTORY)
