// Which room of templates/player/ may use which: the arrows point one way (CONTRIBUTING.md).
// A room may use those of the rows below its own.
const ROWS = [
  ["parts"],
  ["app"],
  ["keep"],
  ["shell", "questions"],
  ["lms", "page"],
  ["state"],
  ["dom"],
];

const inRoom = (rooms) => `^templates/player/(${rooms.join("|")})/`;

/** A rule for each row: what its rooms must not use, which are its neighbours and all above. */
const layers = ROWS.flatMap((row, index) =>
  row.map((room) => ({
    name: `${room}-stays-below`,
    comment: `${room}/ uses only the rooms below it.`,
    severity: "error",
    from: { path: inRoom([room]) },
    to: { path: inRoom([...ROWS.slice(0, index).flat(), ...row.filter((each) => each !== room)]) },
  })),
);

module.exports = {
  forbidden: [
    ...layers,
    {
      name: "every-module-has-a-room",
      comment: "templates/player/ holds rooms, no modules of its own.",
      severity: "error",
      from: {},
      to: { path: "^templates/player/[^/]+\\.js$" },
    },
    {
      name: "no-circles",
      comment: "A module that needs itself cannot be told apart from its users.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-from-elsewhere",
      comment: "The player is plain JavaScript: it has no libraries, and knows no LMS of the tests.",
      severity: "error",
      from: { path: "^templates/player/" },
      to: { pathNot: "^templates/player/" },
    },
    {
      name: "every-module-is-used",
      comment: "What neither the player nor one of its parts uses is not in the package.",
      severity: "error",
      from: { path: "^templates/player/(app/main|parts/[^/]+)\\.js$" },
      to: { path: "^templates/player/(?!parts/|app/main)", reachable: false },
    },
  ],
  options: { doNotFollow: { path: "node_modules" } },
};
