// The trainee's name on a printed sheet, in the order that the course wants, and as the trainee
// corrects it.

interface Given {
  /** Contains the field for the name. */
  place: Element;
  /** The name from the LMS; "" if there is none. */
  learner: () => string;
  /** Called after each correction. */
  changed: () => void;
}

/**
 * Turns “Family, First”, the order of `cmi.core.student_name` in SCORM 1.2, into “First Family”;
 * other names are unchanged.
 */
const givenNameFirst = (name: string) => name.replace(/^([^,،]+)[,،]\s*([^,،]+)$/, "$2 $1");

/**
 * Fills in the field. Corrections are stored nowhere. `name()` returns the name for the sheet;
 * `typed()` returns whether the trainee has changed it.
 */
export function createPrintedName({ place, learner, changed }: Given) {
  const field = place.querySelector("[data-name]") as HTMLInputElement;
  const own = () =>
    field.dataset.name === "given-name-first" ? givenNameFirst(learner()) : learner();
  let shown = own();
  field.value = shown;
  field.oninput = changed;

  /** The LMS may be found late: its name is used until the trainee types another one. */
  function name() {
    const now = own();
    if (field.value === shown) field.value = now;
    shown = now;
    return field.value.trim();
  }
  return { name, typed: () => name() !== own().trim() };
}
