// Where the course is opened: in a frame of this page, in nested frames of other pages, or in a
// window.

import type { Visit } from "./launch.ts";
import type { Profile } from "./profile-contract.ts";

type Frame = { src: string; name: string; sandbox: string | null };

/**
 * Opens the course at `href` as the visit asks. `loads` is the query of a page of the LMS that is
 * loaded first in the frame, "" for none; `popup` is what a popup contains.
 */
export function openCourse(
  {
    window: where,
    levels,
    foreign,
    sandbox,
  }: Pick<Visit, "window" | "levels" | "foreign" | "sandbox">,
  { loads, href, popup }: { loads: string; href: string; popup: Profile["popup"] },
) {
  if (where === "popup" && popup === "framed") {
    const inside = encodeURIComponent(JSON.stringify({ src: href, name: "sco", sandbox: null }));
    return openWindow(`${location.origin}/lms/level.html?popup#${inside}`, "popup", "", giveApi);
  }
  if (where === "popup") return openWindow(href, "sco");
  let src = loads ? `${location.origin}/lms/load.html?${loads}#${encodeURIComponent(href)}` : href;
  // Innermost first, because the address of a page contains that of its frame.
  for (let level = 0; level < levels; level += 1) {
    const origin = foreign && level === levels - 1 ? foreign : location.origin;
    const inside = JSON.stringify({
      src,
      name: level ? "" : "sco",
      sandbox: level ? null : sandbox,
    });
    // The number makes the address unique: browsers do not load a page within itself.
    src = `${origin}/lms/level.html?${level}#${encodeURIComponent(inside)}`;
  }
  show(frame({ src, name: levels ? "" : "sco", sandbox: levels ? null : sandbox }));
}

/** Puts the API onto a window that was just opened; it stays there for the page that loads. */
const giveApi = (opened: Window | null) =>
  opened && Object.assign(opened, { API: Reflect.get(window, "API") });

/**
 * Opens an address in a window, now and by a button, because a browser may block the first attempt.
 */
export function openWindow(
  href: string,
  name: string,
  features = "",
  then: (opened: Window | null) => void = () => {},
) {
  const open = () => then(window.open(href, name, features));
  open();
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Open the course";
  again.addEventListener("click", open);
  show(message("The course opens in a window of its own", again));
}

/** A frame that fills its container. */
export function frame({ src, name, sandbox }: Frame) {
  const iframe = document.createElement("iframe");
  iframe.title = "Course";
  iframe.name = name;
  if (sandbox !== null) iframe.setAttribute("sandbox", sandbox);
  iframe.allow = "fullscreen";
  iframe.src = src;
  return iframe;
}

/** A heading with content, in the middle of the page. */
export function message(title: string, ...rest: HTMLElement[]) {
  const heading = document.createElement("h1");
  heading.textContent = title;
  const place = document.createElement("div");
  place.className = "message";
  place.append(heading, ...rest);
  return place;
}

/** Shows an element in place of the course. */
export function show(element: HTMLElement) {
  document.getElementById("course")?.replaceChildren(element);
}
