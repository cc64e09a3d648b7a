const loaded: string[] = [];
jest.mock('@paymatch/platform-postgres', () => {
  loaded.push('postgres');
  return {};
});
jest.mock('pg', () => {
  loaded.push('pg');
  return {};
});

describe('the testing library', () => {
  it('loads no database driver until a test asks for a database', async () => {
    await import('./index.js');
    expect(loaded).toEqual([]);
    await import('@paymatch/platform-postgres');
    expect(loaded).toEqual(['postgres']);
  });
});
