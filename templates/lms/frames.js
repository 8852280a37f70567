// Where the course stands: in a frame of this page, below frames of other pages, or in a window.

/** Open the course at `href` as the visit (simulator.js) says, by the LMS's own page where it has one (profile.js, `loads`). */
export function openCourse({ window: where, levels, foreign, sandbox }, loads, href) {
  if (where === "popup") return openWindow(href, "sco");
  let src = loads ? `${location.origin}/lms/load.html?${loads}#${encodeURIComponent(href)}` : href;
  // From the inside out, so that each page knows what it holds.
  for (let level = 0; level < levels; level += 1) {
    const origin = foreign && level === levels - 1 ? foreign : location.origin;
    const inside = JSON.stringify({ src, name: level ? "" : "sco", sandbox: level ? null : sandbox });
    // Browsers refuse a page within itself, unless its address differs.
    src = `${origin}/lms/level.html?${level}#${encodeURIComponent(inside)}`;
  }
  show(frame({ src, name: levels ? "" : "sco", sandbox: levels ? null : sandbox }));
}

/** Open an address in a window, now and each time that it is asked for: a browser may prevent the first. */
export function openWindow(href, name, features = "") {
  window.open(href, name, features);
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Open the course";
  again.addEventListener("click", () => window.open(href, name, features));
  show(message("The course opens in a window of its own", again));
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

/** A heading, and what follows it, in the middle of the page. */
export function message(title, ...rest) {
  const heading = document.createElement("h1");
  heading.textContent = title;
  const it = document.createElement("div");
  it.className = "message";
  it.append(heading, ...rest);
  return it;
}

/** Fill the place of the course. */
export function show(element) {
  document.getElementById("course").replaceChildren(element);
}
