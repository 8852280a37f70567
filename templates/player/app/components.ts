// What makes a page work: what the parts of the player bring.

import type { Say } from "../dom/words.ts";
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
  /** Status and score as the LMS has them; {} where nothing is known of it. */
  held(): Partial<Confirmed>;
  /** Starts the components of what is shown only now. */
  mountInside(element: HTMLElement): void;
}

/** What makes a part of a page work. */
export interface Component {
  name: string;
  /** Where it is in a page. */
  selector: string;
  /** Starts it; may give a function that puts away what it holds back. */
  mount(element: HTMLElement, given: Given): (() => void) | undefined;
}

/**
 * Start every component in an article. One of `parts` is a component: its `name`, the `selector` of
 * where it is in a page, and `mount(element, given)`, which starts it. That may give a function
 * that puts away what it holds back; it runs whenever the page is left or hidden. This gives one
 * that does so for all of them. Each runs inside `guard`, so that a fault in one leaves the others
 * working.
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
  const settle = mounts.map(
    ([name, mount, element]) => [name, guard(name, () => mount(element, given))] as const,
  );
  return () => {
    for (const [name, act] of settle) if (act) guard(name, act);
  };
}
