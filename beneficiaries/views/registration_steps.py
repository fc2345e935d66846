"""The steps of registration, in their order: address, form, name, the question as title, and why it is asked."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..forms import registration as forms


@dataclass(frozen=True)
class Step:
    slug: str
    form: type
    name: str
    title: str
    lead: str = ""


STEPS = (
    Step("nome", forms.NameForm, _("Name"), _("What is your name?")),
    Step("nascita", forms.BirthForm, _("Birth"), _("When were you born?")),
    Step(
        "codice-fiscale",
        forms.TaxCodeForm,
        _("Tax code"),
        _("Your tax code, if you have it at hand"),
        _("It is not needed to register. It helps us not to mix you up with somebody else."),
    ),
    Step("casa", forms.HomeForm, _("Home"), _("Where do you live?")),
    Step(
        "contatti",
        forms.ContactForm,
        _("Contacts"),
        _("How can we reach you?"),
        _("One of the two is enough. If you have neither, go on: we tell you how we meet."),
    ),
    Step("lavoro", forms.WorkForm, _("Work"), _("Are you working?")),
    Step("motivo", forms.LossForm, _("Last job"), _("How did your last job end?")),
    Step("spostamenti", forms.TravelForm, _("Licence and car"), _("How do you get about?")),
    Step("servizi", forms.ServicesForm, _("Services"), _("One last question")),
)
SLUGS = [step.slug for step in STEPS]
TOTAL = len(STEPS) + 1  # and the check of the answers


def step_of(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def step_before(slug: str) -> Step | None:
    position = SLUGS.index(slug)
    return STEPS[position - 1] if position else None


def step_after(slug: str) -> Step | None:
    position = SLUGS.index(slug) + 1
    return STEPS[position] if position < len(STEPS) else None


def step_asking(field: str) -> Step:
    return next(step for step in STEPS if field in step.form.base_fields)
