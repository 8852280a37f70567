// “Copy my answers”: what helps where nothing else does.

import { answersAsText, touched } from "./answers-as-text.ts";
import { el } from "../dom/element.ts";
import { copyText } from "../page/copy-save-print.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";

/** “Copy my answers”: the button for notices, and what it needs. */
export interface Copying {
  /** Its function gives a promise of whether the text was copied. */
  action: [words: string, copy: (notice: HTMLElement) => Promise<boolean>];
  /** Loads what it needs, while there is a line. */
  prepare(): void;
}

/**
 * The answers of earlier visits can be put into words only with their questions, which are loaded
 * while there is a line.
 */
export function createCopying({
  visit: { link },
  course,
  content,
  work,
  view: { say },
}: Pick<SurroundingsParts, "visit" | "course" | "content" | "work" | "view">): Copying {
  const { outline } = course;
  const { state } = work.store;
  // Somebody else may have logged in since.
  let learner = link.launch.learner;

  function copy(notice: HTMLElement) {
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
    const line: HTMLElement = notice.querySelector("[role=status]") ?? el("p", { role: "status" });
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
