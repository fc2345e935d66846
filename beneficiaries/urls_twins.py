"""Files that may be of one person."""

from django.urls import path

from .views import twins

urlpatterns = [
    path("persone/doppi/", twins.twins, name="twins"),
    path("persone/doppi/<int:pk>/diverse/", twins.twins_not_same, name="twins_not_same"),
    path("persone/doppi/<int:pk>/riguarda/", twins.twins_again, name="twins_again"),
    path("persone/<int:pk>/confronta/<int:other_pk>/", twins.compare, name="compare"),
    path("persone/unioni/<int:pk>/annulla/", twins.merge_undo, name="merge_undo"),
]
