"""Lists and what hangs on them: views, batches, colleagues, requests about data, disposal."""

from django.urls import path

from .views import batch, colleagues, data_request, disposal, saved_view

urlpatterns = [
    path("domande/insieme/", batch.applications, name="batch"),
    path("viste/salva/", saved_view.save, name="view_save"),
    path("viste/<int:pk>/elimina/", saved_view.delete, name="view_delete"),
    path("colleghi/", colleagues.colleagues, name="colleagues"),
    path("colleghi/<int:pk>/", colleagues.colleague, name="colleague"),
    path("colleghi/<int:pk>/esportazioni/", colleagues.export_right, name="export_right"),
    path("colleghi/<int:pk>/passaggio/", colleagues.hand_over, name="files_hand_over"),
    path("richieste-dati/", data_request.data_requests, name="data_requests"),
    path("richieste-dati/<int:pk>/", data_request.data_request, name="data_request"),
    path("richieste-dati/<int:pk>/proroga/", data_request.extend, name="data_request_extend"),
    path("richieste-dati/<int:pk>/cancellazione/", data_request.propose_erasure, name="data_request_erasure"),
    path("il-mio-percorso/dati/correzione/", data_request.my_correction, name="my_correction"),
    path("il-mio-percorso/dati/cancellazione/", data_request.my_erasure, name="my_erasure"),
    path("il-mio-percorso/dati/richieste/<int:pk>/ritira/", data_request.my_request_back, name="my_request_back"),
    path("scarto/", disposal.disposals, name="disposals"),
    path("scarto/proponi/", disposal.propose, name="disposal_propose"),
    path("scarto/<int:pk>/", disposal.disposal, name="disposal"),
    path("scarto/<int:pk>/conserva/", disposal.refuse, name="disposal_refuse"),
    path("scarto/sospensioni/<int:pk>/togli/", disposal.lift, name="hold_lift"),
    path("persone/<int:pk>/conserva/", disposal.hold, name="hold"),
]
