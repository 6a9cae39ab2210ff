"""Looking at a still with models: what it shows, and who. What was seen goes on as plain values."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.scene.reading.sighting import Face, Sighting
from renderer.sight.faces import FaceFinder
from renderer.sight.heads import GroundReader
from renderer.sight.names import Namer
from renderer.sight.trunk import Trunk, one_thread


class Eyes:
    """All models that look. Each is loaded when it is first needed, once."""

    @cached_property
    def _trunk(self) -> Trunk:
        return Trunk()

    @cached_property
    def _namer(self) -> Namer:
        return Namer(self._trunk)

    @cached_property
    def _ground_reader(self) -> GroundReader:
        return GroundReader(self._trunk)

    @cached_property
    def _face_finder(self) -> FaceFinder:
        return FaceFinder()

    def look(
        self,
        still: Bytes,  # [H, W, 3]
        image: Bytes,  # [h, w, 3] the same, small: of the size of the maps
        *,
        peopled: bool = False,
    ) -> Sighting:
        """Look at a still: for things and faces, and at once for kinds.

        Without a face, the mask of people shows ghosts: cats, coins, crockery. So it counts around faces only, but
        where it is known that there are people, `peopled`: then it counts wherever no face was found.
        """
        ground_reader = self._ground_reader  # both read from one trunk: it is loaded before they start
        with ThreadPoolExecutor(1) as pool, one_thread():
            seen_ground = pool.submit(ground_reader.read, still)
            names, attention = self._namer.look(image)
            faces = self._face_finder.faces(still)
            ground = seen_ground.result()
        people = np.zeros(attention.shape, np.float32)
        if faces or peopled:
            seen = self._face_finder.people(image)
            people = around_faces(seen, faces) if faces else seen
        return Sighting(
            names=names,
            attention=attention,
            people=people,
            faces=faces,
            chances=ground.chances,
            nearness=ground.nearness,
        )


def around_faces(
    people: Floats,  # [h, w]
    faces: tuple[Face, ...],
) -> Floats:  # [h, w]
    """Keep the pieces of a mask of people that have a face."""
    height, width = people.shape
    _, pieces = cv2.connectedComponents((people > 0.2).astype(np.uint8))
    faced = np.zeros((height, width), np.uint8)
    for face in faces:
        corners = np.array(
            [face.x * width, face.y * height, (face.x + face.width) * width, (face.y + face.height) * height]
        )
        left, top, right, bottom = np.rint(corners).astype(int).tolist()
        cv2.rectangle(faced, (left, top), (right, bottom), 1, -1)
    kept = np.setdiff1d(np.unique(pieces[faced > 0]), [0])
    return np.where(np.isin(pieces, kept), people, 0).astype(np.float32)
