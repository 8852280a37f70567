// “Copy my answers”: what helps where nothing else does.

import { answersAsText, touched } from "./answers-as-text.js";
import { el } from "../dom/element.js";
import { copyText } from "../page/copy-save-print.js";

/** @import {Copying, SurroundingsParts} from "../types" */

/**
 * The answers of earlier visits can be put into words only with their
 * questions, which are loaded while there is a line.
 *
 * @param {Pick<SurroundingsParts, "visit" | "course" | "content" | "work" | "view">} parts
 * @returns {Copying}
 */
export function createCopying({ visit: { link }, course, content, work, view: { say } }) {
  const { outline } = course;
  const { state } = work.store;
  // Somebody else may have logged in since.
  let learner = link.launch.learner;

  /** @param {HTMLElement} notice */
  function copy(notice) {
    learner ||= link.launch.learner;
    const text = answersAsText({
      course,
      outline,
      state,
      say,
      learner,
      behaviourOf: content.behaviourOf,
      now: new Date(),
      dataOf(page) {
        const data = content.dataOf(page);
        if (data) say.add(data.text);
        return data;
      },
    });
    /** @type {HTMLElement} */
    const line = notice.querySelector("[role=status]") ?? el("p", { role: "status" });
    if (!line.isConnected) notice.append(line);
    return copyText(text, line, say);
  }

  return {
    action: [say("copy_answers"), copy],
    prepare() {
      learner ||= link.launch.learner;
      for (const page of outline.pages)
        if (page.needs && touched(page, state)) content.load(page).catch(() => {});
    },
  };
}
