"""Groups and everything in them; then the way to a traineeship."""

app_name = "orafo"

groups = []

placements = []

urlpatterns = [*groups, *placements]
