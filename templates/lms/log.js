// Every call of the API, sent to the server.

import { ERROR } from "./runtime.js";

const LONG = 300;

function short(entry) {
  const value = entry.args.at(-1) ?? "";
  if (value.length <= LONG) return entry;
  const words = `${value.slice(0, LONG)}… (${value.length} characters)`;
  return { ...entry, args: [...entry.args.slice(0, -1), words], length: value.length };
}

/**
 * `watch(api)` is the API, observed. An entry is { launch, order, name, args, strings, value, error, at,
 * threw }, all texts but for the numbers; `strings` says whether the arguments were, `at` is in ms
 * since the epoch, `error` the code after the call, `threw` what it threw or "".
 *
 * The calls of a page that is going away leave as beacons of their own, a long value shortened and
 * its `length` beside it: the browser's limit of what may be on the way belongs to the LMS.
 */
export function createLog({ launch, address, leaving }) {
  const heard = new Set();
  let waiting = [];
  let sending = false;
  let count = 0;

  async function send() {
    if (sending || !waiting.length) return;
    sending = true;
    const batch = waiting;
    waiting = [];
    const ok = await fetch(address, { method: "POST", body: JSON.stringify(batch) }).then((reply) => reply.ok, () => false);
    if (!ok) waiting = [...batch, ...waiting];
    sending = false;
    if (ok) send();
  }

  function note(entry) {
    count += 1;
    if (leaving()) {
      navigator.sendBeacon(address, JSON.stringify([...waiting.splice(0), short(entry)]));
    } else {
      waiting.push(entry);
      queueMicrotask(send);
    }
    for (const call of heard) call(entry);
  }
  addEventListener("online", send);

  return {
    /** `call(entry)` hears of every call from now on. */
    listen: (call) => heard.add(call),
    watch(api) {
      const watched = (name) => (...args) => {
        const entry = {
          launch, order: count, name, args: args.map(String), strings: args.every((arg) => typeof arg === "string"),
          value: "", error: "", at: Date.now(), threw: "",
        };
        try {
          const value = api[name](...args);
          entry.value = String(value);
          return value;
        } catch (error) {
          entry.threw = String(error);
          throw error;
        } finally {
          entry.error = api[ERROR];
          note(entry);
        }
      };
      return Object.fromEntries(Object.keys(api).map((name) => [name, watched(name)]));
    },
  };
}
