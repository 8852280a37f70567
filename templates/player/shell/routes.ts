// The addresses of views: #/, #/page, #/page/heading, #about, #certificate, #comments, #end, #help.

/** The address of the view before the first page. */
export const COVER = "#/";

/** The address of how it went. */
export const END = "#end";

/** The addresses of views that are not pages. */
export const OTHERS = /^#(about|certificate|comments|end|help)$/;

/** The page id and heading id of an address like #/page/heading; null for any other. */
export function readRoute(hash: string) {
  const parts = /^#\/([a-z0-9-]+)(?:\/(.+))?$/.exec(hash);
  return parts && { page: parts[1] ?? "", heading: parts[2] ? decoded(parts[2]) : null };
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
