"""The workbench's addresses and the desk."""

from django.urls import path
from workbench.urls import urlpatterns as workbench

from openedx_site import desk

urlpatterns = [
    path("desk/course/<slug:course>", desk.course),
    path("desk/grade/<slug:course>/<slug:trainee>", desk.grade),
    *workbench,
]
