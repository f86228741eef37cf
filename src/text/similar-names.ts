/** Names that someone who typed `name` may have meant: equal but for case and separators, or at most two typing errors away. */
export function nearNames(name: string, candidates: readonly string[]): string[] {
  const wanted = bare(name);
  return candidates
    .filter((candidate) => candidate !== name && isNear(wanted, bare(candidate)))
    .toSorted()
    .slice(0, 5);
}

const bare = (text: string): string => text.toLowerCase().replace(/[-_.]/g, '');

/** Edits between names that are near. */
const most = 2;

/** Whether so few edits lead from one word to the other. What both begin and end with is passed over: most names end there. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const shorter = Math.min(a.length, b.length) - start;
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return editsLead(a.slice(start, a.length - end), b.slice(start, b.length - end), most);
}

/** Equal first letters need no edit; then one letter is changed, removed or inserted, or two change places. */
function editsLead(a: string, b: string, left: number): boolean {
  if (a === b) return true;
  if (left === 0 || Math.abs(a.length - b.length) > left) return false;
  let equal = 0;
  const shorter = Math.min(a.length, b.length);
  while (equal < shorter && a[equal] === b[equal]) equal++;
  const [restA, restB] = [a.slice(equal), b.slice(equal)];
  const isSwapped = restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0];
  return (
    (isSwapped && editsLead(restA.slice(2), restB.slice(2), left - 1)) ||
    editsLead(restA.slice(1), restB.slice(1), left - 1) ||
    editsLead(restA.slice(1), restB, left - 1) ||
    editsLead(restA, restB.slice(1), left - 1)
  );
}
