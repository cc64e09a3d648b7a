import { faultKinds } from './fault-kinds.js';
import { doable } from './faults.js';

it('can make every kind of fault, and no other', () => {
  expect([...doable].sort()).toEqual(faultKinds.map(({ name }) => name).sort());
});
