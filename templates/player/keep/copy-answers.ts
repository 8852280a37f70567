// The “Copy my answers” button, for when nothing can be saved.

import { answersAsText, touched } from "./answers-as-text.ts";
import { el } from "../dom/element.ts";
import { copyText } from "../page/copy-save-print.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";

export interface Copying {
  /** The label and handler of the button. The handler resolves to whether the text was copied. */
  action: [words: string, copy: (notice: HTMLElement) => Promise<boolean>];
  /** Loads the pages whose questions the text needs, while the server can be reached. */
  prepare(): void;
}

export function createCopying({
  visit: { link },
  course,
  content,
  work,
  view: { say },
}: Pick<SurroundingsParts, "visit" | "course" | "content" | "work" | "view">): Copying {
  const { outline } = course;
  const { state } = work.store;
  // Kept from the start, because another person may log in during the visit.
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
    get action(): Copying["action"] {
      return [say("copy_answers"), copy];
    },
    prepare() {
      learner ||= link.launch.learner;
      for (const page of outline.pages)
        if (page.needs && touched(page, state)) content.load(page).catch(() => {});
    },
  };
}
