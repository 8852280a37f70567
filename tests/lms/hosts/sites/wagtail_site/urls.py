"""The site's addresses: wagtail-lms under the prefix that it insists on, and the desk."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail_site import desk

urlpatterns = [
    path("desk/upload/<slug:course>", desk.upload),
    path("desk/trainee/<slug:course>", desk.trainee),
    path("desk/stored/<slug:course>", desk.stored),
    path("admin/", include(wagtailadmin_urls)),
    path("lms/", include("wagtail_lms.urls")),
    path("", include(wagtail_urls)),
]
