"""How a test registers somebody through the pages."""

from django.urls import reverse

START, CODE, RESUME = reverse("beneficiaries:register"), reverse("beneficiaries:register_code"), "/iscrizione/riprendi/"
CHECK, DONE = reverse("beneficiaries:register_check"), reverse("beneficiaries:register_done")
TAX_CODE = "CLMTRS75C50H264J"  # a woman born on 10 March 1975

TOLD = {
    "nome": {"first_name": "Teresa", "last_name": "Colombo"},
    "nascita": {"birth_date": "10/3/1975", "sex": "F"},
    "codice-fiscale": {"tax_code": ""},
    "casa": {"town": "015182", "other_town": "", "address": "Via Prova 1"},
    "contatti": {"email": "Teresa@example.org", "phone": "347 1234567", "contact_by": "phone"},
    "lavoro": {"working_now": "no"},
    "ultimo-lavoro": {"last_job_ended_on": "31/3/2026"},
    "motivo": {"loss_reason": "dismissal"},
    "dopo": {"worked_after": "no"},
    "did": {"did_on": "10/4/2026"},
    "servizi": {"known_to_services": "not_said"},
    "altro": {"more": "yes"},
    "famiglia": {"lives_with": "yes"},
    "coppia": {"partner": "not_working"},
    "figli": {"children": "2012 e 2015", "dependants": "1"},
    "capacita": {"skills": "So guidare il muletto", "wishes": "Un lavoro vicino a casa"},
    "orari": {"hours": "part", "schedule_limits": "Non il sabato"},
    "spostamenti": {"has_licence": "yes", "has_car": "not_said"},
    "italiano": {"italian": "mother_tongue", "preferred_language": ""},
}


def step(slug) -> str:
    return reverse("beneficiaries:register_step", args=[slug])


def begin(client) -> str:
    """Begin, and return the code shown on the first page."""
    return client.post(START, follow=True).context["code"]


def fill(client, *, until=None, **changes):
    """Answer the steps in order, up to and including `until`; returns the last response."""
    for slug, answers in TOLD.items():
        typed = answers | {name: value for name, value in changes.items() if name in answers}
        response = client.post(step(slug), typed)
        assert response.status_code == 302, (slug, response.context["form"].errors)
        if slug == until:
            break
    return response


def skip(client, slug):
    """The one tap that leaves a step for later."""
    return client.post(step(slug), {"azione": "salta"})


def register(client, **changes):
    begin(client)
    fill(client, **changes)
    return client.post(CHECK, {"notice_read": "on"}, follow=True)
