// Where the course stands: in a frame of this page, below frames of other pages, or in a window.

/** Open the course at `href` as the visit (simulator.js) says. */
export function openCourse({ window: where, levels, foreign, sandbox }, href) {
  if (where === "popup") {
    window.open(href, "sco");
    return;
  }
  let src = href;
  // From the inside out, so that each page knows what it holds.
  for (let level = 0; level < levels; level += 1) {
    const origin = foreign && level === levels - 1 ? foreign : location.origin;
    const inside = JSON.stringify({ src, name: level ? "" : "sco", sandbox: level ? null : sandbox });
    // Browsers refuse a page within itself, unless its address differs.
    src = `${origin}/lms/level.html?${level}#${encodeURIComponent(inside)}`;
  }
  document.getElementById("course").append(frame({ src, name: levels ? "" : "sco", sandbox: levels ? null : sandbox }));
}

/** A frame that fills its place. */
export function frame({ src, name, sandbox }) {
  const it = document.createElement("iframe");
  it.title = "Course";
  it.name = name;
  if (sandbox !== null) it.setAttribute("sandbox", sandbox);
  it.allow = "fullscreen";
  it.src = src;
  return it;
}
