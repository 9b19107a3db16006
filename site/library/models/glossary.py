from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from library.lines import split_lines


class GlossaryTerm(index.Indexed, models.Model):
    """A word of medicine and what it means, in a sentence or two."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    term = models.CharField(_("term"), max_length=120)
    also = models.TextField(_("other names"), blank=True, help_text=_("One on each line."))
    definition = models.TextField(_("what it means"), help_text=_("One or two plain sentences."))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page to read on"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("key")]),
        FieldPanel("definition"),
        FieldPanel("also"),
        FieldPanel("page"),
    ]
    search_fields = [
        index.SearchField("term"),
        index.SearchField("definition"),
        index.AutocompleteField("term"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def other_names(self) -> list[str]:
        return split_lines(self.also)
