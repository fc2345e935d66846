from .application import Application
from .appointment import Appointment
from .assessment import Assessment, AssessmentLevel
from .budget import Budget, BudgetLine
from .case_file import CaseFile
from .contact_log import ContactEntry
from .data_request import DataRequest
from .debt import Debt, Offer, Terms
from .declaration import Declaration
from .disposal import Disposal, Hold
from .document import PersonDocument
from .draft import RegistrationDraft
from .employment import EmploymentSpell
from .free_time import FreeTime, MeetingPlace
from .household import HouseholdMember
from .inbound_referral import InboundReferral
from .money_path import MoneyPath, MoneySession
from .note import Note
from .notice import Notice
from .number import NumberSeries
from .pact import Pact, PactAction, PactGoal
from .people_import import ImportRow, PeopleImport
from .person import Person
from .profile import WorkProfile
from .rule_version import Rehearsal, RehearsedChange, RuleVersion
from .saved_view import SavedView
from .screening import CriterionResult, Screening
from .search_word import SearchWord
from .service_referral import ServiceReferral
from .team import TeamMember
from .twins import PersonMerge, TwinPair
from .unsent_page import UnsentPage
from .waiver import Waiver

__all__ = [
    "Application",
    "Appointment",
    "Assessment",
    "AssessmentLevel",
    "Budget",
    "BudgetLine",
    "CaseFile",
    "ContactEntry",
    "CriterionResult",
    "DataRequest",
    "Debt",
    "Declaration",
    "Disposal",
    "EmploymentSpell",
    "FreeTime",
    "Hold",
    "HouseholdMember",
    "ImportRow",
    "InboundReferral",
    "MeetingPlace",
    "MoneyPath",
    "MoneySession",
    "Note",
    "Notice",
    "NumberSeries",
    "Offer",
    "Pact",
    "PactAction",
    "PactGoal",
    "PeopleImport",
    "Person",
    "PersonDocument",
    "PersonMerge",
    "RegistrationDraft",
    "Rehearsal",
    "RehearsedChange",
    "RuleVersion",
    "SavedView",
    "Screening",
    "SearchWord",
    "ServiceReferral",
    "TeamMember",
    "Terms",
    "TwinPair",
    "UnsentPage",
    "Waiver",
    "WorkProfile",
]
