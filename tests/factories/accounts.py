import factory

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(roles=[Role.CASEWORKER], towns=["015182"])`; traits for the usual people."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        caseworker = factory.Trait(roles=[Role.CASEWORKER])
        coordinator = factory.Trait(roles=[Role.COORDINATOR])
        firm_contact = factory.Trait(roles=[Role.FIRM_CONTACT])
        juror = factory.Trait(roles=[Role.JUROR])
        citizen = factory.Trait(roles=[Role.CITIZEN])
        beneficiary = factory.Trait(roles=[Role.BENEFICIARY])

    email = factory.Sequence("person{}@example.org".format)
    first_name = "Anna"
    last_name = factory.Sequence("Rossi{}".format)
    roles = ()
    towns = ()

    @classmethod
    def _create(cls, model_class, *args, roles=(), towns=(), password=None, **kwargs):
        kwargs.setdefault("may_export", bool(STAFF_ROLES & set(roles)))
        user = model_class.objects.create_user(roles=roles, password=password, **kwargs)
        user.municipalities.set(towns)
        return user
