from django.utils import timezone

from beneficiaries.domain.merge import merge
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


KWARGS = {
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
}
