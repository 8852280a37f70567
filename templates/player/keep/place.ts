// Which activity of a learning system a course is opened in.

// Moodle names a package by its activity, and by a number that goes up when the package is replaced
// (facts/moodle.md#launch).
const REVISION = /(\/mod_scorm\/content\/)\d+(?=\/)/;

/**
 * The place of the course at `location`: of all activities with the same package only one has it.
 */
export const placeOf = ({ pathname }: { pathname: string }) => pathname.replace(REVISION, "$1");
