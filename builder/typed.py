"""What trainees type, as the saved state keeps it: printable ASCII."""


def encode_text(text: str) -> str:
    """Free text as it stands in the state. Its length is what counts towards a limit."""
    return "".join(map(_encoded, text))


def _encoded(character: str) -> str:
    if character.isascii() and (character.isalnum() or character in "-_"):
        return character
    if character in " \n":
        return "+" if character == " " else "*"
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
