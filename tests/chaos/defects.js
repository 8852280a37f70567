// Makes the player wrong in one way, `$defect`, so that the runs are seen to find it. Runs in every
// frame before its own scripts, and stands between the player and its LMS or its browser.
"use strict";
(() => {
  const STATE = "cmi.suspend_data";
  const setting = (change) => (api) => ({
    LMSSetValue: (element, value) => (change(element, value) === null ? "true" : api.LMSSetValue(element, change(element, value))),
  });

  const OF_THE_API = {
    "state in the browser only": (api) => ({
      LMSSetValue(element, value) {
        if (element !== STATE) return api.LMSSetValue(element, value);
        localStorage.setItem(STATE, value);
        return "true";
      },
      LMSGetValue: (element) => (element === STATE ? localStorage.getItem(STATE) ?? "" : api.LMSGetValue(element)),
    }),
    "state at an ending never stored"(api) {
      let kept;
      const ended = () => document.querySelector("iframe").contentDocument.querySelector(".walk-end");
      return {
        LMSSetValue(element, value) {
          if (element !== STATE || !ended()) return api.LMSSetValue(element, value);
          kept = value;
          return "true";
        },
        LMSGetValue: (element) => (element === STATE && kept) || api.LMSGetValue(element),
      };
    },
    "review as a visit": (api) => ({
      LMSGetValue(element) {
        const value = api.LMSGetValue(element);
        return element === "cmi.core.lesson_mode" ? "normal" : value;
      },
    }),
    "never passed": setting((element, value) => (value === "passed" ? "incomplete" : value)),
    "passed too soon": setting((element, value) => (value === "incomplete" ? "passed" : value)),
    "answers without their result": setting((element, value) => (/^cmi\.interactions\.\d+\.result$/.test(element) ? null : value)),
  };

  function readNoJournal() {
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function () {
      return getAll.call(this, IDBKeyRange.only("nobody's"));
    };
  }

  const OF_THE_PAGE = {
    "journal never read": readNoJournal,
    "state at an ending never stored": readNoJournal,
    "saved for a moment, too soon"() {
      const tell = (words) => (document.getElementById("save-status").textContent = words);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell("Saving");
      addEventListener("click", ({ target }) => {
        if (target.type !== "submit") return;
        tell("Saved");
        port2.postMessage("");
      });
    },
  };

  OF_THE_PAGE[$defect]?.();
  if (!OF_THE_API[$defect] || !location.pathname.startsWith("/lms/")) return;
  let api;
  Object.defineProperty(window, "API", {
    configurable: true,
    get: () => api,
    set: (given) => (api = { ...given, ...OF_THE_API[$defect](given) }),
  });
})();
