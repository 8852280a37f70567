"""The block's window loads this library of Open edX and uses nothing of it."""

from django.template import Library

register = Library()
