// Finds the window with the course: a frame of this page, or a window that this page has opened.

/** Its name, as the simulator sets it. */
const NAME = "sco";

let popup: Window | null = null;
const open = window.open.bind(window);
window.open = (address, name, features) => {
  const opened = open(address, name, features);
  if (name === NAME) popup = opened;
  return opened;
};

const frame = () => document.querySelector(`iframe[name="${NAME}"]`) as HTMLIFrameElement | null;

/** The course's window; null if no course is open. */
export function courseWindow() {
  const found = popup && !popup.closed ? popup : frame()?.contentWindow;
  try {
    return found?.document.getElementById("course-data") ? found : null;
  } catch {
    // Another site's page is open in it.
    return null;
  }
}

/** Ends the visit by leaving; resolves when the course is gone. */
export async function closeCourse() {
  popup?.close();
  const it = frame();
  if (!it) return;
  const gone = new Promise((resolve) => it.addEventListener("load", resolve, { once: true }));
  it.src = "about:blank";
  await gone;
}
