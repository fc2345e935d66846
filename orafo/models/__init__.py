from .cohort import Cohort
from .membership import HOLDING, ON_A_SEAT, Membership
from .proposal import AWAITING_ANSWER, OPEN_PROPOSAL, Proposal
from .session import Attendance, Session
from .traineeship import LIVE, ReadyTick, Traineeship

__all__ = [
    "AWAITING_ANSWER",
    "HOLDING",
    "LIVE",
    "ON_A_SEAT",
    "OPEN_PROPOSAL",
    "Attendance",
    "Cohort",
    "Membership",
    "Proposal",
    "ReadyTick",
    "Session",
    "Traineeship",
]
