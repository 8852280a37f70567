// A time when nothing else is to be done. Safari has no idle callback.

export const whenIdle = (call: () => void) =>
  (window.requestIdleCallback ?? ((act) => setTimeout(act, 500)))(call);
