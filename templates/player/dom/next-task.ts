// Splits long work, so that the browser can handle input in between.

/** Resolves in a task of its own. Not a timer: browsers delay those of a page in the background. */
export function nextTask(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = done;
    port2.postMessage(0);
  });
}
