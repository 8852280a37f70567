"""LMSs that are a script in the page."""

# As Moodle offline: it says true to everything, because it falls back to a beacon. It counts what
# it has.
SAYS_TRUE = """
window.calls = [];
window.API = Object.fromEntries(["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"].map(
  (name) => [name, (...args) => { calls.push([name, ...args]); return "true"; }]));
API.LMSGetValue = (element) => (element.endsWith("_count") ? "0" : "");
API.LMSGetLastError = () => "0";
"""
