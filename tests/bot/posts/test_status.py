from bot.posts.status import BETWEEN_EDITS, EDITS_PER_SECOND, EditBudget


def test_one_line_is_edited_every_three_seconds_at_most():
    budget = EditBudget()
    budget.spend("a", 10.0)
    assert not budget.allows("a", 10.0 + BETWEEN_EDITS - 0.1)
    assert budget.allows("a", 10.0 + BETWEEN_EDITS)


def test_all_lines_share_one_budget():
    budget = EditBudget()
    for number in range(EDITS_PER_SECOND):
        assert budget.allows(str(number), 10.0)
        budget.spend(str(number), 10.0)
    assert not budget.allows("late", 10.5)
    assert budget.allows("late", 11.0)


def test_a_finished_take_is_forgotten():
    budget = EditBudget()
    budget.spend("a", 10.0)
    budget.forget("a")
    assert budget.allows("a", 10.1)
