from django.db import models
from django.utils.translation import gettext_lazy as _

SEATS = 12


class SessionKind(models.TextChoices):
    """What a meeting of the group is for, in the order of the path."""

    REMOTIVATION = "remotivation", _("Starting again: motivation")
    ORIENTATION = "orientation", _("Orientation")
    TRAINING = "training", _("Training")
    JOB_SEARCH = "job_search", _("Active job search")
    RETURN_TO_WORK = "return_to_work", _("Preparing the return to work")
    MOCK_INTERVIEW = "mock_interview", _("Mock interview")


class Mark(models.TextChoices):
    """How somebody took part in a meeting."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


ATTENDED = (Mark.PRESENT, Mark.LATE)


class LeavingReason(models.TextChoices):
    """Why a seat becomes free before the end."""

    FOUND_WORK = "found_work", _("Found a job")
    HEALTH = "health", _("Health")
    FAMILY = "family", _("Family or care")
    OTHER_COURSE = "other_course", _("Another course or service")
    NEVER_CAME = "never_came", _("Never came")
    ABSENCES = "absences", _("Too many absences")
    OTHER = "other", _("Other reason")


class DeclinedBy(models.TextChoices):
    PERSON = "person", _("The person")
    FIRM = "firm", _("The firm")
    OFFICE = "office", _("The office")


class DeclineReason(models.TextChoices):
    """Why a proposal ends without a traineeship."""

    TIMES = "times", _("Working times do not fit")
    DISTANCE = "distance", _("Too far away")
    TASKS = "tasks", _("The tasks do not fit")
    NOT_NOW = "not_now", _("Not in this period")
    FOUND_WORK = "found_work", _("Found another job")
    OTHER_PERSON = "other_person", _("Another person was chosen")
    OTHER = "other", _("Other reason")


class ReadyItem(models.TextChoices):
    """What must be in order before the first day of a traineeship."""

    AGREEMENT = "agreement", _("Agreement between promoter and host")
    TRAINING_PLAN = "training_plan", _("Training plan signed by the three parties")
    MANDATORY_NOTICE = "mandatory_notice", _("Mandatory notice to the job centre sent")
    INSURANCE = "insurance", _("INAIL position and liability insurance")


NEEDED_TO_AGREE = (ReadyItem.AGREEMENT, ReadyItem.TRAINING_PLAN)


class EndedBy(models.TextChoices):
    """Who ended a traineeship before its last day."""

    TRAINEE = "trainee", _("The trainee")
    HOST = "host", _("The host")
    PROMOTER = "promoter", _("The promoter")


class EndReason(models.TextChoices):
    HIRED_HERE = "hired_here", _("Hired by the host")
    FOUND_WORK = "found_work", _("Found another job")
    HEALTH = "health", _("Health")
    FAMILY = "family", _("Family or care")
    NOT_SUITABLE = "not_suitable", _("The tasks did not fit")
    HOST_STOPPED = "host_stopped", _("The host cannot go on")
    OTHER = "other", _("Other reason")


class Outcome(models.TextChoices):
    """How a traineeship ended."""

    COMPLETED = "completed", _("Completed")
    EARLY_END = "early_end", _("Ended early")
    HIRED = "hired", _("Hired by the host")
