from .application import Application
from .document import PersonDocument
from .draft import RegistrationDraft
from .interview import Interview
from .note import Note
from .notice import Notice
from .number import NumberSeries
from .person import Person
from .screening import CriterionResult, Screening
from .search_word import SearchWord

__all__ = [
    "Application",
    "CriterionResult",
    "Interview",
    "Note",
    "Notice",
    "NumberSeries",
    "Person",
    "PersonDocument",
    "RegistrationDraft",
    "Screening",
    "SearchWord",
]
