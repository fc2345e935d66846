"""Groups and everything in them; then the way to a traineeship."""

from django.urls import path

from .views import cohort, cohort_step, joining, membership, register, seat_link, session

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

placements = []

urlpatterns = [*groups, *placements]
