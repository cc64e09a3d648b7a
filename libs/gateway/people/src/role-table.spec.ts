import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mayDo, merchantRoles, needsStepUp, permissions, roleTable, type Role } from './role-table.js';

const page = path.resolve(__dirname, '../../../../docs/how-to/people.md');
const roles: readonly Role[] = [...merchantRoles, 'operator'];

function renderTable(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const mark = (may: boolean, fresh: boolean): string => (may ? (fresh ? 'yes ·' : 'yes') : '');
  return [
    row(['what', ...roles]),
    row(['---', ...roles.map(() => '---')]),
    ...permissions.map((permission) =>
      row([
        roleTable[permission].about,
        ...roles.map((role) => mark(mayDo(role, permission), needsStepUp(permission))),
      ]),
    ),
  ].join('\n');
}

describe('the page about people', () => {
  it('shows the table that the code goes by', () => {
    const text = readFileSync(page, 'utf8');
    const shown = /<!-- roles -->\n\n?([\s\S]*?)\n\n?<!-- \/roles -->/.exec(text)?.[1] ?? '';
    const cells = (table: string): string[][] =>
      table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    const documented = cells(shown).filter((line) => !/^-+$/.test(line[1] ?? ''));
    expect(documented).toEqual(cells(renderTable()).filter((line) => line[1] !== '---'));
  });
});
