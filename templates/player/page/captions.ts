// Switches captions on from the start, in every browser and from disk.

export function mountCaptions(video: HTMLVideoElement) {
  // Chrome loads no captions from disk, so the page carries them as an attribute.
  if (location.protocol === "file:") {
    for (const track of video.querySelectorAll("track")) {
      track.src = `data:text/vtt;charset=utf-8,${encodeURIComponent(track.dataset.text ?? "")}`;
    }
  }
  // WebKit does not show even default captions until a script switches them on.
  const shown = video.querySelector("track[default]") as HTMLTrackElement | null;
  if (shown) shown.track.mode = "showing";
}
