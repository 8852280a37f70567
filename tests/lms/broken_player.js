// Makes a player misbehave: stands between it and its LMS's API. Runs in every frame before its own
// scripts; `FAULTS` are the names of what it does wrong, each of which is a finding's code
// (templates/lms/rules.js).
"use strict";
(() => {
  const AT_FIRST = (act) => {
    let done = false;
    return (...args) => {
      if (!done) {
        done = true;
        act(...args);
      }
    };
  };
  const RAW = "cmi.core.score.raw";
  const STATUS = "cmi.core.lesson_status";
  const STATE = "cmi.suspend_data";

  /** Change what is set: `change(element, value)` gives the pairs that are set instead. */
  const setting = (change) => (api) => ({
    LMSSetValue(element, value) {
      for (const pair of change(element, value)) api.LMSSetValue(...pair);
      return "true";
    },
  });
  const changed = (wanted, change) => setting((element, value) => [[element, wanted.test(element) ? change(value) : value]]);
  const without = (unwanted) => setting((element, value) => (unwanted.test(element) ? [] : [[element, value]]));
  /** Do something more before the first call of a function. */
  const before = (name, more) => (api) => {
    const act = AT_FIRST(() => more(api));
    return {
      [name](...args) {
        act();
        return api[name](...args);
      },
    };
  };
  const after = (name, more) => (api) => {
    const act = AT_FIRST(() => more(api));
    return {
      [name](...args) {
        const said = api[name](...args);
        act();
        return said;
      },
    };
  };
  /** The player reads the state that it has set, whatever was set instead, and goes on. */
  function believing(api) {
    let state;
    return {
      LMSSetValue(element, value) {
        if (element === STATE) state = value;
        return api.LMSSetValue(element, value);
      },
      LMSGetValue: (element) => (element === STATE && state) || api.LMSGetValue(element),
    };
  }
  const once = (more) => before("LMSCommit", more);
  /** After the last thing that is read at the start. */
  const started = (more) => (api) => {
    const act = AT_FIRST(() => more(api));
    return {
      LMSGetValue(element) {
        const said = api.LMSGetValue(element);
        if (element === "cmi.interactions._count") act();
        return said;
      },
    };
  };

  const MISBEHAVIOUR = {
    "before-initialise": before("LMSInitialize", (api) => api.LMSGetValue("cmi.core.entry")),
    "initialise-twice": after("LMSInitialize", (api) => api.LMSInitialize("")),
    "mode-not-asked": after("LMSInitialize", (api) => api.LMSSetValue("cmi.core.lesson_location", "early")),
    "finish-twice": after("LMSFinish", (api) => api.LMSFinish("")),
    "after-finish": after("LMSFinish", (api) => api.LMSCommit("")),
    arguments: changed(/score\.raw$/, Number),
    "unknown-element": once((api) => api.LMSSetValue("cmi.core.mood", "fine")),
    "unknown-keyword": once((api) => api.LMSGetValue("cmi.core._count")),
    "keyword-set": once((api) => api.LMSSetValue("cmi.interactions._count", "0")),
    "read-only": once((api) => api.LMSSetValue("cmi.core.student_name", "Me")),
    "write-only": once((api) => api.LMSGetValue("cmi.core.session_time")),
    "index-gap": setting((element, value) => [[element.replace(/^cmi\.interactions\.(\d+)/, (_, n) => `cmi.interactions.${Number(n) + 3}`), value]]),
    "response-before-type": without(/^cmi\.interactions\.\d+\.type$/),
    "wrong-response": changed(/student_response$/, (value) => `{${value}}`),
    "wrong-value": changed(/\.result$/, () => "incorrect"),
    "state-too-long": changed(/^cmi\.suspend_data$/, (value) => value.padEnd(4097, "x")),
    "state-not-ascii": changed(/^cmi\.suspend_data$/, (value) => `${value}é`),
    "status-not-attempted": changed(/lesson_status$/, (value) => (value === "incomplete" ? "not attempted" : value)),
    "exit-not-suspend": changed(/core\.exit$/, () => "logout"),
    "exit-missing": without(/core\.exit$/),
    "time-missing": without(/session_time$/),
    "score-without-range": without(/score\.(min|max)$/),
    "score-outside": changed(/score\.max$/, () => "50"),
    "score-after-status"(api) {
      let held = null;
      return {
        LMSSetValue(element, value) {
          if (element === RAW) held = value;
          else api.LMSSetValue(element, value);
          if (element === STATUS && held !== null) {
            api.LMSSetValue(RAW, held);
            held = null;
          }
          return "true";
        },
      };
    },
    "status-lowered": before("LMSFinish", (api) => api.LMSSetValue(STATUS, "incomplete")),
    "twice-in-a-batch": setting((element, value) => (element === STATE ? [[STATE, "first"], [STATE, value]] : [[element, value]])),
    "time-decreasing": before("LMSFinish", (api) => api.LMSSetValue("cmi.core.session_time", "0000:00:00.00")),
    "answer-changed": setting((element, value) => (/\.result$/.test(element) ? [[element, value], [element, "neutral"]] : [[element, value]])),
    "answer-without-id": without(/^cmi\.interactions\.\d+\.id$/),
    unchanged: once((api) => api.LMSSetValue(STATUS, "incomplete")),
    "looking-back-write": started((api) => api.LMSSetValue("cmi.core.lesson_location", "seen")),
    "looking-back-commit": started((api) => api.LMSCommit("")),
    "looking-back-finish": started((api) => setTimeout(() => api.LMSFinish(""))),
    "no-credit": started((api) => api.LMSSetValue("cmi.core.score.min", "0")),
    "not-committed": () => ({ LMSCommit: () => "true" }),
    "not-paced": setting((element, value) => [["cmi.student_preference.audio", "1"], [element, value]]),
    "too-many-calls": after("LMSInitialize", (api) => {
      for (let n = 0; n < 100; n += 1) api.LMSGetValue("cmi.core.entry");
    }),
  };

  let api;
  if (!location.pathname.startsWith("/lms/")) return;
  Object.defineProperty(window, "API", {
    configurable: true,
    get: () => api,
    set(given) {
      api = { ...given };
      for (const fault of $faults) api = { ...api, ...MISBEHAVIOUR[fault](api) };
      api = { ...api, ...believing(api) };
    },
  });
})();
