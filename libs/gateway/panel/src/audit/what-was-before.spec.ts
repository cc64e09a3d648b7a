import { panelRoutes } from '../panel-routes.js';
import { changeNothingThatIs, readers } from './what-was-before.js';

const changes = [...panelRoutes].filter(([route]) => !route.startsWith('GET '));
/** A person's own views of a list are nothing of the shop: they are in no log. */
const isOnesOwn = (route: string): boolean => /^\w+ saved-views/.test(route);
/** What concerns people and merchants is written down with the change; who is told of it is another service’s. */
const isWrittenWithIt = (route: string): boolean =>
  /^\w+ (people\b|operator\/(?!notifications|parked-messages))/.test(route);
const begun = changes.map(([route]) => route).filter((route) => !isWrittenWithIt(route) && !isOnesOwn(route));

describe('what the audit log shows as it was before', () => {
  it('is read for every route that changes something, or it is said why there is nothing to read', () => {
    const covered = [...Object.keys(readers), ...Object.keys(changeNothingThatIs)];
    expect(covered.sort()).toEqual([...begun].sort());
  });

  it('is written with the change itself where that is for people alone', () => {
    expect(
      changes.filter(
        ([route, { isForPeopleOnly }]) => (isWrittenWithIt(route) || isOnesOwn(route)) && isForPeopleOnly !== true,
      ),
    ).toEqual([]);
  });
});
