// The logos of a course, for light and dark mode.

/** Selector of each in the launch page, and the attribute with its address. */
export const LOGOS = [
  { is: "img.logo", has: "src" },
  { is: "source:has(+ img.logo)", has: "srcset" },
];
