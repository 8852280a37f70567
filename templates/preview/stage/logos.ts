// The logos of a course: for light, and for dark.

/** What each one is in the launch page, and what of it has its address. */
export const LOGOS = [
  { is: "img.logo", has: "src" },
  { is: "source:has(+ img.logo)", has: "srcset" },
];
