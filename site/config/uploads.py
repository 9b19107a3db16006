"""Django's and Wagtail's settings for what comes in as a file."""

from library.uploads import allowed

SETTINGS = {
    "WAGTAILIMAGES_EXTENSIONS": allowed.PICTURES,
    "WAGTAILIMAGES_MAX_UPLOAD_SIZE": allowed.MOST_PICTURE_BYTES,
    "WAGTAILIMAGES_MAX_IMAGE_PIXELS": allowed.MOST_PIXELS,
    "WAGTAILIMAGES_IMAGE_FORM_BASE": "library.uploads.forms.PictureForm",
    "WAGTAILDOCS_EXTENSIONS": allowed.DOCUMENTS,
    "WAGTAILDOCS_DOCUMENT_FORM_BASE": "library.uploads.forms.DocumentForm",
    # A browser saves a document and never opens it as a page of ours.
    "WAGTAILDOCS_SERVE_METHOD": "serve_view",
    "WAGTAILDOCS_INLINE_CONTENT_TYPES": [],
    "FILE_UPLOAD_HANDLERS": [
        "library.uploads.limit.OnlyEditorsSendFiles",
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ],
    # The editor of a long page sends a few fields for each of its blocks.
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
}
