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
    "lavoro": {"working_now": "no", "last_job_ended_on": "31/3/2026"},
    "motivo": {"loss_reason": "dismissal"},
    "spostamenti": {"has_licence": "yes", "has_car": "not_said"},
    "servizi": {"known_to_services": "not_said"},
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


def register(client, **changes):
    begin(client)
    fill(client, **changes)
    return client.post(CHECK, {"notice_read": "on"}, follow=True)
