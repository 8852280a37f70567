// Runs in every frame before its own scripts. Wraps the API when the LMS defines it, and keeps
// every call with what it returned and the error after it, in localStorage, which outlives the tab.
"use strict";
(() => {
  const KEY = "recorded";
  const MARK = Symbol.for("recorded");

  const keep = (call) => {
    try {
      localStorage.setItem(KEY, JSON.stringify([...JSON.parse(localStorage.getItem(KEY) ?? "[]"), call]));
    } catch {
      // A frame without storage has no LMS either.
    }
  };
  // As a transcript has it: JSON has no undefined, and a JavaScript number stays a number.
  const plain = (value) => (value === undefined ? { undefined: true } : value);

  const wrap = (api) => {
    if (!api || api[MARK]) return api;
    const wrapped = Object.create(api, { [MARK]: { value: true } });
    for (let at = api; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (typeof api[name] !== "function" || !name.startsWith("LMS")) continue;
        wrapped[name] = (...args) => {
          const call = { call: [name, ...args] };
          try {
            const value = api[name](...args);
            call.returns = plain(value);
            return value;
          } catch (error) {
            call.throws = String(error);
            throw error;
          } finally {
            if (name !== "LMSGetLastError") {
              try {
                call.error = plain(api.LMSGetLastError());
              } catch (error) {
                call.error = { throws: String(error) };
              }
            }
            keep(call);
          }
        };
      }
    }
    return wrapped;
  };

  let api;
  Object.defineProperty(window, "API", {
    configurable: true,
    enumerable: true,
    get: () => api,
    set: (value) => (api = wrap(value)),
  });
})();
