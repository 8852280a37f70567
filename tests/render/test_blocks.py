"""Blocks, with the player and without."""

import re

import pytest

from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk, shown
from tests.support.courses import course, page, picture


def test_warning_callout_is_announced_to_screen_readers() -> None:
    body = "::: warning Stop\nFirst.\n:::\n\n::: warning\nThen.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<section class="callout warning">\n'
        '<h2><span class="unseen">Warning: </span>Stop</h2>\n<p>First.</p>\n</section>\n'
        '<section class="callout warning">\n'
        '<p class="unseen">Warning</p>\n<p>Then.</p>\n</section>'
    )


def test_reveal_is_readable_without_the_player() -> None:
    body = "::: reveal Why?\nBecause *it* helps.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<details class="reveal">\n<summary>Why?</summary>\n'
        "<div>\n<p>Because <em>it</em> helps.</p>\n</div>\n</details>"
    )


def test_steps_are_a_numbered_list() -> None:
    body = "::: steps Go in\n1. Knock.\n2. Wait.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<div class="steps">\n<h2>Go in</h2>\n<ol>\n<li>Knock.</li>\n<li>Wait.</li>\n</ol>\n</div>'
    )


def test_without_the_player_tabs_are_sections_below_each_other() -> None:
    body = ":::: tabs Where\n::: tab Here\nCall.\n:::\n\n::: tab There\nAsk.\n:::\n::::"
    data = chunk(render(plan(course(page("a"), page("b", body)))), "b")
    assert data["html"].endswith(
        '<section class="tabs">\n<h2>Where</h2>\n'
        '<section class="tab">\n<h3>Here</h3>\n<p>Call.</p>\n</section>\n'
        '<section class="tab">\n<h3>There</h3>\n<p>Ask.</p>\n</section>\n</section>'
    )
    assert [name for _, name, _ in data["parts"]] == ["block-tabs", "block-tabs"]


def test_card_has_heading_and_optional_picture_and_link() -> None:
    file = picture("media/door.png", b"")
    name = f"media/door-{file.sha256[:10]}.png"
    html = shown(
        ":::: cards Who\n"
        '::: card One\n![](media/door.png "decorative")\n\nCall.\n\n[More](first.md)\n:::\n'
        "::: card Two\nAsk [them](first.md).\n:::\n::::",
        media=(file,),
    )
    assert html == (
        '<section class="cards">\n<h2>Who</h2>\n<ul class="two">\n'
        f'<li class="card">\n<div class="card-picture"><img src="{name}" alt=""></div>\n'
        '<h3>One</h3>\n<p>Call.</p>\n<p class="card-link"><a href="#/first">More</a></p>\n</li>\n'
        '<li class="card">\n<h3>Two</h3>\n<p>Ask <a href="#/first">them</a>.</p>\n</li>\n'
        "</ul>\n</section>"
    )


@pytest.mark.parametrize(("sign", "tag"), [("-", "ul"), ("1.", "ol")])
def test_cards_with_one_list_are_rows_of_one_card(sign: str, tag: str) -> None:
    assert shown(f"::: cards\n{sign} One\n{sign} Two, *too*\n:::") == (
        f'<section class="cards card-rows">\n<{tag}>\n<li>One</li>\n<li>Two, <em>too</em></li>\n'
        f"</{tag}>\n</section>"
    )


def test_labelled_image_markers_follow_order_of_their_list() -> None:
    html = shown(
        "::: labelled-image\n![A door](media/door.png)\n\n"
        "1. (20%, 7.5 %) **Bell**: ring it.\n2. (0%,100%) Mat\n:::",
        media=(picture("media/door.png", b""),),
    )
    assert html.endswith(
        '<circle cx="20%" cy="7.5%" r="16"/><text x="20%" y="7.5%">1</text>\n'
        '<circle cx="0%" cy="100%" r="16"/><text x="0%" y="100%">2</text>\n</svg>\n</div>\n'
        "<ol>\n<li><strong>Bell</strong>: ring it.</li>\n<li>Mat</li>\n</ol>\n</div>\n</section>"
    )


def test_a_lead_is_a_paragraph_in_larger_letters() -> None:
    assert shown("::: lead\nKeep *calm*.\n:::") == (
        '<div class="lead">\n<p>Keep <em>calm</em>.</p>\n</div>'
    )


def test_objectives_and_key_points_have_a_title_of_their_own() -> None:
    assert shown("::: objectives\n- Knock\n:::") == (
        '<section class="objectives">\n<h2>What you will be able to do</h2>\n'
        "<ul>\n<li>Knock</li>\n</ul>\n</section>"
    )
    assert "<h2>Remember</h2>" in shown("::: key-points Remember\n- Knock\n:::")


def test_a_timeline_is_a_list_in_its_order() -> None:
    assert shown("::: timeline\nMonday\n: Knock.\n\nTuesday\n: Wait.\n\n  Go in.\n:::") == (
        '<section class="timeline">\n<ol>\n'
        '<li><p class="timeline-time">Monday</p>\n<div>Knock.</div></li>\n'
        '<li><p class="timeline-time">Tuesday</p>\n<div><p>Wait.</p>\n<p>Go in.</p></div></li>\n'
        "</ol>\n</section>"
    )


def test_without_the_player_flashcards_show_both_sides() -> None:
    assert shown("::: flashcards Again\nWho?\n: You.\n:::") == (
        '<section class="flashcards">\n<h2>Again</h2>\n<ol>\n'
        '<li class="flashcard"><p class="flashcard-front">Who?</p>\n'
        '<div class="flashcard-back">You.</div></li>\n</ol>\n</section>'
    )


def test_the_titles_of_blocks_within_each_other_make_an_outline() -> None:
    inner = "::: callout Low\nA.\n:::\n\n::: reveal Why?\n::::::: steps Lower\n1. B.\n:::::::\n:::"
    body = (
        f"::::: tabs Top\n:::: tab One\n{inner}\n::::\n\n:::: tab Two\nC.\n::::\n:::::\n\n"
        f"::::: callout\n{inner}\n:::::"
    )
    html = chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"]
    assert re.findall(r"<h(\d)[^>]*>([^<]*)<", html) == [
        *(("1", "B"), ("2", "Top"), ("3", "One"), ("4", "Low"), ("4", "Lower"), ("3", "Two")),
        *(("2", "Low"), ("2", "Lower")),
    ]


def test_content_to_come_has_a_labelled_placeholder() -> None:
    html = shown("::: to-come A tour of the site\nThree minutes.\n:::")
    assert "<figcaption><strong>Still to come</strong> <span>A tour of the site</span>" in html
    assert "<p>Three minutes.</p>" in html
