"""Keys as WebDriver names them (W3C "WebDriver", keyboard actions)."""

VALUES = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Home": "\ue011",
    "ArrowDown": "\ue015",
    "Space": " ",
}


def value(key: str) -> str:
    return VALUES.get(key, key)
