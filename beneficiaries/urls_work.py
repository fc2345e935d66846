"""Addresses of the case work: case, assessment, pact, team, contact log."""

from django.urls import path

from .views import assessment, case_file, contact_log, pact, pact_own, team

urlpatterns = [
    path("persone/<int:pk>/presa-in-carico/", case_file.case_open, name="case_open"),
    path("persone/prese-in-carico/<int:pk>/<slug:slug>/", case_file.case_step, name="case_step"),
    path("persone/<int:pk>/valutazione/", assessment.assessment_new, name="assessment_new"),
    path("persone/<int:pk>/patto/", pact.pact_new, name="pact_new"),
    path("persone/patti/<int:pk>/", pact.pact, name="pact"),
    path("persone/patti/<int:pk>/obiettivo/", pact.goal_new, name="goal_new"),
    path("persone/patti/<int:pk>/proponi/", pact.pact_propose, name="pact_propose"),
    path("persone/patti/<int:pk>/riprendi/", pact.pact_take_back, name="pact_take_back"),
    path("persone/patti/<int:pk>/accordo/", pact.pact_agree, name="pact_agree"),
    path("persone/patti/<int:pk>/verifica/", pact.pact_review, name="pact_review"),
    path("persone/patti/<int:pk>/stampa/", pact.pact_on_paper, name="pact_on_paper"),
    path("persone/patti/obiettivi/<int:pk>/", pact.goal_edit, name="goal_edit"),
    path("persone/patti/obiettivi/<int:pk>/togli/", pact.goal_remove, name="goal_remove"),
    path("persone/patti/obiettivi/<int:pk>/azione/", pact.action_new, name="action_new"),
    path("persone/patti/azioni/<int:pk>/", pact.action_edit, name="action_edit"),
    path("persone/patti/azioni/<int:pk>/togli/", pact.action_remove, name="action_remove"),
    path("persone/patti/azioni/<int:pk>/stato/", pact.action_tick, name="action_tick"),
    path("persone/<int:pk>/intorno/", team.team_page, name="team"),
    path("persone/intorno/<int:pk>/fine/", team.team_leave, name="team_leave"),
    path("contatti/", contact_log.contact_log, name="contact_log"),
    path("contatti/elenco/", contact_log.contact_list, name="contact_list"),
    path("contatti/<int:pk>/annulla/", contact_log.contact_take_back, name="contact_take_back"),
    path("il-mio-percorso/patto/<int:pk>/va-bene/", pact_own.my_pact_agree, name="my_pact_agree"),
    path("il-mio-percorso/patto/<int:pk>/cambiare/", pact_own.my_pact_change, name="my_pact_change"),
    path("il-mio-percorso/patto/azioni/<int:pk>/", pact_own.my_action, name="my_action"),
]
