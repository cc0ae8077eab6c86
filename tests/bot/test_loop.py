"""The bot's own threads."""

import logging
import threading

import pytest

from bot.jobs import Jobs
from bot.loop import Loop
from tracker.model.trouble import TroubleError


def test_a_loop_steps_at_the_start_and_when_it_is_woken() -> None:
    steps = threading.Semaphore(0)
    loop = Loop(name="counter", step=steps.release, interval=60)
    loop.start()
    assert steps.acquire(timeout=60)

    loop.wake()

    assert steps.acquire(timeout=60)
    loop.stop()


def test_a_loop_steps_from_time_to_time_by_itself() -> None:
    steps = threading.Semaphore(0)
    loop = Loop(name="counter", step=steps.release, interval=0.01)
    loop.start()

    assert all(steps.acquire(timeout=60) for _ in range(3))
    loop.stop()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TroubleError("The channel is gone."), "Counter has to wait: The channel is gone."),
        (KeyError("x"), "A step of counter failed"),
    ],
)
def test_a_loop_goes_on_after_an_error(
    error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    steps = threading.Semaphore(0)

    def fail() -> None:
        steps.release()
        raise error

    loop = Loop(name="counter", step=fail, interval=0.01)
    with caplog.at_level(logging.WARNING):
        loop.start()
        assert all(steps.acquire(timeout=60) for _ in range(2))
        loop.stop()

    assert told in caplog.text


def test_a_loop_that_never_started_can_be_stopped() -> None:
    Loop(name="idle", step=threading.Event().set, interval=60).stop()


def test_a_failed_job_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    jobs, done = Jobs(), threading.Event()

    def fail() -> None:
        raise KeyError

    jobs.start(fail)
    jobs.start(done.set)
    jobs.stop()

    assert done.is_set()
    assert "An answer could not be given." in caplog.text


def test_a_job_that_comes_while_the_threads_end_is_done_all_the_same() -> None:
    jobs, done = Jobs(), threading.Semaphore(0)
    jobs.stop()

    jobs.start(done.release)

    assert done.acquire(blocking=False)


def test_a_loop_takes_one_last_step_where_that_is_wanted() -> None:
    begun, go_on = threading.Event(), threading.Event()
    steps: list[str] = []

    def step() -> None:
        steps.append("step")
        begun.set()
        go_on.wait(60)

    loop = Loop(name="counter", step=step, interval=60, last_step=True)
    loop.start()
    assert begun.wait(60)
    threading.Timer(0.05, go_on.set).start()

    loop.stop()

    assert len(steps) == 2
