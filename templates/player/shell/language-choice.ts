// The choice of languages: which is offered first, and the names and marks of the buttons.

import { el } from "../dom/element.ts";
import type { Language } from "./language-launch.ts";

/**
 * The tag that the browser's settings name first, by the lookup of RFC 4647; "pa" also finds
 * "pa-Guru".
 */
export function preferred(tags: string[], wanted: readonly string[]) {
  for (const range of wanted) {
    for (let part = range; part; part = part.replace(/-?[^-]*$/, "")) {
      const found = tags.find((tag) => `${tag}-`.startsWith(`${part}-`));
      if (found) return found;
    }
  }
  return "";
}

/** Fills the group of buttons on the cover, if it is shown; the browser's language comes first. */
export function fillChoice(languages: Language[], choose: (tag?: string) => void) {
  const group: HTMLElement | null = document.querySelector(".cover-languages:empty");
  if (!group) return;
  const tags = languages.map(({ tag }) => tag);
  const first = preferred(tags, navigator.languages);
  const one = ({ tag, name }: Language) => `<button lang="${tag}">${name}</button>`;
  group.innerHTML = languages.map(one).join("");
  group.prepend(group.children[tags.indexOf(first)] ?? "");
  group.onclick = ({ target }) => choose((target as Element).closest("button")?.lang);
}

/** The name of a language in itself. Where the builder knows none, the browser may. */
export function ownName({ tag, name }: Language) {
  if (name !== tag) return name;
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Names the languages on the buttons of a group, and marks the one in use. */
export function markChoice(group: Element, languages: Language[], current: string) {
  for (const language of languages) {
    const button: HTMLElement | null = group.querySelector(`[lang="${language.tag}"]`);
    if (!button) continue;
    // A name may be written in the other direction than the list.
    button.replaceChildren(el("bdi", {}, ownName(language)));
    if (language.tag === current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}
