// From disk, Chrome loads no captions: there they come from the page.

export function mountCaptions(video) {
  if (location.protocol !== "file:") return;
  for (const track of video.querySelectorAll("track")) {
    track.src = `data:text/vtt;charset=utf-8,${encodeURIComponent(track.dataset.text)}`;
  }
}
