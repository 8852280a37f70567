"""Diagnostics about pictures and recordings, and about the texts for people who cannot see or hear
them."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    Rule(
        "image-large",
        WARNING,
        "The image “{file}” has {size} MB: on a slow connection, trainees wait minutes for it.",
        "Make it smaller: at most 1,600 pixels wide, as JPEG for a photograph, PNG for a drawing.",
        "A page waits for its images. A photograph taken with a phone has five to ten times as "
        "many pixels as a window can show.",
    ),
    Rule(
        "alt-missing",
        ERROR,
        "The image “{image}” has no text for people who cannot see it.",
        "Say what it shows between the square brackets: ![A map of the site]({image}). If it "
        'shows nothing that matters, write ![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). It skips a decorative "
        "image. Only the author can say whether an image is decorative.",
    ),
    Rule(
        "alt-undescribed",
        WARNING,
        "The image “{image}” still needs a text that says what it shows.",
        "Write the text between the square brackets, and delete the word after the address: ![A "
        "map of the site]({image}). If it shows nothing that matters, write ![]({image} "
        '"decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). An import marks images "
        "that had no text in the document. While there is such an image, the package is a draft, "
        "and a release is refused.",
        draft=True,
    ),
    Rule(
        "alt-file-name",
        ERROR,
        "“{alt}” is {what}. It does not say what the image shows.",
        "Say what it shows between the square brackets: ![A map of the site]({image}). If it "
        'shows nothing that matters, write ![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). A file name, or a "
        "word such as “image”, does not say what the image shows.",
    ),
    Rule(
        "words-missing",
        ERROR,
        "There is only a decorative image here, so screen readers have nothing to read.",
        'Write a text before or after the image; or delete “"decorative"” after its address, and '
        "write what it shows between its square brackets.",
        "Every question and every option needs a text for screen readers (WCAG 4.1.2). A "
        "decorative image has none.",
    ),
    Rule(
        "alt-decorative",
        ERROR,
        "The image “{image}” is marked as decorative but also has a text.",
        'Delete the text between the square brackets, or “"decorative"” after the address.',
        "A screen reader skips a decorative image, so nobody would hear its text.",
    ),
    Rule(
        "captions-missing",
        ERROR,
        "The video “{title}” has no captions.",
        "Add a line “- [English](media/name.en.vtt)” to its list. If the video has no sound, write "
        "one caption that says so.",
        "Captions are for everybody who cannot hear, or has no sound at work (WCAG 1.2.2). Many "
        "programs for videos save them as WebVTT, a file that ends in .vtt.",
    ),
    Rule(
        "captions-invalid",
        ERROR,
        "{problem}.",
        "{fix}.",
        "Captions are written in WebVTT: a line “WEBVTT”, then each caption after an empty line, "
        "with a line of times above its text. Browsers silently skip anything that they do not "
        "understand.",
        summary="Browsers cannot read this file of captions.",
        advice=(
            "Write WEBVTT on the first line, and each caption after an empty line: its times, such "
            "as 00:01.000 --> 00:04.000, and its text below them."
        ),
    ),
    Rule(
        "transcript-missing",
        ERROR,
        "The {name} “{title}” has no transcript.",
        "Leave a line empty below its list, then write what is said, and what else can be seen or "
        "heard.",
        "A transcript is for everybody who cannot see or hear, who would rather read, or whose "
        "network is slow (WCAG 1.2.1, 1.2.3).",
    ),
    Rule(
        "media-kind",
        ERROR,
        "The name of this file ends in .{ending}, but its content is of another type.",
        "Save it as {ending} with the program that made it. Renaming a file does not convert it.",
        "The first bytes of a file show its type. This file starts with other bytes, so browsers "
        "would not show it.",
    ),
    Rule(
        "image-damaged",
        ERROR,
        "This image is damaged: {problem}.",
        "Save it again with the program that made it, or copy it again.",
        "An image whose file ends too early is usually an interrupted copy or download. Browsers "
        "show only a part of it, or nothing.",
    ),
    Rule(
        "image-title",
        WARNING,
        "“{title}” is written after the address of an image, where trainees will not see it.",
        "Delete it. To show it as a caption, put the image into a block: ::: figure {title}",
        "In Markdown, text after the address of an image only appears under the mouse. Here the "
        "only word allowed there is “decorative”, for an image that shows nothing that matters.",
    ),
    Rule(
        "image-external",
        ERROR,
        "The image would be loaded from another site ({address}).",
        "Save the image into media/, if its owner allows it, and write ![…](media/name.png).",
        "A package is complete: it loads nothing from other sites. So it works in every network, "
        "and no other site learns who takes the course.",
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
        "“{title}” is a placeholder: its file is missing.",
        "Once you have the file, put it into media/, and replace this block with one for the file, "
        "such as “::: video {title}”.",
        "“::: to-come Title” is a placeholder for a video, an image or a sound that does not exist "
        "yet. Trainees see a labelled box, and the package is a draft.",
        draft=True,
        summary="A video, an image or a sound is still missing.",
        advice="Put the file into media/, and replace “::: to-come” with a block for the file.",
    ),
    Rule(
        "media-missing",
        ERROR,
        "There is no file “{file}”.{did_you_mean}",
        "Correct the name here, or put the file into media/.",
        "Images and files are part of the course folder.",
    ),
    Rule(
        "media-unused",
        WARNING,
        "No page uses this file, so it is not part of the package.",
        "{fix}",
        "Only files that a page or the theme uses are part of the package, so that trainees "
        "download nothing unnecessary. “media/pl/map.png” replaces “media/map.png” in Polish.",
        advice="Delete it, or use it on a page.",
    ),
)
