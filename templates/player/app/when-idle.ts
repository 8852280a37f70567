// Calls a function when the browser is idle. Safari has no requestIdleCallback.

export const whenIdle = (call: () => void) =>
  (window.requestIdleCallback ?? ((act) => setTimeout(act, 500)))(call);
