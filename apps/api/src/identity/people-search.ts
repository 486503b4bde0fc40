/**
 * What a desk may find by: the whole name as it is said, its masked form's beginning (陈 finds 陈**), or the last four characters of the
 * number. Less would let anybody leaf through the city.
 */
export function isFound(
  q: string,
  person: { readonly name: string; readonly shown: string; readonly number: string },
): boolean {
  const wanted = q.trim().toUpperCase();
  if (/^[0-9A-Z]{4}$/.test(wanted) && person.number.endsWith(wanted)) return true;
  return (
    person.name.toUpperCase() === wanted || ([...wanted].length === 1 && person.shown.startsWith(wanted))
  );
}
