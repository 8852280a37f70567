"""Codes about pictures and recordings, and their texts for people who cannot see or hear them."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "image-large",
        WARNING,
        "The image “{file}” is {size} MB: on a slow line, trainees wait minutes for it.",
        "Save it smaller: at most 1,600 pixels wide, as JPEG for a photograph, PNG for a drawing.",
        "A page waits for its images. A photograph taken with a phone has five to ten times as "
        "many pixels as a window can show.",
    ),
    Rule(
        "alt-missing",
        ERROR,
        "The image “{image}” has no text for people who cannot see it.",
        "Say what it shows between the square brackets: ![A map of the site]({image}). If it "
        'shows nothing that matters, write ![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). It leaves out an image "
        "that is decorative; whether one is, only the author can say.",
    ),
    Rule(
        "alt-undescribed",
        WARNING,
        "Nobody has said yet what the image “{image}” shows.",
        "Say it between the square brackets, and delete the word behind the address: "
        "![A map of the site]({image}). If it shows nothing that matters, write "
        '![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). An import marks the "
        "images whose source has no words for them. While there is one, the package is a draft, "
        "and a release is refused.",
        draft=True,
    ),
    Rule(
        "alt-file-name",
        ERROR,
        "“{alt}” names a file, and does not say what the image shows.",
        "Say what it shows between the square brackets: ![A map of the site]({image}). If it "
        'shows nothing that matters, write ![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). The name of a file "
        "tells nobody what is to be seen.",
    ),
    Rule(
        "words-missing",
        ERROR,
        "This has no words that a screen reader could say.",
        'Write words beside the picture; or delete “"decorative"” behind its address, and say '
        "between its square brackets what it shows.",
        "What trainees are asked, and what they choose from, needs a name (WCAG 4.1.2). An image "
        "that is decorative has none.",
    ),
    Rule(
        "alt-decorative",
        ERROR,
        "The image “{image}” is said to be decorative and has a text, too.",
        'Delete the text between the square brackets, or “"decorative"” behind the address.',
        "A screen reader leaves out an image that is decorative, so that nobody would read its "
        "text.",
    ),
    Rule(
        "captions-missing",
        ERROR,
        "The video “{title}” has no captions.",
        "Add a line “- [English](media/name.en.vtt)” to its list. Where nothing is to be heard, "
        "one caption says so.",
        "Captions are for everybody who cannot hear, or has no sound at work (WCAG 1.2.2). Many "
        "programs for videos save them as WebVTT, a file that ends in .vtt.",
    ),
    Rule(
        "captions-invalid",
        ERROR,
        "{problem}.",
        "{fix}.",
        "Captions are WebVTT: a line “WEBVTT”, then each caption after an empty line, a line of "
        "times above its words. A browser leaves out what it does not understand, without a word.",
        summary="This is not a file of captions that browsers understand.",
        advice=(
            "Write WEBVTT on the first line, and each caption after an empty line: its times, "
            "such as 00:01.000 --> 00:04.000, and below them its words."
        ),
    ),
    Rule(
        "transcript-missing",
        ERROR,
        "The {name} “{title}” has no transcript.",
        "Below its list and an empty line, write what is said in it and what else is to be seen "
        "or heard.",
        "A transcript is for everybody who cannot see or hear, who would rather read, or whose "
        "network is slow (WCAG 1.2.1, 1.2.3).",
    ),
    Rule(
        "media-kind",
        ERROR,
        "The name says that this file is {kind} in {ending}, but it is something else.",
        "Save it as {ending} with the program that made it: a new name changes no file.",
        "Images and recordings begin with certain bytes. These are others, so that browsers would "
        "not show it.",
    ),
    Rule(
        "image-damaged",
        ERROR,
        "This picture cannot be shown whole: {problem}.",
        "Save it again with the program that made it, or copy it again.",
        "A picture whose file ends too early is mostly a copy or a download that broke off. "
        "Browsers show a part of it, or none.",
    ),
    Rule(
        "image-title",
        WARNING,
        "“{title}” stands behind the address of an image, and is shown nowhere.",
        "Delete it; a caption is the title of a figure: ::: figure {title}",
        "Markdown's title of an image appears only under a mouse. Here, the only word that may "
        "stand there is “decorative”, for an image that shows nothing that matters.",
    ),
    Rule(
        "image-external",
        ERROR,
        "The image would be loaded from another site ({address}).",
        "Save the image into media/, if its owner allows it, and write ![…](media/name.png).",
        "A package is complete: it loads nothing from elsewhere, so that it works in every "
        "network, and so that no other site learns who takes the course.",
    ),
    Rule(
        "image-type",
        ERROR,
        "“{file}” is not an image.",
        "Use an image ({known}), or write a link: [text](address), without the exclamation mark.",
        "Browsers show only certain kinds of file as images.",
    ),
    Rule(
        "media-to-come",
        WARNING,
        "“{title}” is still to come.",
        "Once the file is there, put it in media/ and write its block instead, such as "
        "“::: video {title}”.",
        "“::: to-come Title” is a placeholder for a video, a picture or a sound that does not "
        "exist yet. Trainees see a labelled box, and the package is a draft.",
        draft=True,
        summary="A video, picture or sound is still to come.",
        advice="Put the file in media/ and write its block instead of “::: to-come”.",
    ),
    Rule(
        "media-missing",
        ERROR,
        "There is no file “{file}”.{did_you_mean}",
        "Put the file into media/, or correct its name.",
        "Images and files are part of the course folder.",
    ),
    Rule(
        "media-unused",
        WARNING,
        "No page uses this file, so it is not part of the package.",
        "Delete it, or use it on a page.",
        "Only files that a page or the theme uses are packed, so that trainees download nothing "
        "in vain.",
    ),
)
