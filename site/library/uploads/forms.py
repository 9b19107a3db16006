"""The forms behind every upload in the admin: one file, many, in a chooser, in place of a file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from library.uploads import allowed, documents, pictures


class PictureField(WagtailImageField):
    """Wagtail's own looks at size, ending and kind; half a picture makes it fail."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["invalid_image_extension"] = pictures.WRONG_KIND
        self.error_messages["file_too_many_pixels"] = pictures.TOO_LARGE
        self.error_messages["invalid_image"] = pictures.BROKEN

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise ValidationError(pictures.BROKEN, code="invalid_image") from error


class PictureForm(BaseImageForm):
    """Here the picture is drawn again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = PictureField(
                label=old.label, widget=old.widget, required=old.required, initial=old.initial
            )

    def clean_file(self) -> File | None:
        file: File | None = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):  # nothing new was sent
            return file
        return pictures.redrawn(file, allowed.MOST_PIXELS)


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> File | None:
        file: File | None = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            documents.check(file, allowed.MOST_DOCUMENT_BYTES)
        return file
