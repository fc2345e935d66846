from django.shortcuts import render

from oltreiperimetri.accounts.gates import public


@public
def home(request):
    return render(request, "portal/public/home.html")
