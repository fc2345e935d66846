"""The household economy: budget, debts, paths and referrals."""

from django.urls import path

from .views import budget, debt, money_path, service_referral

urlpatterns = [
    path("persone/<int:pk>/bilancio/", budget.budget, name="budget"),
    path("persone/<int:pk>/bilancio/nuovo/", budget.budget_new, name="budget_new"),
    path("persone/<int:pk>/bilancio/stampa/", budget.summary, name="money_summary"),
    path("persone/<int:pk>/debiti/", debt.debts, name="debts"),
    path("persone/<int:pk>/debiti/nuovo/", debt.debt_new, name="debt_new"),
    path("persone/debiti/<int:pk>/", debt.debt_edit, name="debt_edit"),
    path("persone/debiti/<int:pk>/<slug:slug>/", debt.debt_step, name="debt_step"),
    path("persone/<int:pk>/economia/<slug:kind>/", money_path.money_path_new, name="money_path_new"),
    path("persone/economia/incontri/<int:pk>/", money_path.money_session, name="money_session"),
    path("persone/economia/<int:pk>/incontri/", money_path.money_session_new, name="money_session_new"),
    path("persone/economia/<int:pk>/<slug:slug>/", money_path.money_path_step, name="money_path_step"),
    path("persone/<int:pk>/invii/", service_referral.referral_new, name="referral_new"),
    path("invii/", service_referral.referrals, name="referrals"),
    path("invii/<int:pk>/", service_referral.referral, name="referral"),
    path("invii/<int:pk>/modifica/", service_referral.referral_edit, name="referral_edit"),
    path("invii/<int:pk>/<slug:slug>/", service_referral.referral_step, name="referral_step"),
    path("il-mio-percorso/bilancio/", budget.my_budget, name="my_budget"),
    path("il-mio-percorso/bilancio/compila/", budget.my_budget_fill, name="my_budget_fill"),
    path("il-mio-percorso/bilancio/stampa/", budget.my_summary, name="my_money_summary"),
]
