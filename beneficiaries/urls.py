from django.urls import path

from . import urls_appointments, urls_intake
from .views import applications, assisted, check, decisions, document, evidence, join_account, people

app_name = "beneficiaries"

urlpatterns = [
    *urls_appointments.urlpatterns,
    *urls_intake.urlpatterns,
    path("verifica/", check.check, name="check"),
    path("iscrizione/unisci/<str:token>/", join_account.join_account, name="join_account"),
    path("domande/", applications.applications, name="applications"),
    path("domande/assegna/", applications.assign_many, name="assign_many"),
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
    path("persone/documenti/<int:pk>/", document.document, name="document"),
    path("persone/documenti/<int:pk>/controlla/", evidence.paper_check, name="paper_check"),
    path("persone/documenti/<int:pk>/da-parte/", evidence.paper_set_aside, name="paper_set_aside"),
    path("persone/documenti/<int:pk>/riprendi/", evidence.paper_take_up, name="paper_take_up"),
    path("persone/<int:pk>/documenti/senza-copia/", evidence.paper_new, name="paper_new"),
    path("il-mio-percorso/documenti/piu-tardi/", evidence.my_paper_later, name="my_paper_later"),
    path("persone/<int:pk>/documenti/", document.document_new, name="document_new"),
    path("persone/<int:pk>/documenti/pagine/", document.document_pages, name="document_pages"),
    path("il-mio-percorso/documenti/pagine/", document.my_document_pages, name="my_document_pages"),
    path("documenti/pagine/<int:pk>/", document.page, name="page"),
    path("documenti/pagine/<int:pk>/togli/", document.page_remove, name="page_remove"),
    path("il-mio-percorso/documenti/", document.my_document_new, name="my_document_new"),
    path("persone/<int:pk>/contatti/", people.contacts, name="contacts"),
    path("persone/<int:pk>/note/", people.note_new, name="note_new"),
    path("persone/<int:pk>/scrivi/", people.write, name="write"),
]
