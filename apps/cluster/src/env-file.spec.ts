import { ComposeError } from './compose-error.js';
import { readEnvFile } from './env-file.js';

describe('a line of an .env file', () => {
  it.each([
    ['A=b', 'b'],
    ['A=b=c/d@e', 'b=c/d@e'],
    ['A=b#c', 'b#c'],
    ['A=b # a note', 'b'],
    ['A=', ''],
    ["A='b # c $d \\'", 'b # c $d \\'],
    ["A='b' # a note", 'b'],
    ['A="b \\"c\\" \\\\"', 'b "c" \\'],
    ['  A = b', 'b'],
  ])('%s', (line, value) => expect(readEnvFile(`# first\n\n${line}\n`)).toEqual({ A: value }));

  it.each(['A', '=b', "A='b", 'A=b$c'])('%s is refused', (line) =>
    expect(() => readEnvFile(line)).toThrow(ComposeError),
  );
});
