"""The pages of appointments: the agenda of the office, and those of the person, by link or by account."""

from django.urls import path

from .views import agenda, appointment, calendar, my_appointment

urlpatterns = [
    path("appuntamenti/", agenda.agenda, name="agenda"),
    path("appuntamenti/pubblica/", agenda.free_time_new, name="free_time_new"),
    path("appuntamenti/orari/<int:pk>/togli/", agenda.free_time_withdraw, name="free_time_withdraw"),
    path("appuntamenti/invita/", appointment.appointment_invite, name="appointment_invite"),
    path("appuntamenti/calendario/", calendar.calendar_feed, name="calendar_feed"),
    path("appuntamenti/calendario/<str:token>.ics", calendar.calendar, name="calendar"),
    path("appuntamenti/<int:pk>/", appointment.appointment, name="appointment"),
    path("appuntamenti/<int:pk>/esito/", appointment.appointment_outcome, name="appointment_outcome"),
    path("appuntamenti/<int:pk>/sposta/", appointment.appointment_move, name="appointment_move"),
    path("appuntamenti/<int:pk>/annulla/", appointment.appointment_cancel, name="appointment_cancel"),
    path("appuntamenti/<int:pk>/appuntamento.ics", appointment.appointment_calendar, name="appointment_calendar"),
    path("persone/<int:pk>/appuntamenti/nuovo/", appointment.appointment_new, name="appointment_new"),
    path("appuntamento/<str:token>/", my_appointment.link_page, name="my_appointment_link"),
    path("appuntamento/<str:token>/sposta/", my_appointment.link_move, name="my_appointment_link_move"),
    path("appuntamento/<str:token>/annulla/", my_appointment.link_cancel, name="my_appointment_link_cancel"),
    path("appuntamento/<str:token>/appuntamento.ics", my_appointment.link_calendar, name="my_appointment_link_calendar"),
    path("il-mio-percorso/appuntamenti/<int:pk>/", my_appointment.own_page, name="my_appointment"),
    path("il-mio-percorso/appuntamenti/<int:pk>/sposta/", my_appointment.own_move, name="my_appointment_move"),
    path("il-mio-percorso/appuntamenti/<int:pk>/annulla/", my_appointment.own_cancel, name="my_appointment_cancel"),
    path(
        "il-mio-percorso/appuntamenti/<int:pk>/appuntamento.ics",
        my_appointment.own_calendar,
        name="my_appointment_calendar",
    ),
]
