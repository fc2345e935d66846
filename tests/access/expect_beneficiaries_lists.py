from tests.factories.beneficiaries import PersonFactory
from tests.factories.beneficiaries_lists import DataRequestFactory, DisposalFactory, HoldFactory, SavedViewFactory

from .matrix import ALL_TOWNS, BENEFICIARIES, STAFF_ALL, only, refused
from .world import RHO


def build(world):
    world.view = SavedViewFactory(owner=world.users["caseworker"], name="Viste mie")
    world.data_request = DataRequestFactory(person=world.person, kind="correction", text="canarinodue")
    DataRequestFactory(person=world.other_person, text="canarinotre")
    old = PersonFactory(last_name="Canarinodue", municipality_id=RHO, email="", phone="")
    world.disposal = DisposalFactory(person=old, proposed_by=world.users["admin"])
    world.hold = HoldFactory(person=world.person, reason="canarinonota")


def to_colleague(world):
    return {"pk": world.users["caseworker"].pk}


def to_request(world):
    return {"pk": world.data_request.pk}


def to_disposal(world):
    return {"pk": world.disposal.pk}


KWARGS = {
    "beneficiaries:view_delete": lambda world: {"pk": world.view.pk},
    "beneficiaries:colleague": to_colleague,
    "beneficiaries:export_right": to_colleague,
    "beneficiaries:files_hand_over": to_colleague,
    "beneficiaries:data_request": to_request,
    "beneficiaries:data_request_extend": to_request,
    "beneficiaries:data_request_erasure": to_request,
    "beneficiaries:my_request_back": to_request,
    "beneficiaries:disposal": to_disposal,
    "beneficiaries:disposal_refuse": to_disposal,
    "beneficiaries:hold": lambda world: {"pk": world.person.pk},
    "beneficiaries:hold_lift": lambda world: {"pk": world.hold.pk},
}

STAFF = only(STAFF_ALL)
COORDINATORS = only(ALL_TOWNS)
# One's own page, or anybody's for coordinators.
COLLEAGUE = only(ALL_TOWNS | {"caseworker"})
OWNER = only({"caseworker"}, hidden=STAFF_ALL - {"caseworker"})
OWN_REQUEST = only({"beneficiary"}, hidden={"other_beneficiary"})

ROWS = {
    ("beneficiaries:batch", "GET"): refused(STAFF),
    ("beneficiaries:batch", "POST"): STAFF,
    ("beneficiaries:view_save", "GET"): refused(STAFF),
    ("beneficiaries:view_save", "POST"): STAFF,
    ("beneficiaries:view_delete", "GET"): refused(STAFF),
    ("beneficiaries:view_delete", "POST"): OWNER,
    ("beneficiaries:colleagues", "GET"): STAFF,
    ("beneficiaries:colleagues", "POST"): refused(STAFF),
    ("beneficiaries:colleague", "GET"): COLLEAGUE,
    ("beneficiaries:colleague", "POST"): COLLEAGUE,
    ("beneficiaries:export_right", "GET"): COORDINATORS,
    ("beneficiaries:export_right", "POST"): COORDINATORS,
    ("beneficiaries:files_hand_over", "GET"): COLLEAGUE,
    ("beneficiaries:files_hand_over", "POST"): COLLEAGUE,
    ("beneficiaries:data_requests", "GET"): COORDINATORS,
    ("beneficiaries:data_requests", "POST"): refused(COORDINATORS),
    ("beneficiaries:data_request", "GET"): COORDINATORS,
    ("beneficiaries:data_request", "POST"): COORDINATORS,
    ("beneficiaries:data_request_extend", "GET"): refused(COORDINATORS),
    ("beneficiaries:data_request_extend", "POST"): COORDINATORS,
    ("beneficiaries:data_request_erasure", "GET"): refused(COORDINATORS),
    ("beneficiaries:data_request_erasure", "POST"): COORDINATORS,
    ("beneficiaries:my_correction", "GET"): only(BENEFICIARIES),
    ("beneficiaries:my_correction", "POST"): only(BENEFICIARIES),
    ("beneficiaries:my_erasure", "GET"): only(BENEFICIARIES),
    ("beneficiaries:my_erasure", "POST"): only(BENEFICIARIES),
    ("beneficiaries:my_request_back", "GET"): refused(only(BENEFICIARIES)),
    ("beneficiaries:my_request_back", "POST"): OWN_REQUEST,
    ("beneficiaries:disposals", "GET"): COORDINATORS,
    ("beneficiaries:disposals", "POST"): refused(COORDINATORS),
    ("beneficiaries:disposal_propose", "GET"): refused(COORDINATORS),
    ("beneficiaries:disposal_propose", "POST"): COORDINATORS,
    ("beneficiaries:disposal", "GET"): COORDINATORS,
    ("beneficiaries:disposal", "POST"): COORDINATORS,
    ("beneficiaries:disposal_refuse", "GET"): refused(COORDINATORS),
    ("beneficiaries:disposal_refuse", "POST"): COORDINATORS,
    ("beneficiaries:hold", "GET"): COORDINATORS,
    ("beneficiaries:hold", "POST"): COORDINATORS,
    ("beneficiaries:hold_lift", "GET"): refused(COORDINATORS),
    ("beneficiaries:hold_lift", "POST"): COORDINATORS,
}
