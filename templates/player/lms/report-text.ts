// Formats a typed answer for the LMS's report.

const NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA = /((?:^|;)[ "\t\r\n\u00a0]*)('*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * Puts an apostrophe wherever a spreadsheet would start a formula, because Moodle's Excel report
 * fails there (facts/moodle.md#reports). Numbers are unchanged. builder/base/printing.py does
 * the same for right answers.
 */
export const reportText = (text: string) =>
  NUMBER.test(text) ? text : text.replace(FORMULA, "$1'$2");
