from .contact import Contact, JoinRequest, MentorProfile
from .organisation import Organisation, Site
from .slot import Slot

__all__ = ["Contact", "JoinRequest", "MentorProfile", "Organisation", "Site", "Slot"]
