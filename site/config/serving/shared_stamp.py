"""The stamp for several machines. Loaded only where there is a Redis or Valkey."""

from threading import Thread
from time import sleep, time

from redis import Redis

from config import redis_cache
from config.lost import LostError
from config.redis_cache import OPTIONS, PAUSE_SECONDS
from library.fresh import EVERYTHING

#: A new number into these slots, in one step that nobody sees half done. A table that Redis forgot
#: begins with the time, so that no number ever comes twice, and makes everything new.
_STEP = """
if redis.call('HEXISTS', KEYS[1], 'now') == 0 then
  redis.call('HSET', KEYS[1], 'now', ARGV[1])
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[1])
end
local number = redis.call('HINCRBY', KEYS[1], 'now', 1)
for place = 3, #ARGV do redis.call('HSET', KEYS[1], ARGV[place], number) end
return number
"""


class CacheCounter:
    """Numbers in the Redis that all machines share (CACHE_URL).

    While Redis is lost nobody can know whether a kept page is still right, so ``read`` gives None
    and pages are made anew. Once it is back, whoever missed it makes everything new: something may
    have been published meanwhile.
    """

    KEY = "causeway-pages-slots"

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, **OPTIONS)
        self._missed = False
        self._waiting: Thread | None = None

    def read(self) -> int | None:
        try:
            return redis_cache.link.reach(self._look)
        except LostError:
            self._missed = True
            return None

    def newest(self, slots: tuple[int, ...]) -> int | None:
        names = [str(slot) for slot in slots]
        try:
            found = redis_cache.link.reach(lambda: self._redis.hmget(self.KEY, names))
        except LostError:
            self._missed = True
            return None
        # The slot of everything is always there, unless Redis threw the table away.
        return max(int(number or 0) for number in found) if found[0] is not None else None

    def move_on(self, slots: tuple[int, ...] = (EVERYTHING,)) -> None:
        try:
            redis_cache.link.reach(lambda: self._step(slots))
        except LostError:
            self._missed = True
            self._wait()

    def _look(self) -> int:
        number = None if self._missed else self._redis.hget(self.KEY, "now")
        return self._step((EVERYTHING,)) if number is None else int(number)

    def _step(self, slots: tuple[int, ...]) -> int:
        wanted = {EVERYTHING} if self._missed else set(slots)
        start = int(time() * 1000)
        number = int(self._redis.eval(_STEP, 1, self.KEY, start, EVERYTHING, *wanted))
        self._missed = False
        return number

    def _wait(self) -> None:
        """Other machines must hear of this change even if nobody asks this worker for a page."""
        if self._waiting is None or not self._waiting.is_alive():
            self._waiting = Thread(target=self._until_back, daemon=True)
            self._waiting.start()

    def _until_back(self) -> None:
        while self.read() is None:
            sleep(PAUSE_SECONDS)
