"""The bot's end of Redis, as tests of the worker need it."""

from contextlib import contextmanager
from hashlib import sha256

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from renderer.contract.abilities import patience
from renderer.contract.job import Event, Job, Phase, Result
from renderer.contract.redis_keys import EVENTS, RENDER, cancel_key, queue_of, result_key, still_key
from renderer.contract.shot import Beat, Shot
from tests.processes import eventually

LONG = {"seconds": 8.0, "size": 1080}  # seconds of work on any machine


class Client:
    def __init__(self, redis, still):
        self.redis = redis
        self.still = still
        self.queue = Queue(queue_of("bars"), connection=redis, serializer=JSONSerializer)
        self.events = redis.pubsub(ignore_subscribe_messages=True)
        self.events.subscribe(EVENTS)

    def job(self, name, *, seconds=2.0, size=96, engine="bars", **fields):
        """A job that no other name has."""
        beat = Beat(mood="", seed=1, seconds=seconds)
        shot = Shot(still=self.still.sha256, line=(beat,), engine=engine, size=size)
        take = sha256(name.encode()).hexdigest()[:20]
        return Job(**{"take": take, "attempt": 1, "shot": shot, "byte_limit": 2**23} | fields)

    def put_still(self):
        self.redis.set(still_key(self.still.sha256), self.still.png)

    def enqueue(self, job, **options):
        """Queue the job as the bot does; `options` are RQ's."""
        self.put_still()
        given = {"timeout": patience(job.shot.engine), "result_ttl": 60, "failure_ttl": 60} | options
        return self.queue.enqueue_call(RENDER, args=[job.to_json()], job_id=job.id, **given)

    def cancel(self, job):
        self.redis.set(cancel_key(job.id), 1)

    def result(self, job):
        return Result.from_json(eventually(lambda: self.redis.get(result_key(job.id))))

    def problem(self, job):
        return self.result(job).problem.code

    def news(self, job, phase):
        """Wait for the event that says so."""
        return eventually(lambda: self._is_news(job, phase))

    def _is_news(self, job, phase):
        message = self.events.get_message(timeout=1)
        event = Event.from_json(message["data"]) if message else None
        return event if event and (event.take, event.phase) == (job.take, phase) else None

    def wait_till_rendering(self, job):
        self.news(job, Phase.FRAMES)


@contextmanager
def connected(url, still):
    """A client for as long as it is needed."""
    with Redis.from_url(url) as redis:
        client = Client(redis, still)
        yield client
        client.events.close()
