from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the programme; one person may hold several."""

    BENEFICIARY = "beneficiary", _("Participant")
    CASEWORKER = "caseworker", _("Caseworker")
    COORDINATOR = "coordinator", _("Coordinator")
    FIRM_CONTACT = "firm_contact", _("Contact of a partner")
    MENTOR = "mentor", _("Mentor")
    JUROR = "juror", _("Juror")
    CITIZEN = "citizen", _("Citizen")
    ADMIN = "admin", _("Administrator")


STAFF_ROLES = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.ADMIN})
ALL_TOWNS_ROLES = frozenset({Role.COORDINATOR, Role.ADMIN})


class LinkPurpose(models.TextChoices):
    """What a link without sign-in is for: one thing only."""

    INVITATION = "invitation", _("Accept an invitation")
    FOLLOW_UP = "follow_up", _("Answer a follow-up")
    WITNESS = "witness", _("Confirm a follow-up")
    SLOT_VALID = "slot_valid", _("Confirm a slot")
    PROPOSAL = "proposal", _("Answer a proposal")
    SEAT_OFFER = "seat_offer", _("Answer the offer of a seat")
    EVENING = "evening", _("Manage a registration")
    REGISTRATION = "registration", _("Go on with a registration")
    APPLICATION = "application", _("Join an application to an account")
    APPOINTMENT = "appointment", _("Choose, move or cancel an appointment")
    CALENDAR = "calendar", _("Read one's calendar")
    CLAIM = "claim", _("Take over one's own page")
