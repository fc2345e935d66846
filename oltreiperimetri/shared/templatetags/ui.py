"""What templates draw with: icons, chips, days, euro, bars. Shown decisions only; the view has taken them."""

from decimal import Decimal

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..desk import Step
from ..money import format_italian_decimal

register = template.Library()

SPRITE = "bootstrap-italia/svg/sprites.svg"
TONES = {
    "ok": ("op-chip-ok", "it-check"),
    "wait": ("op-chip-wait", "it-clock"),
    "no": ("op-chip-no", "it-close"),
    "info": ("op-chip-info", "it-info-circle"),
    "quiet": ("op-chip-quiet", "it-minus"),
}
BARS_LEFT, BARS_WIDTH, BAR_STEP = 220, 360, 32


@register.simple_tag
def icon(name: str, css_class: str = "icon-sm") -> str:
    """An icon of the sprite, always beside a word: it is hidden from screen readers."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static(SPRITE),
        name,
    )


@register.simple_tag
def chip(obj, tone: str = "") -> str:
    """The state of an object as a chip; its model may say the tone of each state in `TONES`."""
    tone = tone or getattr(obj, "TONES", {}).get(obj.state, "info")
    return toned_chip(obj.get_state_display(), tone)


@register.simple_tag
def toned_chip(label: str, tone: str = "info") -> str:
    css_class, name = TONES[tone]
    return format_html('<span class="op-chip {}">{}{}</span>', css_class, icon(name, "icon-xs"), label)


@register.filter(expects_localtime=True)
def day(value) -> str:
    """giovedì 12 marzo 2026: with the weekday a sentence needs no article (l'8 marzo, il 12 marzo)."""
    return formats.date_format(value, "l j F Y") if value else ""


@register.filter
def euro(value) -> str:
    """1.234,56 €"""
    return f"{format_italian_decimal(Decimal(value))} €" if value is not None else ""


@register.filter
def ball(step: Step, reader: str = "person") -> str:
    """Who has to move next, said to the person it is about, or to `reader` "staff"."""
    return {
        "person": _("The person will move next,") if reader == "staff" else _("It is your turn,"),
        "caseworker": _("The caseworker will move next,"),
        "firm": _("The firm will answer,"),
        "partner": _("A partner will move next,"),
        "office": _("The office will move next,"),
    }[step.ball].rstrip("," if not step.due_on else "")


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(title: str, rows, unit: str = ""):
    """Horizontal bars with their table; `rows` are (label, value), values not negative."""
    rows = list(rows)
    largest = max([value for _label, value in rows], default=0) or 1
    bars = [
        {
            "label": label,
            "value": value,
            "width": f"{BARS_WIDTH * value / largest:.1f}",
            "y": number * BAR_STEP,
            "text_y": number * BAR_STEP + 15,
        }
        for number, (label, value) in enumerate(rows)
    ]
    return {"title": title, "bars": bars, "height": max(BAR_STEP, len(bars) * BAR_STEP), "unit": unit}


CHART = {"width": 320, "height": 132, "left": 24, "right": 14, "top": 22, "bottom": 26}


@register.inclusion_tag("components/line_chart.html")
def line_chart(title: str, days, values, lowest: int, highest: int):
    """One line over time as SVG; `values` stand beside `days`, None where nothing is known. Its table is the page's.

    Days are as far apart as in the calendar. A single day is a point in the middle.
    """
    days = list(days)
    span = (days[-1] - days[0]).days if days else 0
    inner_width = CHART["width"] - CHART["left"] - CHART["right"]
    inner_height = CHART["height"] - CHART["top"] - CHART["bottom"]

    def across(moment) -> float:
        return CHART["left"] + (inner_width * (moment - days[0]).days / span if span else inner_width / 2)

    def up(value: int) -> float:
        return CHART["top"] + inner_height * (highest - value) / (highest - lowest)

    points = [
        {"x": f"{across(moment):.1f}", "y": f"{up(value):.1f}", "value": value, "label_y": f"{up(value) - 8:.1f}"}
        for moment, value in zip(days, values, strict=True)
        if value is not None
    ]
    return {
        "title": title,
        "points": points,
        "path": " ".join(f"{point['x']},{point['y']}" for point in points),
        "levels": [{"value": level, "y": f"{up(level):.1f}"} for level in range(lowest, highest + 1)],
        "first_day": days[0] if days else None,
        "last_day": days[-1] if span else None,
        **CHART,
        "inner_right": CHART["width"] - CHART["right"],
        "days_y": CHART["height"] - 6,
    }


@register.simple_tag(takes_context=True)
def draw_panel(context, panel) -> str:
    """A desk's Panel, drawn by its own template with its own context and the request's (links, tokens)."""
    with context.push(**panel.context):
        return get_template(panel.template).template.render(context)
