from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.urls import allauth_urlpatterns

admin.site.site_header = _("#Oltreiperimetri administration")
admin.site.site_title = admin.site.site_header
admin.site.index_title = _("Registers")
admin.site.site_url = "/oggi/"
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("oltreiperimetri.portal.urls")),
    path("", include("oltreiperimetri.accounts.urls")),
    path("", include(allauth_urlpatterns)),
    path("", include("oltreiperimetri.followups.urls")),
    path("", include("oltreiperimetri.reminders.urls")),
    path("", include("partners.urls")),
    path("", include("beneficiaries.urls")),
    path("", include("orafo.urls")),
    path("", include("generazioni.urls")),
    path("gestione/", admin.site.urls),
]

handler400 = "oltreiperimetri.portal.views.errors.bad_request"
handler403 = "oltreiperimetri.portal.views.errors.forbidden"
handler404 = "oltreiperimetri.portal.views.errors.not_found"
