app_name = "orafo"

urlpatterns = []
