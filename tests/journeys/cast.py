"""`python -m tests.journeys.cast <password>`: who works here before the journey begins, as JSON."""

import json
import sys

import django

django.setup()

from tests.factories.accounts import UserFactory  # noqa: E402
from tests.factories.partners import RHO, ContactFactory, OrganisationFactory, SiteFactory  # noqa: E402


def build(password: str) -> dict:
    known = {"password": password, "email_verified": True}
    staff = {
        "caseworker": UserFactory(email="luca@example.org", caseworker=True, towns=[RHO], **known),
        "coordinator": UserFactory(email="marta@example.org", coordinator=True, **known),
    }
    firm = OrganisationFactory(name="Officina Prova S.r.l.")
    site = SiteFactory(organisation=firm, headcount=24)
    dario = UserFactory(email="dario@example.org", firm_contact=True, **known)
    ContactFactory(organisation=firm, user=dario, email=dario.email)
    tutor = ContactFactory(organisation=firm, tutor=True, first_name="Elena", last_name="Tornitrice")
    promoter = OrganisationFactory(name="Consorzio Prova", can_promote=True, is_public_body=True)
    promoter_tutor = ContactFactory(organisation=promoter)
    return {
        **{role: user.email for role, user in staff.items()},
        "firm": dario.email,
        "organisation": firm.pk,
        "site": site.pk,
        "tutor": tutor.pk,
        "promoter": promoter.pk,
        "promoter_tutor": promoter_tutor.pk,
    }


if __name__ == "__main__":
    print(json.dumps(build(sys.argv[1])))
