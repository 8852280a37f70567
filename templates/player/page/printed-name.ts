// The name on a sheet: in the order that the course wants, and as the trainee corrects it.

interface Given {
  /** What holds the field for the name. */
  place: Element;
  /** As the LMS gives it, "" where it gives none. */
  learner: () => string;
  /** Called after each correction. */
  changed: () => void;
}

/** “Family, First” as “First Family”; any other name as it is. */
const givenNameFirst = (name: string) => name.replace(/^([^,،]+)[,،]\s*([^,،]+)$/, "$2 $1");

/**
 * Fills the field for the name in, whose words stand on this sheet and are kept nowhere. Gives
 * `name()`, the words for the sheet, and `typed()`, whether they are the trainee's own.
 */
export function createPrintedName({ place, learner, changed }: Given) {
  const field = place.querySelector("[data-name]") as HTMLInputElement;
  const own = () =>
    field.dataset.name === "given-name-first" ? givenNameFirst(learner()) : learner();
  let shown = own();
  field.value = shown;
  field.oninput = changed;

  /** An LMS may be late: its name stands there until the trainee has written another one. */
  function name() {
    const now = own();
    if (field.value === shown) field.value = now;
    shown = now;
    return field.value.trim();
  }
  return { name, typed: () => name() !== own().trim() };
}
