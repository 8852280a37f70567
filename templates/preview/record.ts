// What the learning system has received, as the server says.

import type { Desk, RecordSoFar } from "./desk.ts";

/**
 * Brings the window's record up to date.
 *
 * @param which Returns what precedes "calls=" in the query.
 */
export async function updateRecord(desk: Desk, which = () => ""): Promise<void> {
  const { record: earlier, touched } = desk;
  const get = (calls: number) => desk.server.get<RecordSoFar>(`record?${which()}calls=${calls}`);
  const found = await get(earlier.count);
  const fresh = found.count < earlier.count ? await get(0) : found;
  // Another trainee or another part has begun meanwhile, or another answer was faster.
  if (desk.record !== earlier) return updateRecord(desk, which);
  const before = fresh === found ? earlier.calls : [];
  const { faults } = isNewest(desk, touched) ? fresh : desk.record;
  // Calls from a page that was unloaded arrive late.
  const calls = [...before, ...fresh.calls].sort(
    (one, other) => one.launch - other.launch || one.order - other.order,
  );
  desk.record = { ...fresh, faults, calls };
}

/** Whether the answer to a request is newer than what the author has changed since. */
export const isNewest = (desk: Desk, touched: number) => touched === desk.touched && !desk.unheard;
