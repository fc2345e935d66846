from .application import Application
from .interview import Interview
from .note import Note
from .notice import Notice
from .person import Person
from .screening import CriterionResult, Screening
from .search_word import SearchWord

__all__ = [
    "Application",
    "CriterionResult",
    "Interview",
    "Note",
    "Notice",
    "Person",
    "Screening",
    "SearchWord",
]
