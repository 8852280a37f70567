/** Something that may be used: an input, a link or a list, or none of these. */
type Used = HTMLElement &
  Partial<
    Pick<
      HTMLInputElement,
      "type" | "name" | "value" | "alt" | "placeholder" | "checked" | "readOnly" | "labels"
    >
  > &
  Partial<Pick<HTMLAnchorElement, "origin">> &
  Partial<Pick<HTMLSelectElement, "options" | "selectedIndex">>;
