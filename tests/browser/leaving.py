"""A trainee leaves while something is not saved."""

from playwright.sync_api import Dialog, Page

from tests.conftest import leave


def asked(page: Page) -> list[str]:
    """The questions that the browser asks while a trainee leaves; they stay."""
    found: list[str] = []

    def stay(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.dismiss()

    page.context.remove_listener("dialog", leave)
    page.context.on("dialog", stay)
    return found
