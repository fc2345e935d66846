from django.conf import settings


def site(request):
    return {
        "SITE_URL": settings.SITE_URL,
        "PHONE": settings.PHONE,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "DEMO": settings.DEMO,
        "ACCESSIBILITY_DECLARATION_URL": settings.ACCESSIBILITY_DECLARATION_URL,
    }


def navigation(request):
    return {"navigation": []}
