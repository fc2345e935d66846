from .edition import BoundaryChange, Criterion, Edition
from .evening import Evening
from .guest import Guest
from .idea import Decision, Idea, IdeaVersion
from .jury import Abstention, Juror, Review, Score
from .mentoring import Meeting, Mentoring
from .need import Need

__all__ = [
    "Abstention",
    "BoundaryChange",
    "Criterion",
    "Decision",
    "Edition",
    "Evening",
    "Guest",
    "Idea",
    "IdeaVersion",
    "Juror",
    "Meeting",
    "Mentoring",
    "Need",
    "Review",
    "Score",
]
