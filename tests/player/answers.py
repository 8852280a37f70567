"""An answer as the player's interactions get it."""

QUESTION = {
    "id": "cse-form-abuse",
    "interaction": "choice",
    "patterns": ["{a,c}"],
    "scored": True,
    "weight": 2,
}

ANSWER = {
    "page": "definition",
    "question": QUESTION,
    "reported": [{"part": "", "response": "a,c"}],
    "credit": 10_000,
    "latency": 61_500,
    "use": "quiz",
}
