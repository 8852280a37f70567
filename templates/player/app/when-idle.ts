// A time when nothing else is to be done. Safari has no idle callback.

/** @param {() => void} call */
export const whenIdle = (call) =>
  (window.requestIdleCallback ?? ((act) => setTimeout(act, 500)))(call);
