"""What workers tell, on its way into the event loop: bounded, whatever comes."""

from bot.workers.news import MOST, News
from renderer.contract.job import Event, Phase


def event(number: int, done: int = 0) -> Event:
    return Event(take=f"{number:020x}", attempt=1, phase=Phase.FRAMES, done=done, total=9)


def test_a_flood_wakes_the_loop_once_and_leaves_the_last_of_so_many_takes():
    woken: list[bool] = []
    news = News(lambda: woken.append(True))
    for done in range(4):
        for number in range(5000):
            news.put(event(number, done))
    assert len(woken) == 1
    assert news.take() == [event(number, 3) for number in range(MOST)]
    assert news.take() == []


def test_what_comes_after_it_was_taken_wakes_the_loop_again():
    woken: list[bool] = []
    news = News(lambda: woken.append(True))
    for done in range(3):
        news.put(event(1, done))
        assert news.take() == [event(1, done)]
    assert len(woken) == 3
