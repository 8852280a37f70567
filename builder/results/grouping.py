"""What figures of questions and of quizzes share: groups of people, weights and scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.results.joining import Joined, Sitting
from builder.results.privacy import Atom

SPLITS: tuple[str, ...] = ("version", "language", "month", "report")
"""By what people are split into groups, the most important first."""


@dataclass(slots=True)
class Groups:
    """The groups of people by index, in the order in which they were met: the packages that their
    answers fit, and the name of their group in each split."""

    joined: Joined
    atoms: list[tuple[tuple[int, ...], Atom]] = field(default_factory=list)
    indices: dict[tuple[tuple[int, ...], tuple[str, ...], str, int], int] = field(
        default_factory=dict
    )

    def index(self, sitting: Sitting) -> int:
        """The index of a person's groups in ``atoms``."""
        key = (sitting.versions, sitting.languages, sitting.month, sitting.report)
        if key not in self.indices:
            self.indices[key] = len(self.atoms)
            packages = [self.joined.packages[at] for at in sitting.versions]
            labels = " or ".join(one.label for one in packages)
            languages = " or ".join(sitting.languages)
            report = self.joined.reports[sitting.report].name
            self.atoms.append(
                (sitting.versions, (labels, languages, sitting.month or "unknown", report))
            )
        return self.indices[key]


def weights_by_package(joined: Joined) -> list[dict[str, float]]:
    """The weights of questions by the id of the interaction, for each package."""
    return [
        {name: one.question.weight if one.judged else 0.0 for name, one in package.asked.items()}
        for package in joined.packages
    ]


def score(sitting: Sitting, weights: Mapping[str, float]) -> tuple[float, float]:
    """The score of the first round of a quiz, and the best possible one. ``weights`` are those of
    the package that the answers fit."""
    if sitting.points is None:
        total = whole = 0.0
        for one in sitting.answers:
            if one.result is not None:
                weight = weights.get(one.interaction, 0.0)
                total += weight * one.result
                whole += weight
        sitting.points = total, whole
    return sitting.points
