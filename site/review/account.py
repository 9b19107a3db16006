from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from review.forms import ClinicianProfileForm
from review.models import ClinicianProfile
from review.signing import is_signing, profile_of


class ClinicianPanel(BaseSettingsPanel):
    """Under Account: how this clinician signs."""

    name = "clinician"
    title = _("How you sign")
    order = 150
    form_class = ClinicianProfileForm

    def is_active(self) -> bool:
        return is_signing(self.user)

    def get_form(self) -> ClinicianProfileForm:
        data = self.request.POST if self.request.method == "POST" else None
        profile = profile_of(self.user) or ClinicianProfile(user=self.user)
        return ClinicianProfileForm(data, instance=profile, prefix=self.name)
