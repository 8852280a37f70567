// Identifies the LMS activity in which the course is open.

// Moodle's path has the activity, then a number that increases with each replaced package
// (facts/moodle.md#launch).
const REVISION = /(\/mod_scorm\/content\/)\d+(?=\/)/;

/** The path of the course, without that number; unique among activities with the same package. */
export const placeOf = ({ pathname }: { pathname: string }) => pathname.replace(REVISION, "$1");
