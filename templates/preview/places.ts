// Places in the author's files, and how to open them.

import { button, el } from "./element.ts";
import type { Desk } from "./desk.ts";

export interface Place {
  path: string;
  line: number;
  column: number;
  text: string;
  /** The address with which VS Code opens it. */
  link: string;
}

/** Creates an element that opens a place in the author's editor. */
export type OpenPlace = (place: Place) => HTMLElement;

/** Returns links for VS Code, or buttons if the author has named a command. */
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
