"""What a visit has played, made up: a course that was left half-way, in two learning systems."""

from __future__ import annotations

from builder.audit.visit.record import Call, Held, Moment, Picture, Play, Screen, Step

IMAGE = "/9j/4AAQSkZJRgABAQEASABI"
"""As a picture begins; what follows makes each another one."""


def halfway(lms: str, *, pictures: int = 2, image: str = IMAGE) -> Play:
    """The scenario in one learning system; what the course says has to be escaped."""
    calls = (
        Call(1, 0, "LMSInitialize", ("",), "true", "0"),
        Call(1, 1, "LMSSetValue", ("cmi.core.lesson_location", "<b>2</b>"), "true", "0"),
        Call(1, 2, "LMSCommit", ("",), "false", "101"),
    )
    return Play(
        lms,
        "halfway",
        moments=(
            Moment("opened", 1, 1, Held("incomplete"), Screen("Welcome")),
            Moment("half", 1, 3, Held("incomplete", "50"), Screen("Hand <i>washing</i>"), 1),
        ),
        calls=calls,
        steps=(Step("presses “Next”", "next", 3, 1),),
        pictures=tuple(
            Picture(
                "half" if at else "opened", "Hand <i>washing</i>", min(at, 1), f"{image}{at:04}"
            )
            for at in range(pictures)
        ),
    )
