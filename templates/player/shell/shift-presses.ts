// Three presses of Shift, as GOV.UK's “Exit this page” takes them.

const PRESSES = 3;
const WITHIN = 5000;

/**
 * Calls `act` at the third press within the time; `tell` gets the words for each before, `left` by
 * their number, and `expired` when the time is over. Shift counts when it is pressed by itself, not
 * while a capital letter is typed.
 */
export function watchShift(
  left: string[],
  expired: string,
  tell: (words: string) => void,
  act: () => void,
) {
  let presses = 0;
  let alone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function forget(words: string) {
    clearTimeout(timer);
    presses = 0;
    tell(words);
  }

  function expire() {
    forget(expired);
    timer = setTimeout(forget, WITHIN, "");
  }

  function count() {
    if (!presses) {
      forget("");
      timer = setTimeout(expire, WITHIN);
    }
    presses += 1;
    if (presses < PRESSES) tell(left[presses - 1]);
    else {
      forget("");
      act();
    }
  }

  addEventListener("keydown", ({ key, repeat }) => {
    if (repeat) return;
    alone = key === "Shift";
    if (!alone && presses) forget("");
  });
  addEventListener("pointerdown", () => {
    alone = false;
  });
  addEventListener("keyup", ({ key }) => {
    if (key === "Shift" && alone) count();
  });
}
