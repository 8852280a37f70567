// A component that fails does not stop the others.

/** Runs `act` and returns its result. An exception is logged and shown, not thrown. */
export type Guard = <T>(component: string, act: () => T) => T | undefined;

export const createGuard =
  (tell: () => void): Guard =>
  (component, act) => {
    try {
      return act();
    } catch (error) {
      console.error(`scorm-builder, ${component}:`, error);
      tell();
    }
  };
