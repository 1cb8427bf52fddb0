"""Which folder holds this computer's ledger, and whether somebody else has it open. Looks, and opens nothing."""

from pathlib import Path

from desktop.model.errors import Trouble
from desktop.store.lock import FolderLock
from desktop.store.troubles import LEDGER, AlreadyOpen


def has_ledger(folder: Path) -> bool:
    """Somebody kept a ledger here, whole or not."""
    return (folder / LEDGER).exists() or (folder / "keyring.json").exists()


def is_open_elsewhere(folder: Path) -> bool:
    """Another process holds the ledger of this folder. What else may be wrong with the folder, signing in will say."""
    try:
        FolderLock(folder).release()
    except AlreadyOpen:
        return True
    except Trouble:
        return False
    return False


def standard_folder() -> Path:
    """Where this system keeps a program's data; the command line looks in the same place."""
    import platformdirs

    return platformdirs.user_data_path("lianxin", appauthor=False) / "账本"
