"""LMSs that are a script in the page."""

import json
from collections.abc import Mapping

# As Moodle offline: it says true to everything, because it falls back to a beacon. It counts what
# it has. What it sends can be seen, unless it is silent.
SAYS_TRUE = """
window.calls = [];
window.API = Object.fromEntries(["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"].map(
  (name) => [name, (...args) => { calls.push([name, ...args]); return "true"; }]));
API.LMSCommit = (...args) => {
  calls.push(["LMSCommit", ...args]);
  const request = new XMLHttpRequest();
  request.open("GET", `${location.pathname}?lms`, false);
  try {
    if (!window.silent) request.send();
  } catch { /* It says nothing of it. */ }
  return "true";
};
const given = {};
API.LMSSetValue = (...args) => {
  calls.push(["LMSSetValue", ...args]);
  given[args[0]] = args[1];
  return "true";
};
API.LMSGetValue = (element) => given[element] ?? (element.endsWith("_count") ? "0" : "");
API.LMSGetLastError = () => "0";
"""

# The LMS's own window keeps its API from the course, or lets it fail, until a test says otherwise.
HELD = """
if (top === window) {
  let api;
  window.held = { there: true, refuse: null, blind: false };
  const failing = {
    LMSInitialize() {
      if (held.refuse === "throw") throw Error("not now");
      return held.refuse ? "false" : api.LMSInitialize("");
    },
    LMSGetValue(element) {
      return held.blind && element === "cmi.suspend_data" ? "" : api.LMSGetValue(element);
    },
    LMSGetLastError: () => (held.refuse || held.blind ? "101" : api.LMSGetLastError()),
  };
  const given = new Proxy({}, { get: (_, name) => failing[name] ?? api[name] });
  Object.defineProperty(window, "API", {
    get: () => (held.there ? given : undefined),
    set: (value) => (api = value),
  });
}
"""


def holding(values: Mapping[str, str]) -> str:
    """The same LMS where it gives these values, by element, and nothing else: no count either."""
    return f"""{SAYS_TRUE}
const held = {json.dumps(values)};
API.LMSGetValue = (element) => given[element] ?? held[element] ?? "";
"""
