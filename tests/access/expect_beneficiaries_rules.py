from datetime import UTC, datetime

from beneficiaries.domain.rehearsal import rehearse
from beneficiaries.domain.screening import screen
from tests.factories.beneficiaries_rules import DraftFactory, WaiverFactory

from .matrix import ALL_TOWNS, STAFF_ALL, STAFF_IN_REACH, only, refused

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def build(world):
    """A draft that was rehearsed; a screening and a waiver of the person, with words of the team."""
    world.rules_draft = DraftFactory(edited_by=world.users["coordinator"])
    application = world.application
    world.screening = screen(application, by=None, now=NOW)
    world.waiver = WaiverFactory(application=application, reason="canarinonove", asked_by=world.users["caseworker"])
    world.canaries["notes"].append("canarinonove")
    rehearse(world.rules_draft, by=world.users["coordinator"], now=NOW)


def to_draft(world):
    return {"version": world.rules_draft.version}


DRAFT_PAGES = ["rule_version", "rule_edit", "rule_rehearsal", "rule_publish", "rule_discard"]
KWARGS = {
    **{f"beneficiaries:{name}": to_draft for name in DRAFT_PAGES},
    "beneficiaries:waiver_answer": lambda world: {"pk": world.waiver.pk},
    "beneficiaries:waiver_new": lambda world: {"pk": world.waiver.application_id, "criterion": "age"},
    "beneficiaries:screen_again": lambda world: {"pk": world.waiver.application_id},
    "beneficiaries:screening": lambda world: {"pk": world.screening.pk},
}

STAFF, COORDINATORS = only(STAFF_ALL), only(ALL_TOWNS)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})

ROWS = {
    ("beneficiaries:rules", "GET"): STAFF,
    ("beneficiaries:rules", "POST"): refused(STAFF),
    ("beneficiaries:rule_version", "GET"): STAFF,
    ("beneficiaries:rule_version", "POST"): refused(STAFF),
    ("beneficiaries:rule_draft", "GET"): refused(COORDINATORS),
    ("beneficiaries:rule_draft", "POST"): COORDINATORS,
    ("beneficiaries:rule_edit", "GET"): COORDINATORS,
    ("beneficiaries:rule_edit", "POST"): COORDINATORS,
    ("beneficiaries:rule_rehearsal", "GET"): STAFF,
    ("beneficiaries:rule_rehearsal", "POST"): STAFF,
    ("beneficiaries:rule_publish", "GET"): refused(COORDINATORS),
    ("beneficiaries:rule_publish", "POST"): COORDINATORS,
    ("beneficiaries:rule_discard", "GET"): refused(COORDINATORS),
    ("beneficiaries:rule_discard", "POST"): COORDINATORS,
    ("beneficiaries:waivers", "GET"): COORDINATORS,
    ("beneficiaries:waivers", "POST"): refused(COORDINATORS),
    ("beneficiaries:waiver_answer", "GET"): COORDINATORS,
    ("beneficiaries:waiver_answer", "POST"): COORDINATORS,
    ("beneficiaries:waiver_new", "GET"): THEIRS,
    ("beneficiaries:waiver_new", "POST"): THEIRS,
    ("beneficiaries:screen_again", "GET"): refused(STAFF),
    ("beneficiaries:screen_again", "POST"): THEIRS,
    ("beneficiaries:screening", "GET"): THEIRS,
    ("beneficiaries:screening", "POST"): refused(STAFF),
}
