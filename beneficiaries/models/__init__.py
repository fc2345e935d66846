from .application import Application
from .declaration import Declaration
from .document import PersonDocument
from .draft import RegistrationDraft
from .employment import EmploymentSpell
from .household import HouseholdMember
from .interview import Interview
from .note import Note
from .notice import Notice
from .number import NumberSeries
from .person import Person
from .profile import WorkProfile
from .screening import CriterionResult, Screening
from .search_word import SearchWord

__all__ = [
    "Application",
    "CriterionResult",
    "Declaration",
    "EmploymentSpell",
    "HouseholdMember",
    "Interview",
    "Note",
    "Notice",
    "NumberSeries",
    "Person",
    "PersonDocument",
    "RegistrationDraft",
    "Screening",
    "SearchWord",
    "WorkProfile",
]
