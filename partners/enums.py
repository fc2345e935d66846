from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organisation of the network is."""

    FIRM = "firm", _("Firm")
    COOPERATIVE = "cooperative", _("Cooperative")
    ASSOCIATION = "association", _("Association")
    BANK = "bank", _("Bank")
    UNION = "union", _("Union")
    MUNICIPALITY = "municipality", _("Town council")
    TRADE_ASSOCIATION = "trade_association", _("Trade association")


class Sector(models.TextChoices):
    """The work a slot is about."""

    MANUFACTURING = "manufacturing", _("Production and workshop")
    LOGISTICS = "logistics", _("Warehouse and logistics")
    TRANSPORT = "transport", _("Transport and deliveries")
    RETAIL = "retail", _("Shops and sales")
    CATERING = "catering", _("Kitchen, bar and hotels")
    OFFICE = "office", _("Office and administration")
    DIGITAL = "digital", _("Computing and communication")
    BUILDING = "building", _("Building and installations")
    MAINTENANCE = "maintenance", _("Maintenance, cleaning and green spaces")
    CARE = "care", _("Care of people and education")
    OTHER = "other", _("Other")
