import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  readonly show: (row: Row) => ReactNode;
  /** Money and counts stand under each other. */
  readonly isFigure?: boolean;
  /** Left out where the screen is a phone's. */
  readonly isWide?: boolean;
}

/** A table whose rows may be opened; on a phone it keeps the columns that matter there. */
export function List<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}) {
  const { columns, rows } = props;
  return (
    <div className="list" tabIndex={0} role="region" aria-label={props.label}>
      <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.name} className={cellClass(column)} scope="col">
                {column.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={props.rowKey(row)}>
              {columns.map((column) => (
                <Table.Td key={column.name} className={cellClass(column)}>
                  {column.show(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function cellClass(column: { readonly isFigure?: boolean; readonly isWide?: boolean }): string {
  return [column.isFigure && 'figure-cell', column.isWide && 'wide-cell'].filter(Boolean).join(' ');
}
