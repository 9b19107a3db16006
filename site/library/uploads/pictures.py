"""A picture is drawn again from its pixels, so that nothing else of the file is kept.

Gone are place, camera and owner (EXIF, XMP, IPTC), comments, text chunks, thumbnails, further
pictures of a moving one, and whatever hides behind the last pixel. The colours stay as they were:
a colour profile is worked into them, and the way up, which cameras only note, is turned for real.
"""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

#: Pillow's name of each kind by the ending that Wagtail has compared with the content.
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
QUALITY = {"JPEG": {"quality": 90, "optimize": True}, "WEBP": {"quality": 90}, "PNG": {}}
BROKEN = _("This picture is damaged or not a picture. Save it again as JPEG or PNG, then send it.")
TOO_LARGE = _(
    "This picture has too many pixels. Make it smaller, to at most 25 million pixels "
    "(for example 5000 by 5000), and send it again."
)
WRONG_KIND = _("Send a picture as JPEG, PNG or WebP. Others, such as SVG, can hold code.")


class Redrawn(ContentFile):
    """A picture that has come through here."""


def redrawn(file: File, most_pixels: int) -> Redrawn:
    """The same picture as a new file of the same name."""
    name = file.name or ""
    kind = FORMATS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise ValidationError(WRONG_KIND, code="invalid_image_extension")
    file.seek(0)
    try:
        with Image.open(file, formats=[kind]) as picture:
            if picture.width * picture.height > most_pixels:
                raise ValidationError(TOO_LARGE, code="file_too_many_pixels")
            data = _encoded(_upright(picture), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE, code="file_too_many_pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise ValidationError(BROKEN, code="invalid_image") from error
    return Redrawn(data, name=name)


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera noted it, in the colours that every browser shows."""
    turned = ImageOps.exif_transpose(picture)
    turned = _in_srgb(turned)
    plain = "RGBA" if turned.has_transparency_data else "RGB"
    return turned if turned.mode in ("L", plain) else turned.convert(plain)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except ImageCms.PyCMSError:  # a profile for other colours than the picture has: left out
        return picture
    return converted or picture


def _encoded(picture: Image.Image, kind: str) -> bytes:
    """Only pixels go over: a new picture has no notes that could be written along."""
    if kind == "JPEG" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, kind, **QUALITY[kind])
    return out.getvalue()
