// window.scormBuilder: where the scripts of the package register pages, components and question
// types.

import { createChunks } from "./chunks.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Component } from "./components.ts";

/** The interface of window.scormBuilder. */
export interface Registry {
  /** Called by every chunk: the first form is for components. */
  add(kind: "part", id: string, component: Omit<Component, "name">): void;
  add(kind: string, id: string, data: unknown): void;
  /** The hook with which question types register; see questions/choice.ts. */
  question<Q extends Question>(type: string, behaviour: Behaviour<Q>): void;
  /** Shows the current page again, from the data added last. Set by shell-visit. */
  again?(): Promise<void>;
  /** Turns the course into another language. Set by shell-languages. */
  turn?(tag?: string): void;
}

declare global {
  interface Window {
    scormBuilder: Registry;
  }
  /** The player's registry, in scripts of the package. */
  const scormBuilder: Registry;
}

const types = new Map<string, Behaviour>();

/** The components that have loaded. */
export const components: Component[] = [];

export const chunks = createChunks();

/** The behaviour of a question's type; throws if no script has registered it. */
export function behaviourOf({ type }: Question) {
  if (!types.has(type)) throw Error(`no script registered the question type ${type}`);
  return types.get(type) as Behaviour;
}

window.scormBuilder = {
  add(kind: string, id: string, data: Partial<Component>) {
    // A bundle fetched ahead may contain a component that has loaded already.
    if (data.selector && !chunks.arrived(kind, id))
      components.push({ name: id, ...data } as Component);
    chunks.add(kind, id, data);
  },
  question(type, behaviour) {
    types.set(type, behaviour as unknown as Behaviour);
    chunks.add("part", `question-${type}`, behaviour);
  },
};
