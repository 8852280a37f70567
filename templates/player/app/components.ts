// Components: what makes parts of a page interactive.

import type { Say } from "../dom/words.ts";
import type { SaveStatus } from "../shell/save-status.ts";
import type { Confirmed } from "../lms/status-and-score.ts";
import type { BehaviourOf } from "../state/behaviour.ts";
import type { Course, Outline, Page, WholeCourse } from "../state/course.ts";
import type { LoadedPage } from "../state/page-data.ts";
import type { Guard } from "./errors.ts";
import type { Link } from "./lms-link.ts";
import type { Work } from "./work.ts";

/** What the components of a page are given. */
export interface Given extends WholeCourse, Work {
  entry: Page;
  data: LoadedPage;
  behaviourOf: BehaviourOf;
  locked(page: Page): string | null;
  say: Say;
  former: Outline["former"];
  course: Course;
  link: Link;
  /** Status and score that the LMS holds; {} if unknown. */
  held(): Partial<Confirmed>;
  /** Saves now. Resolves when that has ended, at the latest after so many ms. */
  saved(ms: number): Promise<unknown>;
  status: SaveStatus;
  /** Starts the components in an element that has just been added to the page. */
  mountInside(element: HTMLElement): void;
}

/** Makes one kind of element in a page interactive. */
export interface Component {
  name: string;
  /** CSS selector of those elements. */
  selector: string;
  /** Starts it. May return a function that stores what the component holds back. */
  mount(element: HTMLElement, given: Given): (() => void) | undefined;
}

/**
 * Starts every component in an article, each inside `guard`. Returns a function that makes all of
 * them store what they hold back; it is called whenever the page is left or hidden.
 */
export function mountComponents(
  article: HTMLElement,
  parts: Component[],
  given: Given,
  guard: Guard,
) {
  const mounts = parts.flatMap(({ name, selector, mount }) =>
    [...(article.querySelectorAll(selector) as NodeListOf<HTMLElement>)].map(
      (element) => [name, mount, element] as const,
    ),
  );
  const settlers = mounts.map(
    ([name, mount, element]) => [name, guard(name, () => mount(element, given))] as const,
  );
  return () => {
    for (const [name, act] of settlers) if (act) guard(name, act);
  };
}
