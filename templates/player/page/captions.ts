// Captions are on from the start, in every browser and from disk.

export function mountCaptions(video: HTMLVideoElement) {
  // From disk, Chrome loads no captions: there they come from the page.
  if (location.protocol === "file:") {
    for (const track of video.querySelectorAll("track")) {
      track.src = `data:text/vtt;charset=utf-8,${encodeURIComponent(track.dataset.text ?? "")}`;
    }
  }
  // WebKit leaves even those that are the default off until a script turns them on.
  const shown = video.querySelector("track[default]") as HTMLTrackElement | null;
  if (shown) shown.track.mode = "showing";
}
