"""One small world with somebody of every kind, and a canary word in everything personal."""

import importlib
from pathlib import Path
from types import SimpleNamespace

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.models import User

RHO, PERO = "015182", "015170"
APPS = ("accounts", "portal", "partners", "beneficiaries", "orafo", "generazioni", "followups", "reminders")
# What an app has grown beside its main part (expect_beneficiaries_rules.py) is found by name, and built after the apps.
AREAS = sorted({path.stem.removeprefix("expect_") for path in Path(__file__).parent.glob("expect_*.py")} - set(APPS))
PARTS = (*APPS, *AREAS)

ROLES = {
    "beneficiary": [Role.BENEFICIARY],
    "other_beneficiary": [Role.BENEFICIARY],
    "firm": [Role.FIRM_CONTACT],
    "other_firm": [Role.FIRM_CONTACT],
    "mentor": [Role.MENTOR],
    "juror": [Role.JUROR],
    "citizen": [Role.CITIZEN],
    "caseworker": [Role.CASEWORKER],
    "other_caseworker": [Role.CASEWORKER],
    "coordinator": [Role.COORDINATOR],
    "admin": [Role.ADMIN],
}


def expectations():
    return [importlib.import_module(f"tests.access.expect_{app}") for app in PARTS]


def build_world() -> SimpleNamespace:
    # Apps add the words they plant in personal fields: world.canaries["person"] = ["Canarinodue", …].
    world = SimpleNamespace(users={}, canaries={})
    for persona, roles in ROLES.items():
        world.users[persona] = User.objects.create_user(
            f"{persona}@example.org",
            roles=roles,
            first_name="Prova",
            last_name=f"Canarino{persona.title()}",
            may_export=bool(STAFF_ROLES & set(roles)),
        )
    world.users["admin"].is_staff = world.users["admin"].is_superuser = True
    world.users["admin"].save()
    world.users["caseworker"].municipalities.add(RHO)
    world.users["other_caseworker"].municipalities.add(PERO)
    for module in expectations():
        if hasattr(module, "build"):
            module.build(world)
    return world
