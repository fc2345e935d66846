"""Lists of people that come from elsewhere."""

from django.urls import path

from .views import people_import

urlpatterns = [
    path("persone/importa/", people_import.imports, name="imports"),
    path("persone/importa/modello/", people_import.template_file, name="import_template"),
    path("persone/importa/<int:pk>/", people_import.one_import, name="import"),
    path("persone/importa/<int:pk>/colonne/", people_import.import_columns, name="import_columns"),
    path("persone/importa/<int:pk>/scrivi/", people_import.import_confirm, name="import_confirm"),
    path("persone/importa/<int:pk>/errori/", people_import.import_errors, name="import_errors"),
    path("persone/importa/righe/<int:pk>/", people_import.import_row, name="import_row"),
]
