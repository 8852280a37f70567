// The window that has the course: a frame of this page, or one that this page has opened.

/** The name that the simulator gives it. */
const NAME = "sco";

let popup: Window | null = null;
const open = window.open.bind(window);
window.open = (address, name, features) => {
  const opened = open(address, name, features);
  if (name === NAME) popup = opened;
  return opened;
};

const frame = () => document.querySelector(`iframe[name="${NAME}"]`) as HTMLIFrameElement | null;

/** The course's window, or null where no course is open in it. */
export function courseWindow() {
  const found = popup && !popup.closed ? popup : frame()?.contentWindow;
  try {
    return found?.document.getElementById("course-data") ? found : null;
  } catch {
    // A page of another site stands in its place.
    return null;
  }
}

/** Ends the visit as one who leaves: a promise of when the course is gone. */
export async function closeCourse() {
  popup?.close();
  const it = frame();
  if (!it) return;
  const gone = new Promise((resolve) => it.addEventListener("load", resolve, { once: true }));
  it.src = "about:blank";
  await gone;
}
