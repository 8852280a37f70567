"""What an administrator does in wagtail-lms, by the same models as its pages of administration."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.files.base import ContentFile
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page
from wagtail_lms.models import (
    CourseEnrollment,
    CoursePage,
    SCORMAttempt,
    SCORMData,
    SCORMLessonPage,
    SCORMPackage,
)


@csrf_exempt
def upload(request: HttpRequest, course: str) -> JsonResponse:
    """Save a package with a course and a lesson, or put the file into the one there is."""
    file = ContentFile(request.body, name=f"{course}.zip")
    lesson = SCORMLessonPage.objects.filter(slug=f"{course}-lesson").first()
    if lesson:
        package = lesson.scorm_package
        package.package_file = file
        package.save()
    else:
        package = SCORMPackage(title=course)
        package.package_file = file
        package.save()
        page = Page.objects.get(depth=2).add_child(instance=CoursePage(title=course, slug=course))
        lesson = page.add_child(
            instance=SCORMLessonPage(title=course, slug=f"{course}-lesson", scorm_package=package)
        )
    return JsonResponse({"lesson": lesson.pk})


@csrf_exempt
def trainee(request: HttpRequest, course: str) -> JsonResponse:
    """Make a user, enrolled and signed in; gives the key of the session."""
    user = get_user_model().objects.create_user(
        f"{course}-trainee", first_name="Dana", last_name="Cohen"
    )
    CourseEnrollment.objects.create(user=user, course=CoursePage.objects.get(slug=course))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return JsonResponse({"session": session.session_key})


def stored(request: HttpRequest, course: str) -> JsonResponse:
    """The attempt's row, by column, and its elements; both empty before the first visit."""
    attempt = SCORMAttempt.objects.filter(user__username=f"{course}-trainee").first()
    if not attempt:
        return JsonResponse({"attempt": {}, "elements": {}})
    columns = [field.name for field in SCORMAttempt._meta.fields]
    row = {
        name: getattr(attempt, name) for name in columns if name not in ("user", "scorm_package")
    }
    elements = dict(SCORMData.objects.filter(attempt=attempt).values_list("key", "value"))
    return JsonResponse({"attempt": row, "elements": elements})
