"""A finished visit as a short code for print: release and answers, nothing else.

Whoever is shown the code can replay the visit. It is never stored, and never part of an address
that a browser sends: it travels in print, in a form field, or after the ``#``.

The code is bytes in Crockford's base 32 (no I, L, O, U to misread), in groups of four:
release number, one byte of the release's hash, the answers, and a CRC-16. The CRC finds every
single wrong character, and every two neighbours swapped. The answers are one number in mixed base:
each question of the release, in file order, has a digit (0 = not asked, 1 = its first option). The
first question's digit is the lowest, so a visit that ended early gives a short code. Nothing of it
hangs on how the engine chooses questions, which may change while old releases stay.
"""

from base64 import b32decode, b32encode
from binascii import crc_hqx
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from checker.engine import Incomplete, Ruleset, next_question, path
from checker.releases import LiveRelease, release_by_number

_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CODE = str.maketrans(_RFC4648, _CROCKFORD)
_FROM_CODE = str.maketrans(_CROCKFORD, _RFC4648)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_SEED = 0xFFFF

_MISTYPED = _("This code has a wrong character. Check each letter and number against the page.")
_FOREIGN = _(
    "This code is from rules that this website does not have. "
    "Check that the page was printed from this website."
)


class BadCode(ValueError):  # noqa: N818 - it reads as what it is
    """The code cannot be replayed. The message says what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


def make_code(release: LiveRelease, answers: Mapping[str, str]) -> str:
    """The code of a finished visit. Only answers to questions that were asked are in it."""
    missing = next_question(release.ruleset, answers)
    if missing is not None:
        raise Incomplete(missing)
    counted = {q.key: answers[q.key] for q in path(release.ruleset, answers)}
    packed = _pack(release.ruleset, counted)
    content = _varint(release.number) + _mark(release) + _to_bytes(packed)
    checked = content + crc_hqx(content, _SEED).to_bytes(2, "big")
    text = b32encode(checked).decode().rstrip("=").translate(_TO_CODE)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def read_code(checker: str, code: str) -> tuple[LiveRelease, dict[str, str]]:
    """The release and the answers of a code. Raises BadCode."""
    content = _checked(code)
    number, rest = _read_varint(content)
    release = release_by_number(checker, number)
    if release is None or not rest or rest[:1] != _mark(release):
        raise BadCode(_FOREIGN)
    answers = _unpack(release.ruleset, int.from_bytes(rest[1:], "big"))
    if next_question(release.ruleset, answers) is not None:
        raise BadCode(_FOREIGN)
    if [question.key for question in path(release.ruleset, answers)] != _in_order(release, answers):
        raise BadCode(_FOREIGN)
    return release, answers


def _checked(code: str) -> bytes:
    text = code.upper().translate(_MISREAD)
    if not text or set(text) - set(_CROCKFORD):
        raise BadCode(_MISTYPED)
    padded = text.translate(_FROM_CODE) + "=" * (-len(text) % 8)
    try:
        found = b32decode(padded)
    except ValueError as error:
        raise BadCode(_MISTYPED) from error
    # b32decode overlooks what stands in the spare bits of the last character; we do not.
    spare = b32encode(found).decode().rstrip("=").translate(_TO_CODE) != text
    content, crc = found[:-2], int.from_bytes(found[-2:], "big")
    if spare or not content or crc_hqx(content, _SEED) != crc:
        raise BadCode(_MISTYPED)
    return content


def _pack(ruleset: Ruleset, answers: Mapping[str, str]) -> int:
    packed = 0
    for question in reversed(ruleset.questions):
        option = answers.get(question.key)
        digit = 0 if option is None else question.option_keys.index(option) + 1
        packed = packed * (len(question.options) + 1) + digit
    return packed


def _unpack(ruleset: Ruleset, packed: int) -> dict[str, str]:
    answers = {}
    for question in ruleset.questions:
        packed, digit = divmod(packed, len(question.options) + 1)
        if digit:
            answers[question.key] = question.option_keys[digit - 1]
    if packed:
        raise BadCode(_FOREIGN)
    return answers


def _in_order(release: LiveRelease, answers: Mapping[str, str]) -> list[str]:
    return [q.key for q in release.ruleset.asking_order if q.key in answers]


def _mark(release: LiveRelease) -> bytes:
    return bytes.fromhex(release.digest[:2])


def _to_bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _varint(number: int) -> bytes:
    """Seven bits a byte, so that the first 127 releases cost one byte."""
    low, high = number & 0x7F, number >> 7
    return bytes([low]) if not high else bytes([low | 0x80]) + _varint(high)


def _read_varint(content: bytes) -> tuple[int, bytes]:
    number = 0
    for place, byte in enumerate(content[:4]):
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, content[place + 1 :]
    raise BadCode(_FOREIGN)
