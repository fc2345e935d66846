from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last application number given in a year; whoever wants the next one waits on this row."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("series of application numbers")
        verbose_name_plural = _("series of application numbers")

    def __str__(self):
        return str(self.year)
