"""Files of the same name are named with the folders that tell them apart."""

from pathlib import Path

from builder.results import naming


def test_only_files_of_one_name_get_their_folders() -> None:
    paths = [Path(one) for one in ("/a/n/r.txt", "/a/s/r.txt", "/b/n/r.txt", "/a/other.txt")]
    assert naming.distinct(paths) == ("a/n/r.txt", "s/r.txt", "b/n/r.txt", "other.txt")


def test_a_file_given_twice_gets_a_number() -> None:
    same = Path("/a/r.txt")
    assert naming.distinct([same, same, Path("/b/r.txt")]) == ("a/r.txt", "a/r.txt (2)", "b/r.txt")
    assert naming.distinct([]) == ()
