/**
 * The time in this window, which no change of the computer's clock moves; undefined in a browser
 * that is too old to say.
 */
export function instant() {
  try {
    return new PerformanceMark("now").startTime;
  } catch {
    return undefined;
  }
}
