"""What of a member's words is seen.

The record keeps words as they were said: the renderer reads them, `/export` gives them back, and older rows have them
so. Whatever shows them asks here first.
"""

import re

# Control characters, and those that show nothing but turn or hide what stands beside them: soft hyphen, marks of
# direction (061C, 200E-F, 202A-E, 2066-9), invisible spaces and operators, annotations, fillers, tags. Not among them:
# joiners and variation selectors, without which emoji families, Persian and Indic words fall apart.
UNSEEN = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007f]{1,7})|"  # of England, Scotland, Wales …: its letters are tags
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
JOINERS = "\u200c\u200d"  # alone they show nothing either


def visible(words: str) -> str:
    """Words as they may be shown where nothing is marked up: in one line, without what reorders or hides text."""
    seen = " ".join(UNSEEN.sub(lambda found: found["flag"] or "", words).split())
    return seen if seen.strip(f"{JOINERS} ") else ""
