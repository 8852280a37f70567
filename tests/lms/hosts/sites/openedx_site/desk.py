"""What a course author does in Studio before the block's own form: add a unit with the block."""

from django.http import HttpRequest, JsonResponse
from workbench.scenarios import SCENARIOS, add_xml_scenario, get_scenarios


def course(request: HttpRequest, course: str) -> JsonResponse:
    """Make a page with the block; gives the block's id."""
    if course not in get_scenarios():
        add_xml_scenario(course, course, "<scorm/>")
    return JsonResponse({"usage": SCENARIOS[course].usage_id})
