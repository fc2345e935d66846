from .answer import CORRECTABLE_FOR, Answer, AnswerVersion, ContactAttempt
from .plan import (
    ASKS_FOR_CALL,
    CALL_AFTER,
    COMING,
    GIVE_UP_AFTER,
    LAST_MONTH,
    MOST_SHIFTED,
    NOTICE_BEFORE,
    Checkpoint,
    CheckpointQuerySet,
    FollowUpPlan,
)
from .witness import Witness

__all__ = [
    "ASKS_FOR_CALL",
    "CALL_AFTER",
    "COMING",
    "CORRECTABLE_FOR",
    "GIVE_UP_AFTER",
    "LAST_MONTH",
    "MOST_SHIFTED",
    "NOTICE_BEFORE",
    "Answer",
    "AnswerVersion",
    "Checkpoint",
    "CheckpointQuerySet",
    "ContactAttempt",
    "FollowUpPlan",
    "Witness",
]
