import io
from itertools import count

from generator.progress import Progress


def run(live: bool) -> str:
    stream = io.StringIO()
    progress = Progress(stream, count().__next__, live=live)
    progress.step("write", 0, 1)
    progress.step("write", 1, 1)
    progress.step("draw", 0, 2)
    progress.step("narrate", 0, 1)
    progress.step("draw", 1, 2)
    progress.note("a note")
    progress.step("narrate", 1, 1)
    progress.step("draw", 2, 2)
    progress.step("file", 0, 1)
    progress.step("file", 1, 1)
    progress.stop()
    return stream.getvalue()


def test_a_log_has_one_plain_line_a_stage() -> None:
    assert run(live=False).splitlines() == [
        "Writing: 1 of 1, 1.0 s",
        "a note",
        "Reading aloud: 1 of 1, 1.0 s",
        "Drawing: 2 of 2, 3.0 s",
        "Filing: 1 of 1, 1.0 s",
    ]


def test_a_terminal_has_one_line_that_is_drawn_again_and_ends_in_a_line_break() -> None:
    output = run(live=True)
    assert output.count("\n") == 2  # after the note and at the end
    assert "Drawing [##########..........] 1/2   Reading aloud [....................] 0/1" in output
    assert output.endswith("Filing [####################] 1/1\n")


def test_what_is_left_when_interrupted_ends_its_line() -> None:
    stream = io.StringIO()
    progress = Progress(stream, count().__next__, live=True)
    progress.step("write", 0, 1)
    progress.stop()
    assert stream.getvalue().endswith("\n")
