"""What can go wrong with a take: a code and its data. The sentence that a member reads is `bot.wording.sentences`'."""


class UnstillError(Exception):
    """Something a member or operator can act on. `code` names it, `data` fills the sentence in."""

    code: str

    def __init__(self, **data: str | float) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code} ({details})" if details else self.code


class NotAPictureError(UnstillError):
    """The bytes are no picture of a kind that is known, or a broken one."""

    code = "not_a_picture"


class CutOffError(UnstillError):
    """The file ends before its picture does, as after a download that was broken off."""

    code = "cut_off"


class UnsupportedFormatError(UnstillError):
    """The file is of a kind that is known and not decoded: `format` is its name, or video, or raw (a camera's)."""

    code = "unsupported_format"


class TooManyBytesError(UnstillError):
    """The file is larger than `limit` bytes."""

    code = "too_many_bytes"


class TooManyPixelsError(UnstillError):
    """The picture claims more than `limit` pixels; it is refused before it is decoded."""

    code = "too_many_pixels"


class TooSmallError(UnstillError):
    """A side of the picture is shorter than `limit` pixels."""

    code = "too_small"


class TooLongAspectError(UnstillError):
    """One side is more than `limit` times the other."""

    code = "too_long_aspect"


class UndecodableError(UnstillError):
    """Decoding took more time or memory than a picture may take."""

    code = "undecodable"


class MoodTooLongError(UnstillError):
    """The mood has more than `limit` characters."""

    code = "mood_too_long"


class UnknownEngineError(UnstillError):
    """No engine goes by `name`; `choices` lists those that exist."""

    code = "unknown_engine"


class CannotError(UnstillError):
    """The engine `engine` cannot do what the shot asks: `what`."""

    code = "cannot"


class BadModelError(UnstillError):
    """A model that is named, or that a package ships, cannot be used: `name`, and `why` in a few words."""

    code = "bad_model"


class MediaMissingError(UnstillError):
    """The still that a job names is not in Redis (any more)."""

    code = "media_missing"


class BadJobError(UnstillError):
    """The job is not one we would have written."""

    code = "bad_job"


class CancelledError(UnstillError):
    """The take was called off while it waited or rendered."""

    code = "cancelled"


class TimedOutError(UnstillError):
    """The render took longer than a take may take."""

    code = "timed_out"


class RenderFailedError(UnstillError):
    """The engine broke; the worker's log has the traceback."""

    code = "render_failed"


class CardFailedError(UnstillError):
    """The graphics card broke off, and not for want of memory; the worker's process ends with it."""

    code = "card_failed"


class BrokenFramesError(UnstillError):
    """The model made frames that are no picture: numbers that are none, or one colour out of nowhere."""

    code = "broken_frames"


class BrokenSoundError(UnstillError):
    """The model made sound of numbers that are none."""

    code = "broken_sound"


class CannotFitError(UnstillError):
    """No encode of the clip came below `limit` bytes."""

    code = "cannot_fit"


class MissingPackageError(UnstillError):
    """The engine `engine` needs the package `package`, which is not installed."""

    code = "missing_package"


class UnsafeError(UnstillError):
    """The safety model flagged the picture, `where` = still or clip, and the bot's policy is to refuse."""

    code = "unsafe"


class OutOfMemoryError(UnstillError):
    """The card's memory does not hold this take, not even made smaller."""

    code = "out_of_memory"


ERRORS: dict[str, type[UnstillError]] = {kind.code: kind for kind in UnstillError.__subclasses__()}
