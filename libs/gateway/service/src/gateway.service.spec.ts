import { gatewayService } from './gateway.service.js';

describe('the secret of the example file', () => {
  const example = 'change-me-change-me-change-me-change-me';

  it('does for trying out on one machine, and stops the start in production', () => {
    expect(gatewayService.settings(false).secret.parse(example)).toBe(example);
    expect(() => gatewayService.settings(true).secret.parse(example)).toThrow(
      'still has the value of the example file',
    );
  });

  it('leaves another secret as it is', () => {
    expect(gatewayService.settings(true).secret.parse('x'.repeat(32))).toBe('x'.repeat(32));
    expect(() => gatewayService.settings(true).secret.parse('x'.repeat(31))).toThrow('at least 32 characters');
  });
});
