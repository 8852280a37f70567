// The addresses of views: #/, #/page, #/page/anchor, #about, #certificate, #comments, #end, #help.

/** The cover. */
export const COVER = "#/";

/** The closing view. */
export const END = "#end";

/** Addresses of views that are not pages. */
export const OTHERS = /^#(about|certificate|comments|end|help)$/;

/** The page id and the id of an element in #/page/anchor; null for other addresses. */
export function readRoute(hash: string) {
  const parts = /^#\/([a-z0-9_-]+)(?:\/(.+))?$/.exec(hash);
  return parts && { page: parts[1] ?? "", anchor: parts[2] ? decoded(parts[2]) : null };
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
