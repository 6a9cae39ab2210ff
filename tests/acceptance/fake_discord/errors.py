"""Discord's refusals: HTTP status, code and sentence."""


class ApiError(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message

    def to_json(self) -> dict:
        return {"code": self.code, "message": self.message}


def unauthorised():
    return ApiError(401, 0, "401: Unauthorized")


def not_found():
    return ApiError(404, 0, "404: Not Found")


def unknown_channel():
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild():
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member():
    return ApiError(404, 10007, "Unknown Member")


def unknown_message():
    return ApiError(404, 10008, "Unknown Message")


def unknown_user():
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook():
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction():
    return ApiError(404, 10062, "Unknown interaction")


def too_many_reactions():
    return ApiError(400, 30010, "Maximum number of reactions reached (20)")


def too_large():
    return ApiError(413, 40005, "Request entity too large")


def already_acknowledged():
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def not_yours():
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message():
    return ApiError(400, 50006, "Cannot send an empty message")


def missing_permissions():
    return ApiError(403, 50013, "Missing Permissions")


def wrong_channel_type():
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def invalid_token():
    return ApiError(401, 50027, "Invalid Webhook Token")


def invalid_form(why: str):
    return ApiError(400, 50035, f"Invalid Form Body: {why}")


def archived():
    return ApiError(400, 50083, "Thread is archived")


def thread_locked():
    return ApiError(400, 160005, "This thread is locked")


def thread_exists():
    return ApiError(400, 160004, "A thread has already been created for this message")
