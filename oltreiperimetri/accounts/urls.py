from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("account/invito/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("account/sicurezza/", views.security, name="security"),
]

# allauth reverses its own names, which have no namespace.
allauth_urlpatterns = [
    path("accedi/", account.login, name="account_login"),
    path("accedi/codice/", account.request_login_code, name="account_request_login_code"),
    path("accedi/codice/conferma/", account.confirm_login_code, name="account_confirm_login_code"),
    path("esci/", account.logout, name="account_logout"),
    path("account/nuovo/", account.signup, name="account_signup"),
    path("account/sospeso/", account.account_inactive, name="account_inactive"),
    path("account/conferma/", account.reauthenticate, name="account_reauthenticate"),
    path("account/email/", account.email, name="account_email"),
    path("account/email/conferma/", account.email_verification_sent, name="account_email_verification_sent"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/nuova/", account.password_set, name="account_set_password"),
    path("account/password/dimenticata/", account.password_reset, name="account_reset_password"),
    path(
        "account/password/dimenticata/codice/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("account/password/dimenticata/nuova/", account.complete_password_reset, name="account_complete_password_reset"),
    path(
        "account/password/dimenticata/fatto/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("account/secondo-fattore/", mfa.index, name="mfa_index"),
    path("account/secondo-fattore/verifica/", mfa.authenticate, name="mfa_authenticate"),
    path("account/secondo-fattore/conferma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/secondo-fattore/attiva/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/secondo-fattore/disattiva/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codici-di-riserva/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codici-di-riserva/nuovi/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/codici-di-riserva/scarica/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
