/** As the fields of forms and the addresses spell a day. */
export function dayText(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}

/** Days of the reader's own zone, as moments: from the first one's start to the last one's end. */
export function momentsOf({ from, to }: { readonly from?: string; readonly to?: string }): {
  from?: string;
  to?: string;
} {
  const dayAfter = to === undefined ? undefined : new Date(`${to}T00:00`);
  dayAfter?.setDate(dayAfter.getDate() + 1);
  return {
    ...(from !== undefined && { from: new Date(`${from}T00:00`).toISOString() }),
    ...(dayAfter !== undefined && { to: dayAfter.toISOString() }),
  };
}
