"""The pages of registration, and of what a person tells of family and work."""

from django.urls import path

from .views import declaration, family, registration, registration_resume

urlpatterns = [
    path("iscrizione/", registration.start, name="register"),
    path("iscrizione/codice/", registration.code, name="register_code"),
    path("iscrizione/riprendi/", registration_resume.resume, name="register_resume"),
    path("iscrizione/riprendi/senza-codice/", registration_resume.lost_code, name="register_lost_code"),
    path("iscrizione/riprendi/<str:token>/", registration_resume.resume_link, name="register_link"),
    path("iscrizione/piu-tardi/", registration_resume.leave, name="register_leave"),
    path("iscrizione/finito/", registration_resume.finished, name="register_finished"),
    path("iscrizione/salva/", registration.autosave, name="register_autosave"),
    path("iscrizione/regole/", registration.rules, name="register_rules"),
    path("iscrizione/passo/<slug:slug>/", registration.step, name="register_step"),
    path("iscrizione/controlla/", registration.check, name="register_check"),
    path("iscrizione/fatto/", registration.done, name="register_done"),
    path("iscrizione/ricevuta/", registration.receipt, name="register_receipt"),
    path("persone/<int:pk>/famiglia/", family.household_of_person, name="household"),
    path("persone/<int:pk>/famiglia/lavori/", family.spells_of_person, name="spells"),
    path("persone/<int:pk>/famiglia/profilo/", family.profile_of_person, name="profile"),
    path("il-mio-percorso/famiglia/", family.my_household, name="my_household"),
    path("il-mio-percorso/lavori/", family.my_spells, name="my_spells"),
    path("il-mio-percorso/profilo/", family.my_profile, name="my_profile"),
    path("domande/risposte/<int:pk>/viste/", declaration.declaration_seen, name="declaration_seen"),
]
