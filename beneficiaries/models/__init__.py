from .application import Application
from .assessment import Assessment, AssessmentLevel
from .case_file import CaseFile
from .contact import ContactEntry
from .declaration import Declaration
from .document import PersonDocument
from .draft import RegistrationDraft
from .employment import EmploymentSpell
from .household import HouseholdMember
from .interview import Interview
from .note import Note
from .notice import Notice
from .number import NumberSeries
from .pact import Pact, PactAction, PactGoal
from .person import Person
from .profile import WorkProfile
from .screening import CriterionResult, Screening
from .search_word import SearchWord
from .team import TeamMember

__all__ = [
    "Application",
    "Assessment",
    "AssessmentLevel",
    "CaseFile",
    "ContactEntry",
    "CriterionResult",
    "Declaration",
    "EmploymentSpell",
    "HouseholdMember",
    "Interview",
    "Note",
    "Notice",
    "NumberSeries",
    "Pact",
    "PactAction",
    "PactGoal",
    "Person",
    "PersonDocument",
    "RegistrationDraft",
    "Screening",
    "SearchWord",
    "TeamMember",
    "WorkProfile",
]
