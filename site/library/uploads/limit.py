"""Stops a flood of bytes before it is read: readers send words, editors send files."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from library.uploads import allowed


class OnlyEditorsSendFiles(FileUploadHandler):
    """No public form takes a file. Under the admin a request with files has a limit."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        most = allowed.MOST_SENT if self._from_the_admin() else allowed.MOST_SENT_BY_READERS
        if content_length > most:
            raise RequestDataTooBig("More was sent than any form of this address takes.")

    def _from_the_admin(self) -> bool:
        request: HttpRequest | None = self.request
        return request is not None and request.path.startswith(tuple(settings.RELAXED_POLICY))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._from_the_admin():
            raise RequestDataTooBig("No form of this address takes a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data  # the next handler keeps it

    def file_complete(self, file_size: int) -> None:
        return None
