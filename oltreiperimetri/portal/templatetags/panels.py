from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context, panel):
    """A desk's Panel, drawn by its own template with its own context (and the request's, for links and tokens)."""
    with context.push(**panel.context):
        return get_template(panel.template).template.render(context)
