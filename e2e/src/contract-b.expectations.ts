import type { Json, Reply } from './contract-b.client.js';

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Contract B, Errors: whatever goes wrong looks like this. */
export function expectError(reply: Reply, status: number, field?: string): void {
  expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
  expect(Object.keys(reply.body).sort()).toEqual(['error', 'moreInformation', 'requestId']);
  expect(reply.body.requestId).toMatch(UUID);
  expect(reply.headers.get('x-request-id')).toBe(reply.body.requestId);
  expect(reply.body.error).toEqual({
    code: expect.stringMatching(/^[a-z_]+$/),
    message: expect.any(String),
    details: expect.any(Array),
  });
  for (const detail of reply.body.error.details as Json[])
    expect(detail).toEqual({ field: expect.any(String), message: expect.any(String) });
  if (field !== undefined) expect(reply.body.error.details.map((detail: Json) => detail.field)).toContain(field);
}
