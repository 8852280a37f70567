// Whether the trainee's work is kept, in words that are true.

/**
 * A function of the outcome: saved, unconfirmed, retrying, failed, or off with the words for why
 * nothing is recorded. It fills #save-status,
 * a live region that is changed sparingly, and shows a notice while saving fails. `retry` saves
 * again at once.
 */
export function createSaveStatus({ element, notices, say, retry }) {
  const write = (words) => {
    if (element.textContent !== words) element.textContent = words;
  };
  const fine = (key) => () => {
    notices.hide("save");
    write(say(key));
  };
  const show = {
    saved: fine("saved"),
    unconfirmed: fine("unconfirmed"),
    retrying: () => write(say("saving")),
    failed() {
      write(say("not_saved"));
      const actions = [[say("save_now"), retry]];
      notices.show("save", say("not_saved_notice"), { alert: true, actions });
    },
    off: write,
  };
  return (outcome, words) => show[outcome](words);
}
