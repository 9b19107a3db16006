"""Who signed what and until when. Knows nothing of the pages themselves."""

from review.models.clinician import ClinicianProfile
from review.models.invitation import ReviewInvitation
from review.models.reminder import ReminderSent
from review.models.request import ReviewRequest
from review.models.reviewable import Reviewable, reviewable_models
from review.models.sign_off import NotClinicalChange, SignOff
from review.models.task import ClinicalSignOffTask

__all__ = [
    "ClinicalSignOffTask",
    "ClinicianProfile",
    "NotClinicalChange",
    "ReminderSent",
    "ReviewInvitation",
    "ReviewRequest",
    "Reviewable",
    "SignOff",
    "reviewable_models",
]
