/** Stands here from when there is something to search. */
export function SearchBox() {
  return null;
}
