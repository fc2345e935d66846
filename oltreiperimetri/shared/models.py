from django.db import models
from django.utils.translation import gettext_lazy as _


class TimestampedModel(models.Model):
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class MunicipalityQuerySet(models.QuerySet):
    def in_programme(self):
        return self.filter(in_programme=True)


class Municipality(models.Model):
    """A town. Source: ISTAT (CC BY 3.0 IT). The ISTAT code is text: its leading zero matters."""

    istat_code = models.CharField(_("ISTAT code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    cadastral_code = models.CharField(_("cadastral code"), max_length=4, unique=True)
    postal_code = models.CharField(_("postal code"), max_length=5)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    patron_day = models.CharField(_("patron day"), max_length=40, blank=True)
    in_programme = models.BooleanField(_("in the programme"), default=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name
