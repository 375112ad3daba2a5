/** Makes these rows the list's children. What stays is not touched: it would lose the focus. */
export function arrange(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(rows);
  for (const row of [...list.children]) if (!wanted.has(row)) row.remove();
  for (const [i, row] of rows.entries()) {
    const there = list.children[i] ?? null;
    if (there !== row) list.insertBefore(row, there);
  }
}
