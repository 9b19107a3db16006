"""What may be uploaded, and how much of it. The limits keep one upload from filling a worker."""

MEGABYTE = 2**20
PICTURES = ["jpg", "jpeg", "png", "webp"]
MOST_PIXELS = 25_000_000
MOST_PICTURE_BYTES = 10 * MEGABYTE
DOCUMENTS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"]
MOST_DOCUMENT_BYTES = 20 * MEGABYTE
#: A request with files is cut off here, before a form sees it.
MOST_SENT = 32 * MEGABYTE
MOST_SENT_BY_READERS = 64 * 2**10
