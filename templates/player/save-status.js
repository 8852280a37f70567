// Whether the trainee's work is kept, in words that are true.

/**
 * A function of the outcome: saving, saved, unconfirmed, failed, or off with the words for why
 * nothing is recorded. It fills #save-status,
 * a live region that is changed sparingly, and shows a notice while saving fails. `retry` saves
 * again at once. Once all is saved the Exit button's warning goes, too.
 */
export function createSaveStatus({ element, notices, say, retry }) {
  const write = (words) => {
    if (element.textContent !== words) element.textContent = words;
  };
  const fine = (key, ...old) => () => {
    for (const notice of old) notices.hide(notice);
    write(say(key));
  };
  const show = {
    saving: fine("saving"),
    saved: fine("saved", "save", "exit"),
    unconfirmed: fine("unconfirmed", "save"),
    failed() {
      write(say("not_saved"));
      const actions = [[say("save_now"), retry]];
      notices.show("save", say("not_saved_notice"), { alert: true, actions });
    },
    off: write,
  };
  return (outcome, words) => show[outcome](words);
}
