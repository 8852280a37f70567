// On paper nothing can be opened, so that everything is. Newer browsers do it by print.css alone.

/** Opens what is closed while the page is printed. */
export function openForPrint() {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [
      ...(document.querySelectorAll("details:not([open])") as NodeListOf<HTMLDetailsElement>),
    ];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}
