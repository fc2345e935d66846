from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from partners.models import JoinRequest, Slot
from tests.factories.partners import ContactFactory, OrganisationFactory, SiteFactory, SlotFactory

from .matrix import FIRMS, STAFF_ALL, everybody, only, refused

IBANS = {"firm": "IT60X0542811101000000123456", "other_firm": "IT40S0542811101000000654321"}
HOST = {"firm"} | STAFF_ALL
HOST_ONLY = only(HOST, hidden={"other_firm"})
STAFF_ONLY = only(STAFF_ALL)


def build(world):
    world.organisation = organisation_of(world, "firm", "Torneria Canarino")
    world.other_organisation = organisation_of(world, "other_firm", "Panificio Canarino")
    world.site = SiteFactory(organisation=world.organisation)
    world.contact = ContactFactory(organisation=world.organisation, tutor=True)
    today = timezone.localdate()
    world.slot = SlotFactory(
        organisation=world.organisation,
        site=world.site,
        tutor=world.contact,
        confirmed_on=today,
        starts_on=None,
        ends_on=None,
    )
    world.join_request = JoinRequest.objects.create(
        organisation=world.organisation,
        first_name="Prova",
        last_name="Chiede",
        email="chiede@example.org",
        asked_at=timezone.now(),
    )
    world.slot_token = issue_link(
        LinkPurpose.SLOT_VALID, Slot.objects.get(pk=world.slot.pk), expires_at=timezone.now() + timezone.timedelta(days=1)
    )
    world.canaries["firm_bank"] = [IBANS["firm"], grouped(IBANS["firm"])]
    world.canaries["other_firm_bank"] = [IBANS["other_firm"], grouped(IBANS["other_firm"])]


def organisation_of(world, persona, name):
    organisation = OrganisationFactory(name=name, iban=IBANS[persona])
    ContactFactory(organisation=organisation, user=world.users[persona], email=world.users[persona].email)
    return organisation


def grouped(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


SLOT_ACTS = ["slot_offer", "slot_confirm", "slot_withdraw", "slot_prepare_again"]
CONTACT_ACTS = ["contact_invite", "contact_end_access"]

KWARGS = {
    "partners:organisation": of("organisation"),
    "partners:organisation_move": of("organisation"),
    "partners:organisation_edit": of("organisation"),
    "partners:site_new": of("organisation"),
    "partners:contact_new": of("organisation"),
    "partners:site_edit": of("site"),
    "partners:contact_edit": of("contact"),
    "partners:join_request": of("join_request"),
    "partners:slot": of("slot"),
    "partners:slot_edit": of("slot"),
    "partners:slot_valid": lambda world: {"token": world.slot_token},
    **{f"partners:{name}": of("slot") for name in SLOT_ACTS},
    **{f"partners:{name}": of("contact") for name in CONTACT_ACTS},
}

ROWS = {
    ("partners:network", "GET"): everybody(),
    ("partners:network", "POST"): refused(everybody()),
    ("partners:join", "GET"): everybody(),
    ("partners:join", "POST"): everybody(),
    ("partners:joined", "GET"): everybody(),
    ("partners:joined", "POST"): refused(everybody()),
    ("partners:organisations", "GET"): STAFF_ONLY,
    ("partners:organisations", "POST"): refused(STAFF_ONLY),
    ("partners:organisation_new", "GET"): STAFF_ONLY,
    ("partners:organisation_new", "POST"): STAFF_ONLY,
    ("partners:organisation", "GET"): STAFF_ONLY,
    ("partners:organisation", "POST"): refused(STAFF_ONLY),
    ("partners:organisation_move", "GET"): refused(STAFF_ONLY),
    ("partners:organisation_move", "POST"): STAFF_ONLY,
    ("partners:join_request", "GET"): refused(STAFF_ONLY),
    ("partners:join_request", "POST"): STAFF_ONLY,
    **{
        (f"partners:{name}", method): HOST_ONLY
        for name in ["organisation_edit", "site_new", "site_edit", "contact_new", "contact_edit", "slot_edit"]
        for method in ["GET", "POST"]
    },
    **{(f"partners:{name}", "POST"): HOST_ONLY for name in [*SLOT_ACTS, *CONTACT_ACTS]},
    **{(f"partners:{name}", "GET"): refused(only(HOST | FIRMS)) for name in [*SLOT_ACTS, *CONTACT_ACTS]},
    ("partners:slot_new", "GET"): only(FIRMS, hidden=STAFF_ALL),
    ("partners:slot_new", "POST"): only(FIRMS, hidden=STAFF_ALL),
    ("partners:slot", "GET"): HOST_ONLY,
    ("partners:slot", "POST"): refused(only(HOST | FIRMS)),
    ("partners:slots", "GET"): STAFF_ONLY,
    ("partners:slots", "POST"): refused(STAFF_ONLY),
    ("partners:slot_valid", "GET"): everybody(),
    ("partners:slot_valid", "POST"): everybody(),
    ("partners:mentor_profile", "GET"): only({"mentor"}),
    ("partners:mentor_profile", "POST"): only({"mentor"}),
}
