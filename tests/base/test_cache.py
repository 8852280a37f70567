"""What the in-memory cache keeps from one pass over a course to the next."""

from builder.base.cache import NO_CACHE, Cache, MemoryCache


def value(cache: Cache, name: str, given: object, made: list[str]) -> str:
    def make() -> str:
        made.append(name)
        return f"{name} of {given}"

    return cache.get_or_compute(name, (given,), make)


def test_cache_drops_value_not_needed_in_full_pass() -> None:
    cache, made = MemoryCache(), []
    for wanted in (("a", "b"), ("a", "b"), ("a",), ("a", "b"), ("a", "b")):
        cache.start_pass()
        assert [value(cache, name, 1, made) for name in wanted] == [f"{one} of 1" for one in wanted]
    assert made == ["a", "b", "b"]


def test_a_pass_that_is_abandoned_drops_nothing() -> None:
    cache, made = MemoryCache(), []
    cache.start_pass()
    value(cache, "a", 1, made)
    value(cache, "b", 1, made)
    for given in (2, 3, 4):
        cache.start_pass()
        assert value(cache, "a", given, made) == f"a of {given}"
        cache.abandon_pass()
    assert value(cache, "b", 1, made) == "b of 1"
    assert made == ["a", "b", "a", "a", "a"]


def test_a_scope_has_names_and_passes_of_its_own() -> None:
    cache, made = MemoryCache(), []
    assert value(cache, "a", 1, made) == "a of 1"
    assert value(cache.scope("pl"), "a", 2, made) == "a of 2"
    for _ in range(3):
        cache.start_pass()
    assert cache.scope("pl") is cache.scope("pl")
    assert value(cache.scope("pl"), "a", 2, made) == "a of 2"
    assert value(cache.scope("ro"), "a", 2, made) == "a of 2"
    assert made == ["a", "a", "a"]
    assert NO_CACHE.scope("pl") is NO_CACHE
