// Detects three presses of Shift, as in GOV.UK's “Exit this page”.

const PRESSES = 3;
const WITHIN_MS = 5000;

/**
 * Calls `act` at the third press within 5 s. `tell` announces how many presses are left (`more`,
 * separated by “|”), and `expired` when the time is over. Only Shift pressed alone counts, not
 * while typing a capital letter.
 */
export function watchShift(
  words: Record<string, string>,
  tell: (words: string) => void,
  act: () => void,
) {
  let presses = 0;
  let alone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function reset(words: string) {
    clearTimeout(timer);
    presses = 0;
    tell(words);
  }

  function expire() {
    reset(words.expired);
    timer = setTimeout(reset, WITHIN_MS, "");
  }

  function count() {
    if (!presses) {
      reset("");
      timer = setTimeout(expire, WITHIN_MS);
    }
    presses += 1;
    if (presses < PRESSES) tell(words.more.split("|")[presses - 1]);
    else {
      reset("");
      act();
    }
  }

  addEventListener("keydown", ({ key, repeat }) => {
    if (repeat) return;
    alone = key === "Shift";
    if (!alone && presses) reset("");
  });
  addEventListener("pointerdown", () => {
    alone = false;
  });
  addEventListener("keyup", ({ key }) => {
    if (key === "Shift" && alone) count();
  });
}
