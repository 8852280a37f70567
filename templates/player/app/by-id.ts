export const byId = (id: string) => document.getElementById(id) as HTMLElement;
