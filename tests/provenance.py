"""Content credentials, read back."""

from bot.media.signing import credentials

UNTRUSTED = {"signingCredential.untrusted"}  # a certificate of the bot's own making: valid, but nobody vouches for it


def signed_by(mp4):
    """A clip's active manifest; its signature and hashes hold."""
    found = credentials(mp4)
    assert found["validation_state"] == "Valid"
    assert {each["code"] for each in found["validation_status"]} == UNTRUSTED
    return found["manifests"][found["active_manifest"]]
