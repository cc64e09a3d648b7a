const { default: Sequencer } = require('@jest/test-sequencer');

const tiers = ['e2e', 'bus', 'int'];
const turnOf = ({ path }) => tiers.indexOf(/\.(int|bus|e2e)\.spec\.ts$/.exec(path)?.[1]);

/** Whole systems first: the longest files, so that none of them is left alone at the end of a run. */
module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => turnOf(one) - turnOf(other));
  }
};
