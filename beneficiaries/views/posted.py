from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when nothing was filled in; None when the page is only opened."""
    return request.POST if request.method == "POST" else None
