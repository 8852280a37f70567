// Whether the course is turning into another language. Meanwhile it may load files of an earlier
// edition, which would be shown as if they were up to date.

/** What the trainee chooses a language with: the list in the header, and the cover. */
const CHOICES = "#languages [lang], .cover-languages [lang]";
/** How often, and at which interval in ms, to check whether the language is on view. */
const MAX_CHECKS = 100;
const CHECK_MS = 50;

export function createTurning() {
  /** Tag of the language that was chosen last; "" for none since the course was opened. */
  let chosen = "";

  /** Whether the chosen language is not on view yet. */
  const isLoading = ({ document }: Window) =>
    chosen !== "" && chosen !== document.documentElement.lang;

  return {
    /** Starts with a course that has just been opened. */
    attach({ document }: Window) {
      chosen = "";
      const note = ({ target }: Event) => {
        chosen = (target as Element).closest<HTMLElement>(CHOICES)?.lang ?? chosen;
      };
      document.addEventListener("click", note, { capture: true });
    },
    isLoading,
    /** Resolves to the tag of the language on view, once no other is loading. */
    async settled(course: Window) {
      for (let checks = 0; isLoading(course) && checks < MAX_CHECKS; checks += 1)
        await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
      // It did not load.
      if (isLoading(course)) chosen = "";
      return course.document.documentElement.lang;
    },
  };
}
