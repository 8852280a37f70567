// Every call of the API, sent to the server.

import { ERROR } from "./runtime.js";

/** @import {Api, ApiFunction, Call} from "./types" */

/**
 * @typedef Log
 * @property {(listener: (call: Call) => void) => void} listen Tells of every call from now on.
 * @property {(api: Api) => {[name: string]: ApiFunction}} watch The API, observed.
 * @property {() => Promise<void>} sent A promise of when nothing of it is under way.
 */

const LONG = 300;
/** @type {HTMLIFrameElement | undefined} */
let aside;

/**
 * The calls of one launch. Those of a page that is going away leave as beacons of their own, a long
 * value shortened and its `length` beside it: the browser's limit of what may be on the way belongs
 * to the LMS.
 *
 * @param {{launch: number, address: string, leaving: () => boolean}} visit
 * @returns {Log}
 */
export function createLog({ launch, address, leaving }) {
  /** @type {Set<(call: Call) => void>} */
  const listeners = new Set();
  /** @type {Call[]} */
  let waiting = [];
  let sending = false;
  /** @type {Promise<boolean>} */
  let underWay = Promise.resolve(true);
  let count = 0;

  async function send() {
    if (sending || !waiting.length) return;
    sending = true;
    const batch = waiting;
    waiting = [];
    underWay = post(address, batch);
    const ok = await underWay;
    if (!ok) waiting = [...batch, ...waiting];
    sending = false;
    if (ok) send();
  }

  /** @param {Call} call */
  function note(call) {
    count += 1;
    if (leaving()) {
      navigator.sendBeacon(address, JSON.stringify([...waiting.splice(0), short(call)]));
    } else {
      waiting.push(call);
      queueMicrotask(send);
    }
    for (const listener of listeners) listener(call);
  }
  addEventListener("online", send);

  return {
    listen(listener) {
      listeners.add(listener);
    },
    async sent() {
      while (sending) await underWay;
    },
    watch: (api) =>
      Object.fromEntries(
        Object.keys(api).map((name) => [
          name,
          (...args) => observed(api, name, args, { launch, order: count }, note),
        ]),
      ),
  };
}

/**
 * Calls a function of the API, and notes what came of it.
 *
 * @param {Api} api
 * @param {string} name
 * @param {unknown[]} args
 * @param {{launch: number, order: number}} at
 * @param {(call: Call) => void} note
 */
function observed(api, name, args, { launch, order }, note) {
  /** @type {Call} */
  const call = {
    launch,
    order,
    name,
    args: args.map(String),
    strings: args.every((arg) => typeof arg === "string"),
    value: "",
    error: "",
    at: Date.now(),
    threw: "",
  };
  try {
    const value = api[name](...args);
    call.value = String(value);
    return value;
  } catch (error) {
    call.threw = String(error);
    throw error;
  } finally {
    call.error = api[ERROR];
    note(call);
  }
}

/**
 * Posts calls from a frame of its own: a course reads the requests of this window to see what the
 * LMS sends.
 *
 * @param {string} address
 * @param {Call[]} calls
 */
function post(address, calls) {
  if (!aside) {
    aside = document.createElement("iframe");
    // Out of reach: the course's frame stays the only one of this window.
    const place = document.createElement("div");
    place.hidden = true;
    place.attachShadow({ mode: "closed" }).append(aside);
    document.body.append(place);
  }
  const win = /** @type {Window} */ (aside.contentWindow);
  return win
    .fetch(new URL(address, location.href), { method: "POST", body: JSON.stringify(calls) })
    .then(
      (reply) => reply.ok,
      () => false,
    );
}

/**
 * @param {Call} call
 * @returns {Call}
 */
function short(call) {
  const value = call.args.at(-1) ?? "";
  if (value.length <= LONG) return call;
  const words = `${value.slice(0, LONG)}… (${value.length} characters)`;
  return { ...call, args: [...call.args.slice(0, -1), words], length: value.length };
}
