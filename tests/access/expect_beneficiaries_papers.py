from beneficiaries.models import PersonDocument
from tests.factories.beneficiaries import DocumentFactory, PersonFactory
from tests.factories.beneficiaries_papers import InboundReferralFactory, UnsentPageFactory

from .matrix import BENEFICIARIES, FIRMS, STAFF_ALL, STAFF_IN_REACH, everybody, only, refused
from .world import PERO, RHO


def build(world):
    """A paper of each of the two people, without a copy: awaited, with words of theirs."""
    awaited = {"file": None, "kind": PersonDocument.Kind.OTHER, "awaited_on": "2031-01-10"}
    world.paper = DocumentFactory(person=world.person, description="canarinodue", **awaited)
    DocumentFactory(person=world.other_person, description="canarinotre", **awaited)

    world.page = UnsentPageFactory(person=world.person, added_by=world.users["beneficiary"])
    world.newcomer = PersonFactory(last_name="Canarinodue", user=None, municipality_id=RHO)
    for organisation in (world.organisation, world.other_organisation):
        organisation.may_refer = True
        organisation.save()
    world.canaries |= {"referred": ["canarinomandato"], "other_referred": ["canarinoaltrui"]}
    world.inbound = sent(world.organisation, world.users["firm"], "Canarinomandato", RHO)
    sent(world.other_organisation, world.users["other_firm"], "Canarinoaltrui", PERO)


def sent(organisation, by, word, town):
    """Somebody sent by a body: the word is in everything that is told of them."""
    return InboundReferralFactory(
        organisation=organisation,
        sent_by=by,
        last_name=word,
        email=f"{word.lower()}@example.org",
        why=word,
        municipality_id=town,
    )


def to_paper(world):
    return {"pk": world.paper.pk}


KWARGS = {
    "beneficiaries:paper_new": lambda world: {"pk": world.person.pk},
    "beneficiaries:inbound_referral": lambda world: {"pk": world.inbound.pk},
    "beneficiaries:inbound_contacted": lambda world: {"pk": world.inbound.pk},
    "beneficiaries:inbound_close": lambda world: {"pk": world.inbound.pk},
    "beneficiaries:inbound_join": lambda world: {"pk": world.inbound.pk, "person_pk": world.person.pk},
    "beneficiaries:before_leaving": lambda world: {"pk": world.application.pk},
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
    ("beneficiaries:my_referrals", "GET"): only(FIRMS),
    ("beneficiaries:my_referrals", "POST"): refused(only(FIRMS)),
    ("beneficiaries:my_referral_new", "GET"): only(FIRMS),
    ("beneficiaries:my_referral_new", "POST"): only(FIRMS),
    ("beneficiaries:inbound_referrals", "GET"): STAFF,
    ("beneficiaries:inbound_referrals", "POST"): refused(STAFF),
    ("beneficiaries:inbound_referral", "GET"): THEIRS,
    ("beneficiaries:inbound_referral", "POST"): refused(STAFF),
    ("beneficiaries:inbound_contacted", "GET"): refused(STAFF),
    ("beneficiaries:inbound_contacted", "POST"): THEIRS,
    ("beneficiaries:inbound_close", "GET"): THEIRS,
    ("beneficiaries:inbound_close", "POST"): THEIRS,
    ("beneficiaries:inbound_join", "GET"): refused(STAFF),
    ("beneficiaries:inbound_join", "POST"): THEIRS,
    ("beneficiaries:before_leaving", "GET"): THEIRS,
    ("beneficiaries:before_leaving", "POST"): refused(STAFF),
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
