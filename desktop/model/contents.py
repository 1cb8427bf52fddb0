"""The contents page of what the office keeps: the record types in menu order.

To add a record type: a class in its own file here, its line below, one migration. Nothing else (docs/exercise.md).
"""

from desktop.model.activity import Activity, Campaign, Service
from desktop.model.checkin import CheckIn
from desktop.model.courier import Batch, Receipt, ZeroReport
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.keeping import Attachment, Setting, User
from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.record import Record, index_listed

RECORD_TYPES: list[type[Record]] = [
    Person,
    Organisation,
    CheckIn,
    Activity,
    Service,
    Campaign,
    Opinion,
    Handling,
    LivelihoodProject,
    ProjectSource,
    Inspection,
    Finding,
    Danger,
    ChecklistTemplate,
    ChecklistItem,
    Place,
    ZeroReport,
    Attachment,
    Batch,
    Receipt,
    User,
    Setting,
]

for _record in RECORD_TYPES:
    index_listed(_record)


def record_type(kind: str) -> type[Record]:
    """The class of a table name; KeyError when there is none."""
    for record in RECORD_TYPES:
        if record.__tablename__ == kind:
            return record
    raise KeyError(kind)
