import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';

test('a child inherits where to find things, and no secret', () => {
  const secret = { AWS_SECRET_ACCESS_KEY: 'x', LAUNCHSTORM_REDIS_URL: 'redis://a:b@c', NODE_OPTIONS: '--inspect', GITHUB_TOKEN: 'y' };
  expect(childEnvironment({ PATH: '/bin', HOME: '/home', ...secret })).toEqual({ PATH: '/bin', HOME: '/home' });
});
