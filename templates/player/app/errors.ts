// One failing component never stops the others.

/** Runs `act` and returns what it gives; a fault is told, not thrown. */
export type Guard = <T>(component: string, act: () => T) => T | undefined;

/** `guard(component, act)` runs `act` and returns what it gives; a fault is told, not thrown. */
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
