// What follows from the whole outline.

import { chunks } from "./registry.js";

/** @import {Rules} from "../types" */

/** They come with the whole outline, not before. */
export const rules = () => /** @type {Rules} */ (chunks.arrived("part", "shell-rules"));
