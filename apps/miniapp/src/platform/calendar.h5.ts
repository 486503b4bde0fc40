import type { AddToCalendar } from './types';

/** A browser can't write into the calendar: it gets the file that the calendar opens. */
export const addToCalendar: AddToCalendar = async (_event, file) => {
  const { fileName, ics } = await file();
  const url = URL.createObjectURL(new Blob([ics], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read it only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return 'handed_over';
};
