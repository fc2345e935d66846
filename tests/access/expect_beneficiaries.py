from datetime import timedelta

from django.utils import timezone

from beneficiaries.domain.account import claim_token
from beneficiaries.domain.search import index_person
from beneficiaries.models import Notice
from tests.factories.beneficiaries import (
    ApplicationFactory,
    DocumentFactory,
    NoteFactory,
    NoticeFactory,
    PersonFactory,
    ScreeningFactory,
)
from tests.factories.beneficiaries_meetings import InterviewFactory

from .matrix import BENEFICIARIES, STAFF_ALL, STAFF_IN_REACH, everybody, only, refused
from .world import PERO, RHO


def build(world):
    """Two people with an account, one in each caseworker's town; everything addressed belongs to the first."""
    world.canaries |= {"person": ["canarinodue"], "other_person": ["canarinotre"], "notes": ["canarinonota"]}
    world.person = person(world.users["beneficiary"], "Canarinodue", RHO)
    world.other_person = person(world.users["other_beneficiary"], "Canarinotre", PERO)
    world.application = ApplicationFactory(person=world.person, state="interview", last_job_ended_on=None)
    world.other_application = ApplicationFactory(person=world.other_person, in_review=True)
    ScreeningFactory(application=world.application)
    world.interview = InterviewFactory(application=world.application, starts_at=timezone.now() + timedelta(days=2))
    world.note = NoteFactory(
        person=world.person, author=world.users["caseworker"], text="canarinonota", title="canarinonota"
    )
    world.notice = NoticeFactory(person=world.person, delivery=Notice.Delivery.CALL)
    world.join_token = application_of_a_known_address(world.users["citizen"].email)
    world.document = DocumentFactory(person=world.person, description="canarinodue", file__name="canarinodue.pdf")
    DocumentFactory(person=world.other_person, description="canarinotre", file__name="canarinotre.pdf")


def person(user, surname, town):
    made = PersonFactory(user=user, last_name=surname, email=user.email, municipality_id=town, address=f"Via {surname} 1")
    index_person(made)
    return made


def application_of_a_known_address(email):
    """Registered with the address of somebody who has an account: only that account may join it."""
    application = ApplicationFactory(person=PersonFactory(email=email, municipality_id=RHO))
    return claim_token(application, now=timezone.now())


def to_application(world):
    return {"pk": world.application.pk}


def to_person(world):
    return {"pk": world.person.pk}


KWARGS = {
    "beneficiaries:application": to_application,
    "beneficiaries:assign": to_application,
    "beneficiaries:protocol": to_application,
    "beneficiaries:facts": to_application,
    "beneficiaries:summary": to_application,
    "beneficiaries:register_step": lambda world: {"slug": "nome"},
    "beneficiaries:step": lambda world: {"pk": world.application.pk, "slug": "ammetti"},
    "beneficiaries:interview": lambda world: {"pk": world.interview.pk},
    "beneficiaries:contacts": to_person,
    "beneficiaries:note_new": to_person,
    "beneficiaries:note_edit": lambda world: {"pk": world.note.pk},
    "beneficiaries:write": to_person,
    "beneficiaries:document_new": to_person,
    "beneficiaries:document": lambda world: {"pk": world.document.pk},
    "beneficiaries:called": lambda world: {"pk": world.notice.pk},
    "beneficiaries:join_account": lambda world: {"token": world.join_token},
    "portal:person": to_person,
    "portal:person_mail": to_person,
}

STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
# A paper is opened by staff in reach and by the person it belongs to.
PAPER = only(STAFF_IN_REACH | {"beneficiary"}, hidden={"other_caseworker", "other_beneficiary"})
# A note is corrected by its author alone: for colleagues it does not exist.
AUTHOR = only({"caseworker"}, hidden=STAFF_ALL - {"caseworker"})

# A registration under way belongs to whoever's session began it: for everybody else its pages lead to the start.
REGISTRATION = ["register", "register_resume", "register_code", "register_step", "register_check"]
REGISTRATION_PAGES = ["register_done", "register_receipt"]

ROWS = {
    ("beneficiaries:check", "GET"): everybody(),
    ("beneficiaries:check", "POST"): everybody(),
    ("beneficiaries:register_leave", "GET"): everybody(405),
    ("beneficiaries:register_leave", "POST"): everybody(),
    ("beneficiaries:assisted", "GET"): STAFF,
    ("beneficiaries:assisted", "POST"): STAFF,
    ("beneficiaries:facts", "GET"): THEIRS,
    ("beneficiaries:facts", "POST"): THEIRS,
    ("beneficiaries:summary", "GET"): THEIRS,
    ("beneficiaries:summary", "POST"): refused(STAFF),
    ("beneficiaries:join_account", "GET"): only({"citizen"}, others=404),
    ("beneficiaries:join_account", "POST"): only({"citizen"}, others=404),
    ("beneficiaries:applications", "GET"): STAFF,
    ("beneficiaries:applications", "POST"): refused(STAFF),
    ("beneficiaries:application", "GET"): THEIRS,
    ("beneficiaries:application", "POST"): refused(STAFF),
    ("beneficiaries:assign", "GET"): refused(STAFF),
    ("beneficiaries:assign", "POST"): THEIRS,
    ("beneficiaries:protocol", "GET"): THEIRS,
    ("beneficiaries:protocol", "POST"): THEIRS,
    ("beneficiaries:step", "GET"): THEIRS,
    ("beneficiaries:step", "POST"): THEIRS,
    ("beneficiaries:interview", "GET"): THEIRS,
    ("beneficiaries:interview", "POST"): THEIRS,
    ("beneficiaries:people", "GET"): STAFF,
    ("beneficiaries:people", "POST"): refused(STAFF),
    ("beneficiaries:calls", "GET"): STAFF,
    ("beneficiaries:calls", "POST"): refused(STAFF),
    ("beneficiaries:called", "GET"): refused(STAFF),
    ("beneficiaries:called", "POST"): THEIRS,
    ("beneficiaries:contacts", "GET"): THEIRS,
    ("beneficiaries:contacts", "POST"): THEIRS,
    ("beneficiaries:document", "GET"): PAPER,
    ("beneficiaries:document", "POST"): refused(only(STAFF_ALL | BENEFICIARIES)),
    ("beneficiaries:document_new", "GET"): THEIRS,
    ("beneficiaries:document_new", "POST"): THEIRS,
    ("beneficiaries:my_document_new", "GET"): only(BENEFICIARIES),
    ("beneficiaries:my_document_new", "POST"): only(BENEFICIARIES),
    ("beneficiaries:note_new", "GET"): THEIRS,
    ("beneficiaries:note_new", "POST"): THEIRS,
    ("beneficiaries:note_edit", "GET"): AUTHOR,
    ("beneficiaries:note_edit", "POST"): AUTHOR,
    ("beneficiaries:write", "GET"): THEIRS,
    ("beneficiaries:write", "POST"): THEIRS,
    ("portal:person", "GET"): THEIRS,
    ("portal:person", "POST"): refused(STAFF),
    ("portal:person_mail", "GET"): THEIRS,
    ("portal:person_mail", "POST"): refused(STAFF),
    ("portal:search", "GET"): STAFF,
    ("portal:search", "POST"): refused(STAFF),
}
for name in REGISTRATION:
    ROWS |= {(f"beneficiaries:{name}", method): everybody() for method in ("GET", "POST")}
for name in REGISTRATION_PAGES:
    ROWS |= {(f"beneficiaries:{name}", "GET"): everybody(), (f"beneficiaries:{name}", "POST"): everybody(405)}
