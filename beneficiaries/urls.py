from django.urls import path

from . import (
    urls_appointments,
    urls_import,
    urls_intake,
    urls_lists,
    urls_money,
    urls_papers,
    urls_rules,
    urls_twins,
    urls_work,
)
from .views import applications, assisted, check, decisions, join_account, people

app_name = "beneficiaries"

urlpatterns = [
    *urls_appointments.urlpatterns,
    *urls_intake.urlpatterns,
    *urls_money.urlpatterns,
    *urls_papers.urlpatterns,
    *urls_lists.urlpatterns,
    *urls_rules.urlpatterns,
    path("verifica/", check.check, name="check"),
    path("iscrizione/unisci/<str:token>/", join_account.join_account, name="join_account"),
    path("domande/", applications.applications, name="applications"),
    path("domande/nuova/", assisted.assisted, name="assisted"),
    path("domande/<int:pk>/", applications.application, name="application"),
    path("domande/<int:pk>/assegna/", applications.assign, name="assign"),
    path("domande/<int:pk>/fatti/", assisted.facts, name="facts"),
    path("domande/<int:pk>/riepilogo/", assisted.summary, name="summary"),
    path("domande/<int:pk>/protocollo/", applications.protocol, name="protocol"),
    path("domande/<int:pk>/passo/<slug:slug>/", decisions.step, name="step"),
    path("domande/colloqui/<int:pk>/", decisions.interview, name="interview"),
    path("persone/", people.people, name="people"),
    path("persone/da-chiamare/", people.calls, name="calls"),
    path("persone/messaggi/<int:pk>/detto/", people.called, name="called"),
    path("persone/note/<int:pk>/", people.note_edit, name="note_edit"),
    path("persone/<int:pk>/contatti/", people.contacts, name="contacts"),
    path("persone/<int:pk>/note/", people.note_new, name="note_new"),
    path("persone/<int:pk>/scrivi/", people.write, name="write"),
    *urls_import.urlpatterns,
    *urls_twins.urlpatterns,
    *urls_work.urlpatterns,
]
