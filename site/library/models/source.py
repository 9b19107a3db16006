from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from library.sources.form import SourceForm

is_doi = RegexValidator(r"^10\.\d{4,9}/\S+$", _("A DOI begins with “10.”, a number and a slash."))


class Source(index.Indexed, models.Model):
    """A guideline, study or other work that carries a clinical statement."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("Guideline")
        REVIEW = "review", _("Review of studies")
        TRIAL = "trial", _("Trial")
        STUDY = "study", _("Study")
        AGENCY = "agency", _("Public body")
        PATIENT_PAGE = "patient page", _("Patient information")
        LABEL = "label", _("Product information")
        EXPERT = "expert", _("Expert judgement")

    class Confidence(models.TextChoices):
        READ = "read", _("Read in the source itself")
        REPORTED = "reported", _("Seen only where another page reports it")
        UNVERIFIED = "unverified", _("Not verified yet")

    class Status(models.TextChoices):
        IN_USE = "in use", _("In use")
        WITHDRAWN = "withdrawn", _("Withdrawn: its publisher has taken it back or replaced it")

    key = models.SlugField(
        _("key"), max_length=40, unique=True, help_text=_("Short name used in content files.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=400)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    body = models.CharField(_("publisher or journal"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[is_doi])
    url = models.URLField(_("address"), max_length=500, blank=True)
    checked = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last opened the source.")
    )
    says = models.TextField(_("what it says"), help_text=_("In one or two plain sentences."))
    confidence = models.CharField(
        _("how it was checked"), max_length=12, choices=Confidence, default=Confidence.UNVERIFIED
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.IN_USE,
        help_text=_("Pages that cite a withdrawn source go back to the review list."),
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("Left empty: the day on which you mark it."),
    )

    base_form_class = SourceForm

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("year")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("authors"), FieldPanel("body")]),
        MultiFieldPanel([FieldPanel("doi"), FieldPanel("url")], heading=_("Where to find it")),
        FieldPanel("says"),
        FieldRowPanel([FieldPanel("checked"), FieldPanel("confidence")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("withdrawn_on")]),
    ]
    search_fields = [
        index.SearchField("key"),
        index.SearchField("title"),
        index.SearchField("authors"),
        index.AutocompleteField("key"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("confidence"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def link(self) -> str:
        """Where a reader can open it: the DOI, which outlives addresses, before the address."""
        address = f"https://doi.org/{self.doi}" if self.doi else self.url
        return address if address.startswith(("https://", "http://")) else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN
