"""Pictures, sounds, videos and files to download."""

from dataclasses import replace

import pytest

from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk, shown
from tests.support.courses import course, page, picture


def test_media_is_named_by_its_content(tmp_path) -> None:
    image = picture("media/map.png", b"map", tmp_path)
    image.file.parent.mkdir()
    image.file.write_bytes(b"map")
    pages = (page("first"), page("a", "![A map](../media/map.png)\n\n[All](media/map.png)"))
    members = render(plan(course(*pages, media=(image,))))
    name = f"media/map-{image.sha256[:10]}.png"
    assert chunk(members, "a")["html"].endswith(
        f'<p><img src="{name}" alt="A map"></p>\n<p><a href="{name}" target="_blank" '
        'rel="noopener">All '
        '<span class="new-tab">(opens in new tab)</span></a></p>'
    )
    (stored,) = [member for member in members if member.name == name]
    assert stored.stored


def test_identical_pictures_are_packed_once(tmp_path) -> None:
    one, two = (picture(f"media/{folder}/map.png", b"map", tmp_path) for folder in "ab")
    pages = page("first", "![A](media/a/map.png) ![B](media/b/map.png)")
    names = [member.name for member in render(plan(course(pages, media=(one, two))))]
    assert names.count(f"media/map-{one.sha256[:10]}.png") == 1


def test_figure_has_caption_and_description(tmp_path) -> None:
    image = picture("media/map.png", b"map", tmp_path)
    body = (
        "::: figure The site\n![A map](media/map.png)\n\nIt has *three* doors.\n:::\n\n"
        '::: figure\n![](media/map.png "decorative")\n:::'
    )
    src = f"media/map-{image.sha256[:10]}.png"
    made = course(page("a"), page("b", body), media=(image,))
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<div class="figure">\n<figure>\n<img src="{src}" alt="A map">\n'
        "<figcaption>The site</figcaption>\n</figure>\n<details>\n"
        '<summary>Description of the image<span class="unseen">: The site</span></summary>\n'
        "<div>\n<p>It has <em>three</em> doors.</p>\n</div>\n</details>\n</div>\n"
        '<div class="figure">\n<figure role="presentation">\n'
        f'<img src="{src}" alt="">\n</figure>\n</div>'
    )


@pytest.mark.parametrize(
    ("count", "language", "size"),
    [
        (1, "en", "1 KB"),
        (20_854, "en", "21 KB"),
        (999_600, "en", "1.0 MB"),
        (1_240_000, "fr", "1,2 Mo"),
        (9_999_999, "en", "10 MB"),
        (83_400_000, "cy", "83 MB"),
    ],
)
def test_download_link_shows_name_kind_and_size(
    tmp_path, count: int, language: str, size: str
) -> None:
    plain = picture("media/Forms/plan.pdf", b"plan", tmp_path)
    file = replace(plain, size=count)
    body = "::: download\n- [The *plan*](media/Forms/plan.pdf) – for the wall\n:::"
    made = replace(course(page("a"), page("b", body), media=(file,)), language=language)
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<div class="download">\n<ul>\n<li><a href="media/plan-{file.sha256[:10]}.pdf" '
        f'download="plan.pdf">The <em>plan</em></a> <span class="file-facts">PDF, {size}</span>'
        '<span class="file-note">for the wall</span></li>\n</ul>\n</div>'
    )


def test_media_and_text_keep_their_written_order() -> None:
    file = picture("media/door.png", b"")
    name = f"media/door-{file.sha256[:10]}.png"
    image = f'<div class="media-picture">\n<img src="{name}" alt="A door">\n</div>'
    text = '<div class="media-text">\n<h2>Knock</h2>\n<p>Then wait.</p>\n</div>'
    before = shown("::: media Knock\n![A door](media/door.png)\n\nThen wait.\n:::", media=(file,))
    behind = shown("::: media Knock\nThen wait.\n\n![A door](media/door.png)\n:::", media=(file,))
    assert before.replace("\n\n", "\n") == f'<section class="media">\n{image}\n{text}\n</section>'
    assert behind.replace("\n\n", "\n") == f'<section class="media">\n{text}\n{image}\n</section>'


def test_figure_can_stand_beside_text_in_media_block() -> None:
    figure = "::: figure The door\n![A door](media/door.png)\n:::"
    html = shown(
        f":::: media\nKnock.\n\n- Wait.\n\n{figure}\n::::", media=(picture("media/door.png", b""),)
    )
    assert html.index("<p>Knock.</p>\n<ul>") < html.index('media-picture">\n<div class="figure">')


def test_video_has_captions_and_transcript_without_autoload() -> None:
    names = ("media/go.mp4", "media/go.webm", "media/go.vtt", "media/go.cy.vtt", "media/go.jpg")
    media = tuple(picture(name, name.encode()) for name in names)
    packed = [
        f"{file.path.rpartition('.')[0]}-{file.sha256[:10]}.{file.path.rpartition('.')[2]}"
        for file in media
    ]
    body = (
        "::: video Go & in\n- [V](media/go.mp4)\n- [W](media/go.webm)\n"
        "- [English](media/go.vtt)\n- [Cymraeg](media/go.cy.vtt)\n- [P](media/go.jpg)\n\n"
        "Somebody *goes* in.\n:::"
    )
    texts = {"media/go.vtt": 'WEBVTT\n\n00:00.000 --> 00:01.000\n"Hm"', "media/go.cy.vtt": "W"}
    made = course(page("a"), page("b", body), media=media, captions=texts)
    html = chunk(render(plan(made)), "b")["html"]
    mp4, webm, english, welsh, poster = packed
    assert html.endswith(
        '<div class="recording video">\n<figure>\n'
        f'<video controls playsinline preload="none" poster="{poster}" aria-label="Go &amp; in">\n'
        f'<source src="{mp4}" type="video/mp4">\n<source src="{webm}" type="video/webm">\n'
        f'<track kind="captions" src="{english}" srclang="en" label="English" default '
        'data-text="WEBVTT\n\n00:00.000 --&gt; 00:01.000\n&#34;Hm&#34;">\n'
        f'<track kind="captions" src="{welsh}" srclang="cy" label="Cymraeg" data-text="W">\n'
        "</video>\n\n"
        '<figcaption><span class="recording-title">Go &amp; in</span> <span class="file-facts">'
        "1 KB · Captions: English, Cymraeg</span></figcaption>\n</figure>\n"
        '<details>\n<summary>Transcript<span class="unseen">: Go &amp; in</span></summary>\n'
        "<div>\n<p>Somebody <em>goes</em> in.</p>\n</div>\n</details>\n</div>"
    )


def test_a_sound_has_a_transcript() -> None:
    sound = picture("media/bell.mp3", b"bell")
    made = course(
        page("a"),
        page("b", "::: audio Bell\n- [R](media/bell.mp3)\n\nIt rings.\n:::"),
        media=(sound,),
    )
    html = chunk(render(plan(made)), "b")["html"]
    name = f"media/bell-{sound.sha256[:10]}.mp3"
    assert (
        '<audio controls preload="none" aria-label="Bell">\n'
        f'<source src="{name}" type="audio/mpeg">\n</audio>'
    ) in html
    assert "<div>\n<p>It rings.</p>\n</div>" in html
    assert 'Bell</span> <span class="file-facts">1 KB</span></figcaption>' in html


@pytest.mark.parametrize(
    ("seconds", "language", "words"),
    [
        (1, "en", "1 second"),
        (4, "en", "4 seconds"),
        (60, "en", "1 minute"),
        (61, "en", "1 minute 1 second"),
        (150, "en", "2 minutes 30 seconds"),
        (3720, "en", "62 minutes"),
        (150, "cy", "2 funud 30 eiliad"),
        (83, "pl", "1 minuta 23 sekundy"),
        (325, "pl", "5 minut 25 sekund"),
        (80, "ro", "1 minut 20 de secunde"),
        (121, "fr", "2 minutes 1 seconde"),
        (150, "es", "2 minutos 30 segundos"),
        (150, "pt-PT", "2 minutos 30 segundos"),
        (123, "ar", "دقيقتان 3 ثوانٍ"),
        (150, "ur", "2 منٹ 30 سیکنڈ"),
        (150, "pa-Guru", "2 ਮਿੰਟ 30 ਸਕਿੰਟ"),
    ],
)
def test_a_recording_says_how_long_it_is(seconds: int, language: str, words: str) -> None:
    sound = replace(picture("media/bell.wav", b"bell"), seconds=seconds)
    body = "::: audio Bell\n- [R](media/bell.wav)\n\nIt rings.\n:::"
    made = replace(course(page("a"), page("b", body), media=(sound,)), language=language)
    html = chunk(render(plan(made)), "b")["html"]
    assert f'<span class="file-facts">{words} · ' in html


@pytest.mark.parametrize(("mp4", "webm"), [(150, 150), (None, 150), (150, None)])
def test_a_recording_in_two_formats_says_its_duration_once(
    mp4: int | None, webm: int | None
) -> None:
    media = (
        replace(picture("media/go.mp4", b"1"), seconds=mp4),
        replace(picture("media/go.webm", b"2"), seconds=webm),
        picture("media/go.vtt", b"W"),
    )
    body = (
        "::: video Go\n- [V](media/go.mp4)\n- [W](media/go.webm)\n- [English](media/go.vtt)\n\n"
        "Somebody goes in.\n:::"
    )
    made = course(page("a"), page("b", body), media=media, captions={"media/go.vtt": "WEBVTT"})
    facts = '<span class="file-facts">2 minutes 30 seconds · 1 KB · Captions: English</span>'
    assert facts in chunk(render(plan(made)), "b")["html"]


def test_image_has_size_attributes_to_reserve_space() -> None:
    image = replace(picture("media/map.png", b"map"), pixels=(640, 300))
    made = course(page("a"), page("b", "![A map](media/map.png)"), media=(image,))
    src = f"media/map-{image.sha256[:10]}.png"
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<p><img src="{src}" width="640" height="300" alt="A map"></p>'
    )
