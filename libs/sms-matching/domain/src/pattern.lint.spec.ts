import { lintPattern } from './pattern.lint.js';

describe('the lint of patterns', () => {
  it.each([
    '^You have received Tk (?<amount>[0-9][0-9,]{0,15}\\.[0-9]{2}) from (?:a|b)\\.?$',
    '^a(?:[^\\n]{1,60}\\n)?(?:[^\\n]{1,60}\\n)?(?:[^\\n]{1,60}\\n)?b [^\\n]{0,200}$',
    '^[*+.(|]{2}\\*\\+$',
  ])('lets %s pass', (pattern) => expect(lintPattern(pattern)).toEqual([]));

  it.each([
    ['no start', 'a$', 'not anchored at its start'],
    ['no end', '^a', 'not anchored at its end'],
    ['an escaped dollar for an end', '^a\\$', 'not anchored at its end'],
    ['alternatives that escape the anchors', '^a|b$', 'alternatives outside a group escape the anchors'],
    ['a wildcard', '^a.{1,5}b$', 'a bare dot'],
    ['a star', '^a[0-9]*b$', 'the unbounded repetition *'],
    ['a plus', '^a[0-9]+b$', 'the unbounded repetition +'],
    ['an open count', '^a[0-9]{2,}b$', 'the unbounded repetition {2,}'],
    ['a count beyond reason', '^a[0-9]{2,900}b$', 'the unbounded repetition {2,900}'],
    ['a class of everything', '^a\\S{1,5}b$', 'the escape \\S'],
    ['a class of everything in brackets', '^a[\\s\\S]{1,5}b$', 'the escape \\s'],
    ['a repetition in a repetition', '^(?:[a-z]{1,5}){1,5}$', 'a repetition of something that varies'],
    ['a repetition of alternatives', '^(?:a|aa){1,5}$', 'a repetition of something that varies'],
    ['a look-ahead', '^a(?=b)b$', 'the group (?='],
    ['a negative look-ahead', '^a(?!b)b$', 'the group (?!'],
    ['a look-behind', '^a(?<=b)b$', 'the group (?<='],
    ['a back reference', '^(?<x>a)\\k<x>$', 'the escape \\k'],
    ['a numbered group', '^(a)$', 'a group without a name'],
    ['an unclosed group', '^(?:a$', 'unbalanced ('],
    ['an unopened group', '^a)$', 'unbalanced )'],
    [
      'too many free texts',
      '^[a-z ]{0,99}x[a-z ]{0,99}x[a-z ]{0,99}$',
      'long repetitions leave 1000000 ways to backtrack',
    ],
  ])('refuses %s', (_name, pattern, fault) => expect(lintPattern(pattern).join('; ')).toContain(fault));
});
