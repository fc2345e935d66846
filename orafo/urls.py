"""Groups and everything in them; then the way to a traineeship."""

from django.urls import path

from .views import (
    answer,
    cohort,
    cohort_step,
    joining,
    matching,
    membership,
    proposal,
    register,
    seat_link,
    session,
    traineeship,
    traineeship_steps,
)

app_name = "orafo"

groups = [
    path("orafo/gruppi/", cohort.cohorts, name="cohorts"),
    path("orafo/gruppi/nuovo/", cohort.new, name="cohort_new"),
    path("orafo/gruppi/<int:pk>/", cohort.cohort, name="cohort"),
    path("orafo/gruppi/<int:pk>/modifica/", cohort.edit, name="cohort_edit"),
    path("orafo/gruppi/<int:pk>/passo/<slug:slug>/", cohort_step.step, name="cohort_step"),
    path("orafo/gruppi/<int:pk>/aggiungi/", joining.add, name="cohort_add"),
    path("orafo/gruppi/<int:pk>/registro/", register.register, name="register"),
    path("orafo/gruppi/<int:pk>/registro/foglio/", register.sheet, name="register_sheet"),
    path("orafo/gruppi/<int:pk>/calendario/", register.sessions_calendar, name="calendar"),
    path("orafo/gruppi/<int:pk>/incontri/nuovo/", session.new, name="session_new"),
    path("orafo/incontri/<int:pk>/", session.session, name="session"),
    path("orafo/incontri/<int:pk>/modifica/", session.edit, name="session_edit"),
    path("orafo/incontri/<int:pk>/annulla/", session.cancel, name="session_cancel"),
    path("orafo/incontri/<int:pk>/registro/", session.register, name="session_register"),
    path("orafo/posti/<int:pk>/", membership.membership, name="membership"),
    path("orafo/posti/<int:pk>/passo/<slug:slug>/", membership.step, name="membership_step"),
    path("rispondi/posto/<str:token>/", seat_link.answer_seat, name="answer_seat"),
    path("il-mio-percorso/posto/<int:pk>/", seat_link.my_seat, name="my_seat"),
    path("il-mio-percorso/incontri/", register.my_calendar, name="my_calendar"),
]

placements = [
    path("orafo/abbinamenti/<int:pk>/", matching.matching, name="matching"),
    path("orafo/abbinamenti/<int:pk>/<int:membership_pk>/<int:slot_pk>/", matching.propose, name="propose"),
    path("orafo/proposte/", proposal.proposals, name="proposals"),
    path("orafo/proposte/<int:pk>/", proposal.proposal, name="proposal"),
    path("orafo/proposte/<int:pk>/risposta/", proposal.record_answer, name="proposal_answer"),
    path("orafo/proposte/<int:pk>/chiudi/", proposal.close, name="proposal_close"),
    path("orafo/proposte/<int:pk>/tirocinio/", traineeship_steps.prepare, name="traineeship_new"),
    path("orafo/tirocini/", traineeship.traineeships, name="traineeships"),
    path("orafo/tirocini/<int:pk>/", traineeship.traineeship, name="traineeship"),
    path("orafo/tirocini/<int:pk>/progetto/", traineeship.plan_on_paper, name="traineeship_plan"),
    path("orafo/tirocini/<int:pk>/modifica/", traineeship_steps.edit, name="traineeship_edit"),
    path("orafo/tirocini/<int:pk>/documenti/", traineeship_steps.tick, name="traineeship_tick"),
    path("orafo/tirocini/<int:pk>/accordo/", traineeship_steps.agree, name="traineeship_agree"),
    path("orafo/tirocini/<int:pk>/annulla/", traineeship_steps.void, name="traineeship_void"),
    path("orafo/tirocini/<int:pk>/fine-anticipata/", traineeship_steps.end_early, name="traineeship_end_early"),
    path("orafo/tirocini/<int:pk>/chiusura/", traineeship_steps.close, name="traineeship_close"),
    path("rispondi/proposta/<str:token>/", answer.by_link, name="answer_proposal"),
    path("il-mio-percorso/proposte/<int:pk>/", answer.my_proposal, name="my_proposal"),
    path("area-partner/proposte/<int:pk>/", answer.firm_proposal, name="firm_proposal"),
    path("area-partner/tirocinanti/<int:pk>/", traineeship.trainee, name="trainee"),
]

urlpatterns = [*groups, *placements]
