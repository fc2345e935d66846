from django.utils import timezone

from beneficiaries.domain.merge import merge
from beneficiaries.domain.people_import import match_columns, upload
from beneficiaries.domain.twins import pair_of
from beneficiaries.models import TwinPair
from tests.factories.beneficiaries import PersonFactory

from .matrix import STAFF_ALL, STAFF_IN_REACH, only, refused


def build(world):
    """Two pairs of files of Rho, and a file that took in another."""
    world.twin = PersonFactory(first_name="Canarinocinque", email="", phone="")
    world.pair = pair_of(world.person.pk, world.twin.pk, TwinPair.Reason.BIRTH)
    world.pair.save()
    world.decided_pair = pair_of(world.twin.pk, PersonFactory().pk, TwinPair.Reason.BIRTH, state="not_same")
    world.decided_pair.save()
    joined = PersonFactory(first_name="Canarinosei", email="", phone="")
    world.merge = merge(joined, PersonFactory(), {}, by=world.users["coordinator"], now=timezone.now())
    content = b"Cognome;Nome;Comune;Nato il\nCanarinosette;Ada;Rho;31/2/1970\n"
    world.people_import = upload(content, "elenco.csv", by=world.users["caseworker"], now=timezone.now())
    names = world.people_import.columns
    match_columns(world.people_import, names, by=world.users["caseworker"], now=timezone.now())
    world.import_row = world.people_import.rows.get()


def to_import(world):
    return {"pk": world.people_import.pk}


KWARGS = {
    "beneficiaries:import": to_import,
    "beneficiaries:import_columns": to_import,
    "beneficiaries:import_confirm": to_import,
    "beneficiaries:import_errors": to_import,
    "beneficiaries:import_row": lambda world: {"pk": world.import_row.pk},
    "beneficiaries:twins_not_same": lambda world: {"pk": world.pair.pk},
    "beneficiaries:twins_again": lambda world: {"pk": world.decided_pair.pk},
    "beneficiaries:compare": lambda world: {"pk": world.person.pk, "other_pk": world.twin.pk},
    "beneficiaries:merge_undo": lambda world: {"pk": world.merge.pk},
}
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
ROWS = {
    ("beneficiaries:twins", "GET"): only(STAFF_ALL),
    ("beneficiaries:twins", "POST"): refused(only(STAFF_ALL)),
    ("beneficiaries:twins_not_same", "GET"): refused(only(STAFF_ALL)),
    ("beneficiaries:twins_not_same", "POST"): THEIRS,
    ("beneficiaries:twins_again", "GET"): refused(only(STAFF_ALL)),
    ("beneficiaries:twins_again", "POST"): THEIRS,
    ("beneficiaries:compare", "GET"): THEIRS,
    ("beneficiaries:compare", "POST"): THEIRS,
    ("beneficiaries:merge_undo", "GET"): THEIRS,
    ("beneficiaries:merge_undo", "POST"): THEIRS,
    ("beneficiaries:imports", "GET"): only(STAFF_ALL),
    ("beneficiaries:imports", "POST"): only(STAFF_ALL),
    ("beneficiaries:import_template", "GET"): only(STAFF_ALL),
    ("beneficiaries:import_template", "POST"): refused(only(STAFF_ALL)),
    ("beneficiaries:import", "GET"): THEIRS,
    ("beneficiaries:import", "POST"): refused(only(STAFF_ALL)),
    ("beneficiaries:import_columns", "GET"): THEIRS,
    ("beneficiaries:import_columns", "POST"): THEIRS,
    ("beneficiaries:import_confirm", "GET"): refused(only(STAFF_ALL)),
    ("beneficiaries:import_confirm", "POST"): THEIRS,
    ("beneficiaries:import_errors", "GET"): THEIRS,
    ("beneficiaries:import_errors", "POST"): refused(only(STAFF_ALL)),
    ("beneficiaries:import_row", "GET"): THEIRS,
    ("beneficiaries:import_row", "POST"): THEIRS,
}
