// The scripts of the package register here what they bring.

import { createChunks } from "./chunks.js";

/** @import {Behaviour, Component, Question} from "../types" */

/** @type {Map<string, Behaviour>} */
const types = new Map();

/** The components that have arrived. @type {Component[]} */
export const components = [];

export const chunks = createChunks();

/**
 * The behaviour of a question's type; throws where no script has registered it.
 *
 * @param {Question} question
 */
export function behaviourOf({ type }) {
  if (!types.has(type)) throw Error(`no script registered the question type ${type}`);
  return /** @type {Behaviour} */ (types.get(type));
}

window.scormBuilder = {
  /**
   * Called by every chunk.
   *
   * @param {string} kind
   * @param {string} id
   * @param {Partial<Component>} data
   */
  add(kind, id, data) {
    // What is fetched ahead may come a second time.
    if (data.selector && !chunks.arrived(kind, id))
      components.push(/** @type {Component} */ ({ name: id, ...data }));
    chunks.add(kind, id, data);
  },
  /** The registration hook for question types; see questions/choice.js. */
  question(type, behaviour) {
    types.set(type, /** @type {Behaviour} */ (/** @type {unknown} */ (behaviour)));
    chunks.add("part", `question-${type}`, behaviour);
  },
};
