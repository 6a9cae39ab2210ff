"""Faces and people in a still, by two small networks of MediaPipe that OpenCV runs.

The face finder knows faces that fill an eighth of its square or more. So it looks at squares of several sizes, and
once more, closely, at what it found: a face that it sees both times is one. A missed face does little harm, a false
one a lot.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.scene.reading.sighting import Face
from renderer.sight.weights import HERE, checked

FACE_FILE = HERE / "face_detection_short_range.tflite"
FACE_SHA256 = "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8"
PEOPLE_FILE = HERE / "selfie_segmentation.tflite"
PEOPLE_SHA256 = "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c"

LOOKED_AT = 480  # short side of the picture that squares are cut from
SQUARE = 128  # what the face finder takes
PERSON_SQUARE = 256
MAYBE = 0.6  # a score at which a closer look is worth it
SURE = 0.8  # a score at the closer look
CLOSELY = 2.4  # face widths across the closer look
MOST = 12  # faces; beyond that it is a crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A face, perhaps: its middle and size in pixels of the picture looked at."""

    x: float
    y: float
    size: float
    score: float


class FaceFinder:
    """The two networks, loaded once."""

    def __init__(self) -> None:
        self._faces = _network(checked(FACE_FILE, FACE_SHA256))
        self._people = _network(checked(PEOPLE_FILE, PEOPLE_SHA256))

    def faces(
        self,
        still: Bytes,  # [H, W, 3]
    ) -> tuple[Face, ...]:
        """Find the faces, the largest first."""
        scale = LOOKED_AT / min(still.shape[:2])
        image = np.asarray(cv2.resize(still, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = image.shape[:2]
        seen = [face for square in _squares(height, width) for face in self._in_square(image, *square, MAYBE)]
        sure = [again for face in _distinct(seen)[: 2 * MOST] if (again := self._closely(image, face))]
        return tuple(
            Face(
                x=(face.x - face.size / 2) / width,
                y=(face.y - face.size / 2) / height,
                width=face.size / width,
                height=face.size / height,
            )
            for face in sorted(_distinct(sure), key=lambda face: -face.size)[:MOST]
        )

    def people(
        self,
        image: Bytes,  # [h, w, 3]
    ) -> Floats:  # [h, w], 0 to 1
        """Say how much of each place is a person. Good where there are some; on scenery it sees ghosts."""
        height, width = image.shape[:2]
        squeezed = cv2.resize(image, (PERSON_SQUARE, PERSON_SQUARE), interpolation=cv2.INTER_LINEAR)
        self._people.setInput(cv2.dnn.blobFromImage(squeezed, 1 / 255))
        seen = np.asarray(self._people.forward(""), np.float32)[0, 0]
        sized = np.asarray(cv2.resize(seen, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
        return np.clip(sized, 0, 1)

    def _in_square(self, image: Bytes, left: float, top: float, side: float, least: float) -> list[_Found]:
        """Look for faces in one square of the picture; what of it lies outside is grey."""
        self._faces.setInput(cv2.dnn.blobFromImage(_cut(image, left, top, side), 1 / 127.5, mean=(127.5,) * 3))
        logits = np.asarray(self._faces.forward("classificators"), np.float32).ravel()
        scores = 1 / (1 + np.exp(-np.clip(logits, -50, 50)))
        likely = np.nonzero(scores > least)[0]
        if not len(likely):
            return []
        boxes = np.asarray(self._faces.forward("regressors"), np.float32)[0][likely] / SQUARE
        middles = _ANCHORS[likely] + boxes[:, :2]
        sizes = boxes[:, 2:4].mean(axis=1)
        return [
            _Found(x=left + side * float(x), y=top + side * float(y), size=side * float(size), score=float(score))
            for (x, y), size, score in zip(middles, sizes, scores[likely], strict=True)
        ]

    def _closely(self, image: Bytes, face: _Found) -> _Found | None:
        """Look again with the face in the middle; None where it is not there, or not of that size."""
        side = CLOSELY * face.size
        again = self._in_square(image, face.x - side / 2, face.y - side / 2, side, SURE)
        same = [other for other in again if _overlap(face, other) > 0.5]
        return max(same, key=lambda other: other.score, default=None)


def _network(content: bytes) -> cv2.dnn.Net:
    return cv2.dnn.readNetFromTFLite(np.frombuffer(content, np.uint8))


def _squares(height: int, width: int) -> Iterator[tuple[float, float, float]]:
    """Give the squares to look at, as left, top and side: all at once, then parts that overlap by half."""
    whole = max(height, width)
    yield (width - whole) / 2, (height - whole) / 2, whole
    for side in (min(height, width), 0.5 * min(height, width)):
        for top in _starts(height, side):
            for left in _starts(width, side):
                yield left, top, side


def _starts(length: int, side: float) -> list[float]:
    count = 1 + int(np.ceil((length - side) / (0.55 * side) - 0.01)) if length > side else 1
    return np.linspace(0, length - side, count).tolist()


def _cut(image: Bytes, left: float, top: float, side: float) -> Bytes:
    scale = SQUARE / side
    # OpenCV's pixels are centred at whole numbers: hence the halves.
    place = np.array([[scale, 0, (0.5 - left) * scale - 0.5], [0, scale, (0.5 - top) * scale - 0.5]])
    if scale < 0.5:  # a warp samples points: shrink what is much finer first
        image = np.asarray(cv2.blur(image, (round(1 / scale), round(1 / scale))), np.uint8)
    return np.asarray(cv2.warpAffine(image, place, (SQUARE, SQUARE), borderValue=(128, 128, 128)), np.uint8)


def _distinct(found: list[_Found]) -> list[_Found]:
    """Keep the surest of those that lie over each other."""
    kept: list[_Found] = []
    for face in sorted(found, key=lambda face: -face.score):
        if all(_overlap(face, other) < 0.3 for other in kept):
            kept.append(face)
    return kept


def _overlap(one: _Found, other: _Found) -> float:
    """Share the two squares have in common of what they cover together."""
    reach = (one.size + other.size) / 2
    wide, high = (min(reach - abs(apart), one.size, other.size) for apart in (one.x - other.x, one.y - other.y))
    common = max(wide, 0) * max(high, 0)
    return common / max(one.size**2 + other.size**2 - common, 1e-6)


def _anchors() -> Floats:  # [896, 2] in shares of the square
    """Lay the places that the face finder's answers are told from: two a cell at stride 8, six at stride 16."""
    grids = ((SQUARE // 8, 2), (SQUARE // 16, 6))
    places = [
        ((x + 0.5) / cells, (y + 0.5) / cells)
        for cells, count in grids
        for y in range(cells)
        for x in range(cells)
        for _ in range(count)
    ]
    return np.array(places, np.float32)


_ANCHORS = _anchors()
