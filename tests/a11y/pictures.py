"""Pictures of a part of a view, and how many of their pixels differ."""

from __future__ import annotations

from tests.a11y.view import View

Box = tuple[float, float, float, float]
"""Left, top, width and height in the frame, in CSS pixels."""

# A change that eyes may miss, such as of smoothed edges, does not count.
DIFFER = """async (pictures) => {
  const [one, other] = await Promise.all(pictures.map(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
  }));
  let count = 0;
  for (let at = 0; at < one.length; at += 4) {
    const change = [0, 1, 2].map((part) => Math.abs(one[at + part] - other[at + part]));
    if (Math.max(...change) > 32) count += 1;
  }
  return count;
}"""


def picture(view: View, box: Box, *, around: float = 0) -> str:
    """A PNG of the box and what is around it, in Base64."""
    left, top, width, height = box
    size = view.tab.page.viewport_size
    assert size
    x, y = max(0, left - around), max(0, top - around)
    clip = {
        "x": x,
        "y": y,
        "width": max(1, min(width + 2 * around, size["width"] - x)),
        "height": max(1, min(height + 2 * around, size["height"] - y)),
    }
    left_of, top_of = view.ask("visual", "still")
    given = view.tab.cdp.send(
        "Page.captureScreenshot",
        {
            "format": "png",
            "optimizeForSpeed": True,
            "clip": {**clip, "x": clip["x"] + left_of, "y": clip["y"] + top_of, "scale": 1},
        },
    )
    return str(given["data"])


def differing(view: View, one: str, other: str) -> int:
    """How many pixels of two pictures of the same size differ visibly."""
    return int(view.frame.evaluate(DIFFER, [one, other]))
