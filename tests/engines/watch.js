// Goes before the player in the package under test, and notes what no driver of WebKit tells: what
// a page threw, logged as an error, or was not allowed. Attempts get the same ids in every engine,
// and with them the same draws.
(() => {
  const FAULTS = "engines.faults";
  const LAUNCHES = "engines.launches";

  function note(text) {
    localStorage[FAULTS] = JSON.stringify([...JSON.parse(localStorage[FAULTS] ?? "[]"), text]);
  }

  // What is still on its way when a page is left does not arrive: that is no fault.
  let leaving = false;
  addEventListener("beforeunload", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("error", ({ error, message, target }) => {
    if (target === window || !target?.localName) note(`${message} ${error?.stack ?? ""}`);
    // Firefox may say so before it says that the page is being left.
    else setTimeout(() => leaving || note(`not loaded: ${target.outerHTML.slice(0, 200)}`), 500);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) =>
    note(`rejected: ${reason} ${reason?.stack ?? ""}`));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    note(`refused: ${violatedDirective} ${blockedURI}`));
  const told = console.error;
  console.error = (...words) => {
    note(`console: ${words.join(" ")}`);
    told.apply(console, words);
  };

  let number = Number(localStorage[LAUNCHES] ?? 0) * 1000;
  localStorage[LAUNCHES] = number / 1000 + 1;
  crypto.getRandomValues = (bytes) => {
    bytes.forEach((_, at) => (bytes[at] = (number += 37) % 251));
    return bytes;
  };
})();
