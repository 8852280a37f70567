// Opens all `details` for printing. Newer browsers need only print.css.

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
