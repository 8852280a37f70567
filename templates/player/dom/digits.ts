// Converts digits of other scripts.

// Code points of the digit zero: Arabic, Persian, Devanagari, Bengali, Thai, full-width.
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]/g;

/** Replaces all digits by 0–9. */
export const latinDigits = (text: string) =>
  text.replace(DIGIT, (character) => {
    const code = character.charCodeAt(0);
    return String(code - Math.max(...ZEROS.filter((zero) => zero <= code)));
  });
