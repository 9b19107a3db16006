from django.db import models


class LoadedItem(models.Model):
    """What load_content last wrote, so that it never overwrites what an editor has changed since.

    ``digest`` is of the file's content; ``state`` is what the database held right after loading
    (a page's revision, a snippet's fields). Where the state has moved on, an editor was there.
    """

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=255)
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
