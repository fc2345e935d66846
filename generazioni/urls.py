from django.urls import path

from .views import evening, evening_place, evening_public, guest

app_name = "generazioni"

urlpatterns = [
    path("serate/", evening_public.evenings, name="evenings"),
    path("serate/calendario.ics", evening_public.agenda_calendar, name="evenings_calendar"),
    path("serate/<int:pk>/", evening_public.evening, name="evening"),
    path("serate/<int:pk>/fatto/", evening_public.done, name="evening_done"),
    path("serate/<int:pk>/calendario.ics", evening_public.evening_calendar, name="evening_calendar"),
    path("rispondi/serata/<str:token>/", evening_place.place, name="evening_place"),
    path("serate/ufficio/", evening.evenings, name="evenings_office"),
    path("serate/ufficio/nuova/", evening.new, name="evening_new"),
    path("serate/ufficio/<int:pk>/", evening.evening, name="evening_office"),
    path("serate/ufficio/<int:pk>/modifica/", evening.edit, name="evening_edit"),
    path("serate/ufficio/<int:pk>/pubblica/", evening.publish, name="evening_publish"),
    path("serate/ufficio/<int:pk>/annulla/", evening.cancel, name="evening_cancel"),
    path("serate/ufficio/<int:pk>/presenze/", evening.who_came, name="evening_who_came"),
    path("serate/ufficio/<int:pk>/stampa/", evening.print_list, name="evening_print"),
    path("serate/ufficio/<int:pk>/iscritti/nuovo/", guest.new, name="guest_new"),
    path("serate/ufficio/iscritti/<int:pk>/libera/", guest.give_back, name="guest_give_back"),
    path("serate/ufficio/iscritti/<int:pk>/avvisato/", guest.called, name="guest_called"),
]
