"""Every real host: what starts it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.lms.hosts import openedx, scorm_again, scormhost, wagtail
from tests.lms.hosts.host import Host

START: dict[str, Callable[[], AbstractContextManager[Callable[[], Host]]]] = {
    "scorm-again": scorm_again.start,
    "scormhost": scormhost.start,
    "wagtail-lms": wagtail.start,
    "Open edX XBlock": openedx.start,
}
