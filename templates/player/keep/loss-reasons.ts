// Finds out why the server cannot be reached, as far as a browser can tell.

const REFUSED = [401, 403];
const GONE = [404, 410];

/**
 * Resolves to the text key of the reason; "" if the server answers normally. `ask()` makes a small
 * request. Set `script` if a script is requested: HTML in its place is a sign-in page.
 */
export async function whyUnreachable({
  online,
  ask,
  script = false,
}: {
  online: () => boolean;
  ask: () => Promise<Response>;
  script?: boolean;
}) {
  if (!online()) return "lost_offline";
  try {
    const { redirected, status, headers } = await ask();
    if (redirected || REFUSED.includes(status)) return "lost_signed_out";
    if (GONE.includes(status)) return "lost_gone";
    if (status >= 500) return "lost_unreachable";
    return script && /html/.test(headers.get("content-type") as string) ? "lost_signed_out" : "";
  } catch {
    return "lost_unreachable";
  }
}
