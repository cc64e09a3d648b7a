import { putReport } from './report.js';

describe('a report on a page', () => {
  it('takes the place of the one before it, and nothing else', () => {
    const page = 'above\n<!-- chaos report -->\n\nold\n\n<!-- /chaos report -->\nbelow\n';
    expect(putReport(page, 'new')).toBe('above\n<!-- chaos report -->\n\nnew\n\n<!-- /chaos report -->\nbelow\n');
  });

  it('is refused where the page has no place for it', () => {
    expect(() => putReport('a page', 'new')).toThrow('no place for a report');
  });
});
