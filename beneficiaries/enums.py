"""Reasons to choose from; free words beside them go into notes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LossReason(models.TextChoices):
    """How the last job ended. Whether somebody was "expelled by the crisis" only warns, it never decides."""

    DISMISSAL = "dismissal", _("I was dismissed")
    REDUNDANCY = "redundancy", _("The firm cut several people")
    CONTRACT_END = "contract_end", _("A fixed-term contract ended")
    CLOSURE = "closure", _("The firm, or my own business, closed")
    RESIGNATION = "resignation", _("I left by myself")
    FAMILY = "family", _("For reasons of family or health")
    OTHER = "other", _("Another reason")


class RefusalReason(models.TextChoices):
    AGE = "age", _("Is not 40 yet")
    WORKING = "working", _("Is working now")
    WINDOW = "window", _("Has been out of work for more than 24 months")
    RESIDENCE = "residence", _("Lives outside the nine towns")
    NO_ANSWER = "no_answer", _("Did not answer, after several attempts")
    OTHER_PATH = "other_path", _("Another path suits the person better")
    OTHER = "other", _("Another reason")


class AdviceReason(models.TextChoices):
    """Why somebody decides otherwise than the screening advises."""

    DOCUMENTS = "documents", _("Documents show something else")
    INTERVIEW = "interview", _("It came out in the interview")
    AGREED = "agreed", _("Agreed with the coordinator")
    WAITING_FOR_DAY = "waiting_for_day", _("The missing requirement will be met soon")
    OTHER = "other", _("Another reason")


class WithdrawalReason(models.TextChoices):
    FOUND_WORK = "found_work", _("Found work")
    OTHER_PATH = "other_path", _("Chose another path")
    MOVED = "moved", _("Moved elsewhere")
    FAMILY = "family", _("Family or health")
    NOT_NOW = "not_now", _("This is not the right time")
    DUPLICATE = "duplicate", _("The same person had applied twice")
    NOT_SAID = "not_said", _("Did not say why")


class ReopenReason(models.TextChoices):
    PERSON_ASKED = "person_asked", _("The person asked for it")
    NEW_FACTS = "new_facts", _("There are new facts")
    MISTAKE = "mistake", _("There had been a mistake")


class Language(models.TextChoices):
    """In which language somebody prefers to be spoken to; messages are written in Italian all the same."""

    ITALIAN = "it", _("Italian")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ROMANIAN = "ro", _("Romanian")
    ALBANIAN = "sq", _("Albanian")
    UKRAINIAN = "uk", _("Ukrainian")
    ARABIC = "ar", _("Arabic")
    URDU = "ur", _("Urdu")
    CHINESE = "zh", _("Chinese")
    OTHER = "other", _("Another language")


class Ball(models.TextChoices):
    """Who has to move next while something waits; the same words as `shared.desk.Step.ball`."""

    PERSON = "person", _("The person")
    CASEWORKER = "caseworker", _("The caseworker")
    OFFICE = "office", _("The office")
    PARTNER = "partner", _("A partner")


class Area(models.TextChoices):
    """The areas of life that an assessment looks at and that goals belong to."""

    WORK = "work", _("Work")
    HOME = "home", _("Home")
    ECONOMY = "economy", _("Household economy")
    CARE = "care", _("Family care")
    SOCIAL = "social", _("Social life")


class ClosingReason(models.TextChoices):
    """How a case ends; the circumstances go into a note of the team."""

    GOALS_REACHED = "goals_reached", _("The goals are reached")
    FOUND_WORK = "found_work", _("Found work")
    OTHER_SERVICE = "other_service", _("Goes on with another service")
    MOVED = "moved", _("Moved elsewhere")
    STOPPED = "stopped", _("Chose to stop")
    NO_CONTACT = "no_contact", _("Cannot be reached any more")
    OTHER = "other", _("Another reason")


class TeamRole(models.TextChoices):
    """What somebody does around a person."""

    CASEWORKER = "caseworker", _("Caseworker")
    EDUCATOR = "educator", _("Educator")
    JOB_COACH = "job_coach", _("Job coach")
    FINANCIAL_EDUCATOR = "financial_educator", _("Financial educator")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    VOLUNTEER = "volunteer", _("Volunteer")
    OTHER = "other", _("Another role")


class CheckedHow(models.TextChoices):
    """How the office looked at a paper. The last one is a verification: whoever issued the paper was asked."""

    ORIGINAL = "original", _("The original was shown")
    COPY = "copy", _("A copy or a photo")
    OFFICE = "office", _("Asked to the office that issued it")


class Evidence(models.TextChoices):
    """What the papers of some kinds are worth on a day, from the least to the most."""

    NONE = "none", _("Not there")
    EXPIRED = "expired", pgettext_lazy("paper", "Expired")
    DECLARED = "declared", _("Declared")
    SEEN = "seen", _("Seen")
    VERIFIED = "verified", _("Verified")


class SetAsideReason(models.TextChoices):
    UNREADABLE = "unreadable", _("It cannot be read")
    ANOTHER = "another", _("It is another paper, or of somebody else")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    MISTAKE = "mistake", _("It was added or checked by mistake")


MOST_SEATS = 12


class MeetingKind(models.TextChoices):
    """What an appointment is for; `interview` is about an application."""

    INTERVIEW = "interview", _("Interview")
    TALK = "talk", _("Talk")
    ASSESSMENT = "assessment", _("Looking together at where you are")
    PAPERS = "papers", _("Help with papers")
    BUDGET = "budget", _("Family budget")


class ReferralClosing(models.TextChoices):
    """Why somebody sent by a partner does not begin a path; the partner reads only that it ended."""

    NOT_REACHED = "not_reached", _("Could not be reached")
    NOT_NOW = "not_now", _("Does not want to, or not now")
    OTHER_SERVICE = "other_service", _("Another service suits better")
    OUTSIDE = "outside", _("Lives outside the nine towns")
    MISTAKE = "mistake", _("Sent by mistake")


class RuleEffect(models.TextChoices):
    """What it does when a rule is not met."""

    BLOCK = "block", _("decides")
    WARN = "warn", _("only warns")
    INFO = "info", _("only informs")


class RuleCertainty(models.TextChoices):
    """Where a rule comes from, and how sure that is."""

    PROGRAMME = "programme", _("said by the programme")
    LAW = "law", _("written in the law")
    SECONDARY = "secondary", _("from a secondary source")
    TO_CONFIRM = "to_confirm", _("to be confirmed")
