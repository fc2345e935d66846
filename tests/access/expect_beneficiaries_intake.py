from datetime import timedelta

from django.utils import timezone

from beneficiaries.domain import draft as drafts
from tests.factories.beneficiaries_intake import (
    DeclarationFactory,
    EmploymentSpellFactory,
    HouseholdMemberFactory,
    WorkProfileFactory,
)

from .matrix import BENEFICIARIES, STAFF_ALL, STAFF_IN_REACH, everybody, only, refused


def build(world):
    """A registration under way of nobody here, with the link that opens it."""
    now = timezone.now()
    draft, _code = drafts.begin(now=now - timedelta(days=1))
    drafts.save_half(draft, {"first_name": "Canarinoquattro", "email": "canarinoquattro@example.org"}, now=now)
    world.draft_token = drafts.link_token(draft)
    world.declaration = DeclarationFactory(application=world.application, answers={"first_name": "Canarinodue"})
    DeclarationFactory(application=world.application, answers={"first_name": "canarinodue"})
    family_of(world.person, "canarinodue")
    family_of(world.other_person, "canarinotre")


def family_of(person, canary):
    HouseholdMemberFactory(person=person)
    EmploymentSpellFactory(person=person, employer=canary, role=canary)
    WorkProfileFactory(person=person, skills=canary, wishes=canary, schedule_limits=canary)


def to_person(world):
    return {"pk": world.person.pk}


KWARGS = {
    "beneficiaries:register_link": lambda world: {"token": world.draft_token},
    "beneficiaries:declaration_seen": lambda world: {"pk": world.declaration.pk},
    "beneficiaries:household": to_person,
    "beneficiaries:spells": to_person,
    "beneficiaries:profile": to_person,
}
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})

# A registration under way belongs to whoever's session began it, or whoever has its link.
ROWS = {
    ("beneficiaries:register_lost_code", "GET"): everybody(),
    ("beneficiaries:register_lost_code", "POST"): everybody(),
    ("beneficiaries:register_link", "GET"): everybody(),
    ("beneficiaries:register_link", "POST"): everybody(),
    ("beneficiaries:register_rules", "GET"): everybody(),
    ("beneficiaries:register_rules", "POST"): everybody(),
    ("beneficiaries:register_finished", "GET"): everybody(),
    ("beneficiaries:register_finished", "POST"): everybody(405),
    ("beneficiaries:register_autosave", "GET"): everybody(405),
    ("beneficiaries:register_autosave", "POST"): everybody(),
}
for part in ("household", "spells", "profile"):
    for method in ("GET", "POST"):
        ROWS |= {(f"beneficiaries:{part}", method): THEIRS, (f"beneficiaries:my_{part}", method): only(BENEFICIARIES)}
ROWS |= {
    ("beneficiaries:declaration_seen", "GET"): refused(only(STAFF_ALL)),
    ("beneficiaries:declaration_seen", "POST"): THEIRS,
}
