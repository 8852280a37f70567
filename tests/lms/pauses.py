"""Short pauses between two saves, for tests of what is saved. When it is saved is proved in Node
(tests/player) and by the judge of the calls (test_broken_player.py)."""

SHORT_PAUSES = """
if (!location.pathname.startsWith("/lms/")) {
  const start = window.setTimeout;
  window.setTimeout = (call, ms = 0, ...given) => start(call, ms <= 1000 ? ms / 10 : ms, ...given);
}
"""
"""For the pages of the course, not for those of its LMS: what waits for a second at most, such as
the next batch, waits for a tenth of it. Longer time-outs, after which something counts as lost,
stay as long as they are. Not for an LMS that stores each value by itself, out of order."""
