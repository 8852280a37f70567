"""What a finding costs trainees: the order in which a report lists findings of one severity."""

from __future__ import annotations

from enum import IntEnum


class Cost(IntEnum):
    """What trainees lose, the most first."""

    ACCESS = 0
    """The course cannot be uploaded or opened."""
    RESULT = 1
    """The course opens, and the result is not recorded or is wrong."""
    WORK = 2
    """Place or answers are lost."""
    CONTENT = 3
    """A part of a page is missing or does not work."""
    BARRIER = 4
    """Some trainees cannot use a page."""
    NOTHING = 5
    """Trainees lose nothing: it concerns whoever runs the learning system."""


_CODES = {
    Cost.ACCESS: """zip-refused zip-encrypted zip-damaged zip-method zip-64 zip-backslash zip-late
        kind-other kind-2004 manifest-missing manifest-in-folder manifest-name manifest-malformed
        manifest-encoding manifest-doctype manifest-version manifest-mixed manifest-prefix
        manifest-base organization-missing item-resource launch-missing launch-outside
        plugin-dropped server-file size-limit name-case page-own-machine visit-not-ready
        visit-hangs""",
    Cost.RESULT: """api-2004 api-absent launch-page adlcp-prefix sco-missing resource-type
        identifier-duplicate mastery-score update-identifiers update-kind update-launch
        update-mastery visit-no-initialize visit-opens-complete visit-status-never-set
        visit-never-completes visit-result-lowered visit-mastery-overrides visit-status-word
        visit-words-of-2004 visit-value-refused visit-window-silent visit-other-site
        visit-result-lost""",
    Cost.WORK: """page-unload page-sync-request exit-logout visit-place-lost visit-answers-lost
        visit-closing-loses visit-saves-at-exit visit-state-too-long visit-exit-not-suspend
        visit-loss-unsaid visit-lms-forgets visit-review-overwrites visit-outside-session""",
    Cost.CONTENT: """page-missing-file page-insecure page-external media-dropped file-missing
        name-clash name-odd name-windows page-document-write visit-file-missing
        visit-script-error visit-elsewhere visit-console-error visit-commits-freeze item-empty""",
    Cost.BARRIER: "visit-pointer-only visit-barrier",
}
_BY_CODE = {code: cost for cost, codes in _CODES.items() for code in codes.split()}


def cost_of(code: str) -> Cost:
    """What findings of a rule cost trainees."""
    return _BY_CODE.get(code, Cost.NOTHING)
