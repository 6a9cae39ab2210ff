"""What is told of a member, in documents of a size that can be sent."""

import io
import json
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.documents import documents
from bot.privacy.exporting import Exporting
from bot.rules.upload_limits import LEAST

rows = st.lists(
    st.one_of(st.text(max_size=20), st.fixed_dictionaries({"words": st.lists(st.text(max_size=9), max_size=4)}))
)


@given(rows, rows, st.integers(600, 2000))
def test_all_of_it_is_told_in_documents_that_are_small_enough(takes, ballots, most):
    told = {"member": 7, "takes": takes, "votes": {"ballots": ballots, "reports": []}}
    written = documents(told, most)
    read = [json.loads(each) for each in written]
    assert max(len(each) for each in written) <= most
    assert [row for each in read for row in each["takes"]] == takes
    assert [row for each in read for row in each["votes"]["ballots"]] == ballots
    assert {each["member"] for each in read} == {7}


def test_a_year_of_takes_with_the_longest_words_is_split_and_a_few_are_not():
    row = {"mood": "m" * 300, "words": ["w" * 300] * 32}
    few, many = ({"takes": [row] * number, "votes": {}} for number in (3, 300))
    assert len(documents(few, 2**20)) == 1
    written = documents(many, 2**20)
    assert len(written) == 3
    assert max(len(each) for each in written) <= 2**20


def test_every_part_of_an_export_with_many_takes_fits_into_a_message():
    row = {"mood": "m" * 300, "words": ["w" * 300] * 32}
    exporting = Exporting(store=None, stills=None, clips=None, limits=None)
    parts = [exporting._packed({"takes": [row] * 12}, [], number, LEAST) for number in (1, 2)]
    assert [part.of for part in parts] == [2, 2]
    assert max(len(part.data) for part in parts) <= LEAST
    names = [zipfile.ZipFile(io.BytesIO(part.data)).namelist() for part in parts]
    assert names == [["README.txt", "data.json"], ["data-2.json"]]
