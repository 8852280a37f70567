// Places in the author's files, and the way to them.

import { button, el } from "./element.ts";
import type { Desk } from "./desk.ts";

/** A place in the author's files. */
export interface Place {
  path: string;
  line: number;
  column: number;
  text: string;
  /** The address by which VS Code opens it. */
  link: string;
}

/** What opens a place in the author's editor. */
export type OpenPlace = (place: Place) => HTMLElement;

/** What opens a place: a link for VS Code, or a button where the author has named a command. */
export function opener({ printed, server }: Desk): OpenPlace {
  return (place) => {
    const words = `Open ${place.text}`;
    if (!printed.command) return el("a", { class: "button", href: place.link }, words);
    const { path, line, column } = place;
    const it = button(words, async () => {
      const { refused } = await server.post<{ refused?: string }>("open", { path, line, column });
      it.textContent = refused ?? words;
    });
    return it;
  };
}
