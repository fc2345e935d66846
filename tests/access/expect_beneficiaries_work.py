from datetime import timedelta

from django.utils import timezone

from tests.factories.beneficiaries_work import (
    ActionFactory,
    AssessmentFactory,
    CaseFactory,
    ContactEntryFactory,
    GoalFactory,
    PactFactory,
    TeamMemberFactory,
)

from .matrix import BENEFICIARIES, STAFF_ALL, STAFF_IN_REACH, only, refused
from .world import PERO


def build(world):
    """A case with its pact in force and a new version to read; of the other person too, with words planted in both."""
    today = timezone.localdate()
    for person, word in ((world.person, "canarinodue"), (world.other_person, "canarinotre")):
        CaseFactory(person=person, due_on=today + timedelta(days=20))
        agreed = PactFactory(
            person=person, agreed=True, review_on=today + timedelta(days=9), due_on=today + timedelta(days=9)
        )
        goal = GoalFactory(pact=agreed, text=word)
        ActionFactory(goal=goal, text=word, due_on=today - timedelta(days=1))
        proposed = PactFactory(person=person, proposed=True, due_on=today + timedelta(days=5), answer=word)
        TeamMemberFactory(person=person, user=None, partner_name=word)
        ContactEntryFactory(person=person, place_id=PERO, by=world.users["coordinator"])
        if person == world.person:
            world.pact, world.goal, world.proposed_pact = agreed, goal, proposed
    AssessmentFactory(person=world.person, by=world.users["caseworker"], levels__note="canarinonota")
    AssessmentFactory(person=world.other_person, by=world.users["other_caseworker"])
    world.case = world.person.cases.get()
    world.action = world.goal.actions.get()
    world.member = world.person.team.get()
    world.contact_entry = ContactEntryFactory(person=world.person, by=world.users["caseworker"])


def to_person(world):
    return {"pk": world.person.pk}


def to_pact(world):
    return {"pk": world.pact.pk}


def to_goal(world):
    return {"pk": world.goal.pk}


def to_action(world):
    return {"pk": world.action.pk}


def to_proposed(world):
    return {"pk": world.proposed_pact.pk}


KWARGS = {
    "beneficiaries:case_open": to_person,
    "beneficiaries:case_step": lambda world: {"pk": world.case.pk, "slug": "chiudi"},
    "beneficiaries:assessment_new": to_person,
    "beneficiaries:pact_new": to_person,
    "beneficiaries:pact": to_pact,
    "beneficiaries:goal_new": to_pact,
    "beneficiaries:pact_propose": to_pact,
    "beneficiaries:pact_take_back": to_pact,
    "beneficiaries:pact_agree": to_pact,
    "beneficiaries:pact_review": to_pact,
    "beneficiaries:pact_on_paper": to_pact,
    "beneficiaries:goal_edit": to_goal,
    "beneficiaries:goal_remove": to_goal,
    "beneficiaries:action_new": to_goal,
    "beneficiaries:action_edit": to_action,
    "beneficiaries:action_remove": to_action,
    "beneficiaries:action_tick": to_action,
    "beneficiaries:team": to_person,
    "beneficiaries:team_leave": lambda world: {"pk": world.member.pk},
    "beneficiaries:contact_take_back": lambda world: {"pk": world.contact_entry.pk},
    "beneficiaries:my_pact_agree": to_proposed,
    "beneficiaries:my_pact_change": to_proposed,
    "beneficiaries:my_action": to_action,
}

STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
PAPER = only(STAFF_IN_REACH | {"beneficiary"}, hidden={"other_caseworker", "other_beneficiary"})
# A line of the log is taken back by who wrote it alone: for colleagues it does not exist.
AUTHOR = only({"caseworker"}, hidden=STAFF_ALL - {"caseworker"})
OWN = only({"beneficiary"}, hidden={"other_beneficiary"})

PAGES = ["goal_new", "pact_propose", "pact_agree", "pact_review", "goal_edit", "action_new", "action_edit"]
PAGES += ["case_step", "assessment_new", "team"]
ACTS = ["case_open", "pact_new", "pact_take_back", "goal_remove", "action_remove", "action_tick", "team_leave"]

ROWS = {
    ("beneficiaries:pact", "GET"): THEIRS,
    ("beneficiaries:pact", "POST"): refused(STAFF),
    ("beneficiaries:pact_on_paper", "GET"): PAPER,
    ("beneficiaries:pact_on_paper", "POST"): refused(only(STAFF_ALL | BENEFICIARIES)),
    ("beneficiaries:contact_log", "GET"): STAFF,
    ("beneficiaries:contact_log", "POST"): STAFF,
    ("beneficiaries:contact_list", "GET"): STAFF,
    ("beneficiaries:contact_list", "POST"): refused(STAFF),
    ("beneficiaries:contact_take_back", "GET"): refused(STAFF),
    ("beneficiaries:contact_take_back", "POST"): AUTHOR,
    ("beneficiaries:my_pact_agree", "GET"): refused(only(BENEFICIARIES)),
    ("beneficiaries:my_pact_agree", "POST"): OWN,
    ("beneficiaries:my_pact_change", "GET"): OWN,
    ("beneficiaries:my_pact_change", "POST"): OWN,
    ("beneficiaries:my_action", "GET"): refused(only(BENEFICIARIES)),
    ("beneficiaries:my_action", "POST"): OWN,
}
for name in PAGES:
    ROWS |= {(f"beneficiaries:{name}", method): THEIRS for method in ("GET", "POST")}
for name in ACTS:
    ROWS |= {(f"beneficiaries:{name}", "GET"): refused(STAFF), (f"beneficiaries:{name}", "POST"): THEIRS}
