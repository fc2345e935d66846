"""The scales of an assessment: five levels in each area, each with the words by which it is recognised.

Said of how things stand, never of who somebody is; the lowest is read aloud like the others.
"""

from django.utils.translation import gettext_lazy as _

from .enums import Area

ANCHORS = {
    Area.WORK: (
        _("No work, and no idea yet where to begin."),
        _("Looks for work now and then, alone."),
        _("Looks for work with a plan, a curriculum and somebody who helps."),
        _("Works or is in training, not yet steadily."),
        _("Has a steady job that is enough."),
    ),
    Area.HOME: (
        _("Is losing the home, or has none."),
        _("Stays with others, or is months behind with the rent."),
        _("Has a home, and keeps it with an effort every month."),
        _("Has a steady home, with some expense that weighs."),
        _("Has a steady home and manages its costs."),
    ),
    Area.ECONOMY: (
        _("The money is not enough for food and bills."),
        _("Reaches the end of the month by owing to others."),
        _("Reaches the end of the month, with nothing left."),
        _("Pays everything and sometimes puts something aside."),
        _("Pays everything and can face an unexpected expense."),
    ),
    Area.CARE: (
        _("Looks after the family alone and cannot manage any more."),
        _("Manages only by giving up work or health."),
        _("Manages with some help, fragile."),
        _("Manages, with help on which one can rely."),
        _("Care is shared, and leaves time for the rest."),
    ),
    Area.SOCIAL: (
        _("Has nobody to talk to."),
        _("Sees few people, seldom."),
        _("Has somebody to turn to when needed."),
        _("Sees people willingly and knows what the area offers."),
        _("Has a network and gives a hand to others."),
    ),
}
