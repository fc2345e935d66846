app_name = "generazioni"

urlpatterns = []
