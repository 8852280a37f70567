// The elements that each page of a package has.

export const byId = (id: string) => document.getElementById(id) as HTMLElement;
