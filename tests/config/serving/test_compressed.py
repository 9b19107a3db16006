"""What cannot be kept ready for everyone still travels small."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("url", ["/symptom-checker/back-and-calf/", "/search/?q=sciatica"])
def test_an_answer_for_one_reader_is_compressed(client: Client, url: str) -> None:
    plain = client.get(url).content
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content) == plain
    assert len(answer.content) < len(plain) / 2
