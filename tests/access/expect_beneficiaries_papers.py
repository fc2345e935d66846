from beneficiaries.models import PersonDocument
from tests.factories.beneficiaries import DocumentFactory, PersonFactory
from tests.factories.beneficiaries_papers import UnsentPageFactory

from .matrix import BENEFICIARIES, STAFF_ALL, STAFF_IN_REACH, everybody, only, refused
from .world import RHO


def build(world):
    """A paper of each of the two people, without a copy: awaited, with words of theirs."""
    awaited = {"file": None, "kind": PersonDocument.Kind.OTHER, "awaited_on": "2031-01-10"}
    world.paper = DocumentFactory(person=world.person, description="canarinodue", **awaited)
    DocumentFactory(person=world.other_person, description="canarinotre", **awaited)

    world.page = UnsentPageFactory(person=world.person, added_by=world.users["beneficiary"])
    world.newcomer = PersonFactory(last_name="Canarinodue", user=None, municipality_id=RHO)


def to_paper(world):
    return {"pk": world.paper.pk}


KWARGS = {
    "beneficiaries:paper_new": lambda world: {"pk": world.person.pk},
    "beneficiaries:hand_over": lambda world: {"pk": world.newcomer.pk},
    "beneficiaries:claim_link": lambda world: {"token": "never-given"},
    "beneficiaries:document_pages": lambda world: {"pk": world.person.pk},
    "beneficiaries:page": lambda world: {"pk": world.page.pk},
    "beneficiaries:page_remove": lambda world: {"pk": world.page.pk},
    "beneficiaries:paper_check": to_paper,
    "beneficiaries:paper_set_aside": to_paper,
    "beneficiaries:paper_take_up": to_paper,
}

STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})

# A page not sent yet is for whoever chose it: for everybody else it does not exist.
CHOOSER = only({"beneficiary"}, hidden=(STAFF_ALL | BENEFICIARIES) - {"beneficiary"})

ROWS = {
    ("beneficiaries:claim_link", "GET"): everybody(),
    ("beneficiaries:claim_link", "POST"): everybody(405),
    ("beneficiaries:page", "GET"): CHOOSER,
    ("beneficiaries:page", "POST"): refused(only(STAFF_ALL | BENEFICIARIES)),
    ("beneficiaries:page_remove", "GET"): refused(only(STAFF_ALL | BENEFICIARIES)),
    ("beneficiaries:page_remove", "POST"): CHOOSER,
    ("beneficiaries:document_pages", "GET"): refused(STAFF),
    ("beneficiaries:document_pages", "POST"): THEIRS,
    ("beneficiaries:my_document_pages", "GET"): refused(only(BENEFICIARIES)),
    ("beneficiaries:my_document_pages", "POST"): only(BENEFICIARIES),
    ("beneficiaries:my_paper_later", "GET"): only(BENEFICIARIES),
    ("beneficiaries:my_paper_later", "POST"): only(BENEFICIARIES),
    ("beneficiaries:paper_take_up", "GET"): refused(STAFF),
    ("beneficiaries:paper_take_up", "POST"): THEIRS,
}
for name in ("claim_code", "claim"):
    ROWS |= {(f"beneficiaries:{name}", method): everybody() for method in ("GET", "POST")}
for name in ("paper_new", "paper_check", "paper_set_aside", "hand_over"):
    ROWS |= {(f"beneficiaries:{name}", method): THEIRS for method in ("GET", "POST")}
